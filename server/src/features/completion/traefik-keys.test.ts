import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../../test/engine/completed';

/** A homelab with a Traefik in a container, a route and a container without one. */
function homelab(route: string): string {
  return `
#- /traefik.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      entryPoints.web.address = ":80";
      entryPoints.websecure.address = ":443";
      certificatesResolvers.letsencrypt.acme.email = "a@example.org";
    };
    dynamicConfigOptions.http = {
      routers.photos = { rule = "Host(\`photos.example.org\`)"; service = "photos"; middlewares = [ "authelia" "gone" ]; };
      services.photos.loadBalancer.servers = [ { url = "http://10.0.0.2:80"; } ];
      middlewares.authelia.forwardAuth.address = "http://10.0.0.4:9091";
      serversTransports.loose.insecureSkipVerify = true;
    };
  };
}
#- /music.nix
{ config, ... }: {
  containers.music = { privateNetwork = true; hostAddress = "10.0.0.5"; localAddress = "10.0.0.6"; };
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    ${route}
  };
}
`;
}

describe.each(['\n', '\r\n'] as const)('inside Traefik’s configuration (%j)', (end) => {
  const complete = (route: string, snippets = false): ReturnType<typeof completeAt> =>
    completeAt(homelab(route), end, snippets);

  it('offers the keys of a router, what it needs first, what is set last, in any case', async () => {
    const { labels } = await complete('routers.music = { Service = "music"; $0 };');
    expect(labels.slice(0, 3)).toEqual(['rule', 'entryPoints', 'middlewares']);
    expect(labels.at(-1)).toBe('service');
    expect(labels.filter((label) => label.toLowerCase() === 'service')).toHaveLength(1);
    expect(labels).not.toContain('models');
  });

  it('offers the kinds of middlewares, the deprecated one late', async () => {
    const { labels } = await complete('middlewares.a.$0');
    expect(labels).toContain('forwardAuth');
    expect(labels.indexOf('ipWhiteList')).toBeGreaterThan(labels.indexOf('grpcWeb'));
  });

  it('says what a key is', async () => {
    const { item } = await complete('services.music.loadBalancer.$0');
    expect(item('strategy').documentation).toMatchObject({
      value: expect.stringMatching(/one of "wrr", .*https:\/\/doc\.traefik\.io\/traefik\//s) as unknown,
    });
  });

  it('writes a key with a value of its type', async () => {
    const text = async (route: string, label: string): Promise<string | undefined> =>
      (await complete(route, true)).item(label).textEdit?.newText;
    expect(await text('routers.music.$0', 'entryPoints')).toBe('entryPoints = [ "${1|web,websecure|}" ];');
    expect(await text('routers.photos.$0', 'service')).toBe('service = "${1:photos}";');
    expect(await text('routers.music.$0', 'rule')).toBe('rule = "Host(`${1:music}.example.org`)";');
    expect(await text('routers.music.tls.$0', 'certResolver')).toBe('certResolver = "${1:letsencrypt}";');
    expect(await text('services.music.loadBalancer.$0', 'servers')).toBe(
      'servers = [ { url = "http://\\${config.containers.${1:music}.localAddress}:${2:80}"; } ];',
    );
    expect(await text('services.music.loadBalancer.$0', 'passHostHeader')).toBe(
      'passHostHeader = ${1|false,true|};',
    );
    expect(await text('services.music.loadBalancer.healthCheck.$0', 'interval')).toBe(
      'interval = "${1:30s}";',
    );
    expect(await text('routers.music.$0', 'tls')).toBe('tls = { $0 };');
  });

  it('offers names for what has to be named', async () => {
    const { labels } = await complete('routers.mu$0 = { };');
    expect([...labels].sort()).toEqual(['mu', 'music', 'photos', 'traefik']);
    expect(labels[0]).not.toBe('photos');
    expect((await complete('middlewares.$0')).labels[0]).toBe('gone');
    expect((await complete('services.mu$0 = { };')).item('music').detail).toBe('container without one');
  });

  it('offers values', async () => {
    expect((await complete('routers.music.entryPoints = [ "$0" ];')).labels).toEqual(['web', 'websecure']);
    expect((await complete('routers.music.entrypoints = [ "$0" ];')).labels).toEqual(['web', 'websecure']);
    expect((await complete('services.music.loadBalancer.strategy = $0;')).labels).toContain('p2c');
    expect((await complete('services.music.loadBalancer.serversTransport = "$0";')).labels).toEqual([
      'loose',
    ]);
    expect((await complete('middlewares.a.compress.encodings = [ "$0" ];')).labels).toEqual([
      'gzip',
      'br',
      'zstd',
    ]);
    expect((await complete('services.a.loadBalancer.passHostHeader = $0;')).labels).toEqual([
      'false',
      'true',
    ]);
  });
});

describe.each(['\n', '\r\n'] as const)('inside the rule of a router (%j)', (end) => {
  const complete = (rule: string, snippets = false): ReturnType<typeof completeAt> =>
    completeAt(homelab(`routers.music.rule = ${rule};`), end, snippets);

  it('offers matchers with their arguments', async () => {
    const { labels, item, chosen } = await complete('"Pa$0"', true);
    expect(labels.slice(0, 4)).toEqual(['Host', 'PathPrefix', 'Path', 'HostRegexp']);
    expect(item('PathPrefix').textEdit?.newText).toBe('PathPrefix(`${1:/api}`)');
    expect(item('Host').textEdit?.newText).toBe('Host(`${1:music.example.org}`)');
    expect(chosen('Path')).toContain('routers.music.rule = "Path(`${1:/api}`)";');
  });

  it('offers them behind an operator, also behind an interpolation', async () => {
    expect((await complete('"Host(`a`) && $0"')).labels).toContain('PathPrefix');
    expect((await complete('"Host(`a.${x}`) && !Cl$0"')).labels).toContain('ClientIP');
    expect((await complete('"($0"')).labels).toContain('Host');
  });

  it('replaces the name of a matcher that has its arguments already', async () => {
    expect((await complete('"Ho$0(`a`)"')).chosen('HostRegexp')).toContain('"HostRegexp(`a`)"');
  });

  it('offers the matchers of the version that the router is written in', async () => {
    const of = async (more: string): Promise<readonly string[]> =>
      (await completeAt(homelab(`routers.music = { ${more}rule = "$0"; };`), end)).labels;
    expect(await of('')).toContain('Header');
    expect(await of('')).not.toContain('HostHeader');
    expect(await of('ruleSyntax = "v2"; ')).toEqual(expect.arrayContaining(['Headers', 'HostHeader']));
    expect(await of('ruleSyntax = "v2"; ')).not.toContain('Header');
  });

  it('offers operators behind a matcher', async () => {
    const { labels, chosen } = await complete('"Host(`a`) $0"');
    expect(labels).toEqual(['&&', '||']);
    expect(chosen('&&')).toContain('"Host(`a`) && "');
    expect((await complete('"Host(`a`)$0"')).chosen('||')).toContain('"Host(`a`) || "');
  });

  it('offers texts for an argument', async () => {
    const { labels, chosen } = await complete('"Host(`pho$0`)"');
    expect(labels).toContain('photos.example.org');
    expect(chosen('photos.example.org')).toContain('"Host(`photos.example.org`)"');
    expect((await complete('"Method(`$0`)"')).labels).toContain('POST');
    expect((await complete('"Host(`a`) && ClientIP(`$0"')).labels).toContain('192.168.0.0/16');
  });

  it('offers nothing where nothing can stand', async () => {
    expect((await complete('"Host($0)"')).labels).toEqual([]);
  });

  it('offers the matchers of TCP in the rule of a TCP router', async () => {
    const { labels } = await completeAt(
      '\n#- /a.nix\n{ services.traefik.dynamicConfigOptions.tcp.routers.a.rule = "$0"; }\n',
      end,
    );
    expect(labels).toEqual(['HostSNI', 'HostSNIRegexp', 'ClientIP', 'ALPN']);
  });
});
