import { describe, expect, it } from 'vitest';
import { endsByRouter, endsOf, factValue, onlyHost } from '../../../../test/engine/routes';
import type { Route } from '../model';

const WEB =
  'containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; };';

/** A host with a container `web` at 10.0.0.2 and a Traefik on the host itself. */
const onHost = (dynamic: string, more = ''): string =>
  `\n#- /host.nix\n{ config, lib, inputs, ... }: {\n${WEB}\nservices.traefik = { enable = true; dynamicConfigOptions = ${dynamic}; ${more} };\n}\n`;

async function route(text: string, router: string): Promise<Route> {
  const found = (await onlyHost(text)).routes.find((known) => known.router === router);
  if (found === undefined) throw new Error(`there is no router ${router}`);
  return found;
}

describe.each(['\n', '\r\n'] as const)('a Traefik (line end %j)', (lineEnd) => {
  it('in a container gets its routes from the files beside it, and one on the host its own', async () => {
    const { routes } = await onlyHost(
      `
#- /web.nix
{ config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
    services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}:8080"; } ];
  };
  ${WEB}
}
#- /traefik.nix
{ containers.traefik = { privateNetwork = true; localAddress = "10.0.0.9"; config.services.traefik.enable = true; }; }
#- /host.nix
{
  services.traefik.enable = true;
  services.traefik.dynamicConfigOptions.tcp = {
    routers.git = { rule = "HostSNI(\`*\`)"; service = "git"; };
    services.git.loadBalancer.servers = [ { address = "10.0.0.2:22"; } ];
  };
}
`,
      lineEnd,
    );
    expect(
      routes.map((known) => [known.router, known.protocol, known.proxyContainer, known.hosts, endsOf(known)]),
    ).toEqual([
      ['git', 'tcp', null, [], ['web:22']],
      ['web', 'http', 'traefik', ['web.example.org'], ['web:8080']],
    ]);
    expect(routes.map(({ at }) => at?.anchor.source)).toEqual(['/host.nix', '/web.nix']);
  });
});

describe('the fields of a router', () => {
  it('are the same in any case', async () => {
    const found = await route(
      onHost(
        '{ HTTP.Routers.web = { RULE = "Host(`web.example.org`)"; entrypoints = [ "websecure" ]; Service = "web"; }; HTTP.services.web.loadbalancer.Servers = [ { URL = "http://10.0.0.2"; } ]; }',
      ),
      'web',
    );
    expect([found.entryPoints.items, factValue(found.service), endsOf(found)]).toEqual([
      ['websecure'],
      'web',
      ['web:80'],
    ]);
  });

  it('are those of the last spelling, in the order of bytes, where there are two', async () => {
    const found = await route(
      onHost(
        '{ http.routers.web = { entryPoints = [ "web" ]; entrypoints = [ "websecure" ]; service = "a"; }; }',
      ),
      'web',
    );
    expect(found.entryPoints.items).toEqual(['websecure']);
  });

  it('may be one text with commas', async () => {
    const found = await route(
      onHost('{ http.routers.web = { entryPoints = "web, websecure"; middlewares = "a"; }; }'),
      'web',
    );
    expect([found.entryPoints.items, found.middlewares.items]).toEqual([['web', 'websecure'], ['a']]);
  });

  it('are not known where the router is not', async () => {
    const found = await route(onHost('{ http.routers.web = inputs.routes.web; }'), 'web');
    expect(factValue(found.rule)).toMatch(/^unknown: /);
    expect(factValue(found.service)).toMatch(/^unknown: /);
    expect(found.middlewares.open).not.toBeNull();
    expect(found.access).toBeNull();
  });
});

describe('the servers of a service', () => {
  const servers = async (services: string, service = 'web', protocol = 'http'): Promise<string[]> =>
    endsOf(
      await route(
        onHost(`{ ${protocol} = { routers.web = { service = "${service}"; }; services = ${services}; }; }`),
        'web',
      ),
    );
  const server = (url: string): string => `loadBalancer.servers = [ { url = "${url}"; } ]`;

  it.each([
    ['http://10.0.0.2', 'web:80'],
    ['https://10.0.0.2', 'web:443'],
    ['h2c://10.0.0.2', 'web:80'],
    ['http://10.0.0.2:8080/base/path', 'web:8080'],
    ['http://10.0.0.2/a:b', 'web:80'],
    ['http://10.0.0.3:8080', '-:8080'],
    ['http://web:8080', '-:8080'],
    ['http://web.containers:8080', 'web:8080'],
  ])('%s', async (url, end) => {
    expect(await servers(`{ web.${server(url)}; }`)).toEqual([end]);
  });

  it('are all of them', async () => {
    expect(
      await servers(
        '{ web.loadBalancer.servers = [ { url = "http://10.0.0.2:1"; } { url = "http://10.0.0.2:2"; } ]; }',
      ),
    ).toEqual(['web:1', 'web:2']);
  });

  it.each([
    ['weighted', 'services = [ { name = "a"; weight = 3; } { name = "b"; } ];'],
    ['mirroring', 'service = "a"; mirrors = [ { name = "b"; percent = 10; } ];'],
    ['failover', 'service = "a"; fallback = "b@file";'],
  ])('are those of the services that it passes on to: %s', async (kind, fields) => {
    expect(
      await servers(
        `{ web.${kind} = { ${fields} }; a.${server('http://10.0.0.2:1')}; b.${server('http://10.0.0.2:2')}; }`,
      ),
    ).toEqual(['web:1', 'web:2']);
  });

  it('are none behind services that name each other', async () => {
    expect(
      await servers(
        '{ web.failover = { service = "a"; fallback = "web"; }; a.failover = { service = "web"; fallback = "a"; }; }',
      ),
    ).toEqual([]);
  });

  it('are those of a service named with @file, none of other providers’', async () => {
    expect(await servers(`{ web.${server('http://10.0.0.2:1')}; }`, 'web@file')).toEqual(['web:1']);
    for (const service of ['api@internal', 'web@docker'])
      expect(await servers(`{ web.${server('http://10.0.0.2:1')}; }`, service)).toEqual([]);
  });

  it('are udp’s too', async () => {
    expect(
      await servers('{ web.loadBalancer.servers = [ { address = "10.0.0.2:53"; } ]; }', 'web', 'udp'),
    ).toEqual(['web:53']);
  });

  it('are open where the list or the service is not known', async () => {
    const known = async (services: string): Promise<string | null> =>
      (await route(onHost(`{ http = { routers.web.service = "web"; services = ${services}; }; }`), 'web'))
        .backendsOpen;
    expect(await known(`{ web.${server('http://10.0.0.2:1')}; }`)).toBeNull();
    expect(
      await known(`{ web.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ] ++ inputs.more; }`),
    ).not.toBeNull();
    expect(await known('{ web = inputs.service; }')).not.toBeNull();
  });

  it('are none without a service', async () => {
    const found = await route(onHost('{ http.routers.web.rule = "Host(`a.example.org`)"; }'), 'web');
    expect([factValue(found.service), found.backends]).toEqual([null, []]);
  });
});

