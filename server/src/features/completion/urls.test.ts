import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../../test/engine/completed';

const HOMELAB = `#- /photos.nix
{ ... }: {
  containers.photos = {
    privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";
    config.services.immich = { enable = true; host = "0.0.0.0"; };
    config.networking.firewall.allowedTCPPorts = [ 2283 9000 ];
  };
  containers.bridged = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.0.1.5/24"; config.services.gitea.enable = true; };
  containers.dns.config.services.adguardhome = { enable = true; port = 8080; };
}
#- /new.nix
`;
const server = (url: string): string =>
  `{ config, ... }: {\n  containers.traefik.config.services.traefik.dynamicConfigOptions.http.services.photos.loadBalancer.servers = [ { url = ${url}; } ];\n}`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('URLs (%s)', (_title, lineEnd) => {
  const complete = (body: string): ReturnType<typeof completeAt> => completeAt(HOMELAB + body, lineEnd);

  it.each([
    ['an address', '"http://10.0.0.2:$0"', '"http://10.0.0.2:2283"'],
    ['half a port', '"http://10.0.0.2:22$0"', '"http://10.0.0.2:2283"'],
    ['another port', '"http://10.0.0.2:$08080/x"', '"http://10.0.0.2:2283/x"'],
    [
      'an option',
      '"http://${config.containers.photos.localAddress}:$0"',
      '"http://${config.containers.photos.localAddress}:2283"',
    ],
    ['a name of the hosts file', '"http://photos.containers:$0"', '"http://photos.containers:2283"'],
  ])('offer the ports behind %s', async (_where, url, expected) => {
    const { labels, item, chosen } = await complete(server(url));
    expect(labels).toEqual(['2283', '9000']);
    expect(item('2283').detail).toBe('port of immich');
    expect(item('9000').detail).toBe('open in photos');
    expect(chosen('2283')).toBe(server(expected));
  });

  it.each([
    ['unclosed', server('"http://10.0.0.2:$0').replace('; } ];\n}', '')],
    [
      'unclosed, behind an option',
      server('"http://${config.containers.photos.localAddress}:$0').replace('; } ];\n}', ''),
    ],
    [
      'nested',
      '{ containers.traefik.config = { services.traefik = { dynamicConfigOptions = { http = { services = { x = { loadBalancer = { servers = [ { url = "http://10.0.0.2:$0',
    ],
    ['in a let', '{ ... }: let url = "http://10.0.0.2:$0"; in { }'],
    [
      'in another proxy',
      '{ services.nginx.virtualHosts.x.locations."/".proxyPass = "http://10.0.0.2:$0/"; }',
    ],
    [
      'in a text of several lines',
      "{ services.caddy.virtualHosts.x.extraConfig = ''\n  reverse_proxy 10.0.0.2:$0\n''; }",
    ],
    [
      'by another name',
      '{ config, ... }: let host = config; in { x = "http://${host.containers.photos.localAddress}:$0"; }',
    ],
  ])('offer ports: %s', async (_where, body) => {
    expect((await complete(body)).labels).toEqual(['2283', '9000']);
  });

  it('close the string where it is open', async () => {
    const { chosen } = await complete(server('"http://10.0.0.2:$0').replace('; } ];\n}', ''));
    expect(chosen('2283').split('\n').at(-1)).toContain('"http://10.0.0.2:2283";');
  });

  it('offer the ports of what is in the host’s network, on loopback', async () => {
    const { labels, item } = await complete(server('"http://127.0.0.1:$0"'));
    expect(labels).toEqual(['8080']);
    expect(item('8080').detail).toBe('port of adguardhome, in dns');
  });

  it('offer addresses, those of the service at hand first', async () => {
    const { labels, item, chosen } = await complete(server('"http://$0"'));
    expect(labels).toEqual([
      '${config.containers.photos.localAddress}:2283',
      '10.0.0.2:2283',
      '10.0.1.5:3000',
      '127.0.0.1:8080',
    ]);
    expect(item('10.0.1.5:3000').detail).toBe('bridged, port of gitea');
    expect(chosen('${config.containers.photos.localAddress}:2283')).toBe(
      server('"http://${config.containers.photos.localAddress}:2283"'),
    );
    const half = await complete(server('"http://10.0$0.9.9:80/path"'));
    expect(half.chosen('10.0.1.5:3000')).toBe(server('"http://10.0.1.5:3000/path"'));
  });

  it('offer what speaks HTTP before a database', async () => {
    const { labels } = await completeAt(
      `#- /a.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = {
  services.postgresql.enable = true;
  services.gitea.enable = true;
  networking.firewall.allowedTCPPorts = [ 5432 3000 9000 ];
}; }; }
#- /b.nix
{ x = "http://10.0.0.2:$0"; }
`,
      lineEnd,
    );
    expect(labels).toEqual(['3000', '9000', '5432']);
  });

  it('offer a port behind an option', async () => {
    const { labels, chosen } = await complete(server('"http://${config.containers.photos.localAddress}$0"'));
    expect(labels).toEqual([':2283', ':9000']);
    expect(chosen(':2283')).toBe(server('"http://${config.containers.photos.localAddress}:2283"'));
  });

  it.each([
    ['an empty string', '"$0"'],
    ['no string', '$0'],
  ])('are offered as a whole: %s', async (_title, url) => {
    const { labels, chosen } = await complete(server(url));
    expect(labels[0]).toBe('http://${config.containers.photos.localAddress}:2283');
    expect(chosen(labels[0] ?? '')).toBe(server('"http://${config.containers.photos.localAddress}:2283"'));
  });

  it('name the configuration as the place can', async () => {
    const url =
      'containers.traefik.config = { services.traefik.dynamicConfigOptions.http.services.x.loadBalancer.servers = [ { url = "http://$0"; } ]; }';
    const head = await complete(`{ ... }: { ${url}; }`);
    expect(head.chosen('${config.containers.photos.localAddress}:2283')).toContain('{ config, ... }: {');
    const guest = await complete(
      `{ config, ... }: let host = config; in { ${url.replace('config = {', 'config = { config, ... }: {')}; }`,
    );
    expect(guest.labels[0]).toBe('${host.containers.photos.localAddress}:2283');
    const none = await complete(`{ ... }: { ${url.replace('config = {', 'config = { config, ... }: {')}; }`);
    expect(none.labels.filter((label) => label.includes('$'))).toEqual([]);
  });

  it('offer bare addresses to TCP services', async () => {
    const { chosen } = await complete(
      '{ config, ... }: { containers.traefik.config.services.traefik.dynamicConfigOptions.tcp.services.photos.loadBalancer.servers = [ { address = "$0"; } ]; }',
    );
    expect(chosen('10.0.0.2:2283')).toContain('address = "10.0.0.2:2283"; }');
  });

  it('are silent where nothing is known', async () => {
    for (const body of [
      server('"http://10.9.9.9:$0"'),
      server('"http://${config.x.y}:$0"'),
      server('"http://example.org$0/a/b"').replace('http://', 'http:/'),
      '{ ... }: { time.x = "12:$0"; }',
      '{ ... }: let a = "http:$0"; in { }',
    ])
      expect((await complete(body)).labels, body).toEqual([]);
  });
});

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('ports (%s)', (_title, lineEnd) => {
  const route =
    'containers.traefik.config.services.traefik.dynamicConfigOptions.http = { routers.r = { rule = "Host(`r.example.org`)"; service = "s"; }; services.s.loadBalancer.servers = [ { url = "http://10.0.0.4:4000"; } ]; };';
  const guest = (inner: string): string =>
    `{ ... }: {\n  ${route}\n  containers.new = {\n    privateNetwork = true;\n    hostAddress = "10.0.0.3";\n    localAddress = "10.0.0.4";\n    config = {\n      ${inner}\n    };\n  };\n}`;
  const complete = (body: string): ReturnType<typeof completeAt> => completeAt(HOMELAB + body, lineEnd);

  it.each([
    ['dotted', 'services.immich.port = $0;'],
    ['nested', 'services = { immich = { port = $0; }; };'],
    ['half-typed', 'services.immich.port = 22$0'],
    ['another', 'services.immich.port = $01234;'],
  ])('of a service: %s', async (_spelling, binding) => {
    const { labels, item, chosen } = await complete(
      guest(`networking.firewall.allowedTCPPorts = [ 5000 ];\n      ${binding}`),
    );
    expect(labels).toEqual(['4000', '2283', '5000']);
    expect(item('4000').detail).toBe('route r goes there');
    expect(item('2283').detail).toBe('Immich’s own');
    expect(chosen('2283')).toMatch(/port = 2283;/);
  });

  it('for the firewall, those that are open last', async () => {
    const open = 'services.immich.enable = true;\n      networking.firewall.allowedTCPPorts = ';
    const { labels, chosen } = await complete(guest(`${open}[ 2283 $0 ];`));
    expect(labels).toEqual(['4000', '2283']);
    expect(chosen('4000')).toContain('[ 2283 4000 ];');
    expect((await complete(guest(`${open}[ 40$0 ];`))).chosen('4000')).toContain('[ 4000 ];');
    expect((await complete(guest(`${open}$0;`))).chosen('2283')).toContain('= [ 2283 ];');
    expect((await complete(guest(`${open}$0`))).chosen('2283')).toContain('= [ 2283 ];\n');
  });

  it('for what is forwarded, and on the host', async () => {
    const forwarded = guest('services.immich.enable = true;').replace(
      'config = {',
      'forwardPorts = [ { containerPort = $0; } ];\n    config = {',
    );
    expect((await complete(forwarded)).labels).toEqual(['2283']);
    expect((await complete('{ networking.firewall.allowedTCPPorts = [ $0 ]; }')).labels).toEqual(['8080']);
  });
});