describe('entry points', () => {
  const entryPoints = async (fixed: string, protocol = 'http'): Promise<readonly string[]> =>
    (
      await route(
        onHost(`{ ${protocol}.routers.web.service = "web"; }`, `staticConfigOptions.entryPoints = ${fixed};`),
        'web',
      )
    ).entryPoints.items;
  const ALL =
    '{ web.address = ":80"; websecure.address = ":443"; traefik.address = ":8080"; dns.address = ":53/udp"; }';

  it('are all of the protocol where the router names none, without Traefik’s own', async () => {
    expect(await entryPoints(ALL)).toEqual(['web', 'websecure']);
    expect(await entryPoints(ALL, 'tcp')).toEqual(['web', 'websecure']);
    expect(await entryPoints(ALL, 'udp')).toEqual(['dns']);
  });

  it('are those with asDefault where there are such', async () => {
    expect(
      await entryPoints('{ web.address = ":80"; websecure = { address = ":443"; asDefault = true; }; }'),
    ).toEqual(['websecure']);
  });
});

describe('other places of the settings', () => {
  it('may be files, which are read together', async () => {
    const text = `
#- /host.nix
{
  ${WEB}
  services.traefik = {
    enable = true;
    static.settings.entryPoints.websecure.address = ":443";
    dynamic.files.web.settings.http = {
      routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
    };
    dynamic.files.services.settings.http.services.web.loadBalancer.servers = [ { url = "http://10.0.0.2:8080"; } ];
  };
}
`;
    const found = await route(text, 'web');
    expect([found.entryPoints.items, endsOf(found)]).toEqual([['websecure'], ['web:8080']]);
  });

  it('have no effect where a file takes their place, or Traefik is off', async () => {
    const dynamic =
      '{ http.routers.web.service = "web"; http.services.web.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ]; }';
    expect(await endsByRouter(onHost(dynamic))).toEqual({ web: ['web:80'] });
    for (const more of [
      'dynamicConfigFile = ./routes.toml;',
      'staticConfigFile = "/etc/traefik.toml";',
      'staticConfigOptions.providers.file.directory = "/etc/traefik";',
    ])
      expect(await endsByRouter(onHost(dynamic, more)), more).toEqual({});
    expect(await endsByRouter(onHost(dynamic).replace('enable = true', 'enable = false'))).toEqual({});
  });
});

describe('access', () => {
  const access = async (router: string, more = '', fixed = ''): Promise<string | null> =>
    (
      await route(
        onHost(
          `{ http.routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; ${router} }; http.middlewares = { basic.basicAuth.users = [ "a:b" ]; chain.chain.middlewares = [ "headers" "basic@file" ]; headers.headers.sslRedirect = true; sso.forwardAuth.address = "http://10.0.0.99:4181"; plugged.plugin.oidc = { }; ${more} }; }`,
          fixed,
        ),
        'web',
      )
    ).access;

  it.each([
    ['', 'none'],
    ['middlewares = [ "headers" ];', 'none'],
    ['middlewares = [ "headers" "basic" ];', 'basic auth'],
    ['middlewares = [ "chain" ];', 'basic auth'],
    ['middlewares = [ "sso@file" ];', 'forward auth sso'],
    ['middlewares = [ "plugged" ];', null],
    ['middlewares = [ "somewhere@docker" ];', null],
    ['middlewares = [ "missing" ];', null],
    ['middlewares = [ "headers" ] ++ inputs.more;', null],
  ])('of %j is %j', async (router, expected) => {
    expect(await access(router)).toBe(expected);
  });

  it('begins at the entry points, and is not known where these differ', async () => {
    const fixed =
      'staticConfigOptions.entryPoints = { web.address = ":80"; safe = { address = ":443"; http.middlewares = [ "basic@file" ]; }; };';
    expect(await access('entryPoints = [ "safe" ];', '', fixed)).toBe('basic auth');
    expect(await access('entryPoints = [ "web" ];', '', fixed)).toBe('none');
    expect(await access('entryPoints = [ "web" "safe" ];', '', fixed)).toBeNull();
  });
});
