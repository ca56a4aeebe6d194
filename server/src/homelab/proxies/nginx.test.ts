import { describe, expect, it } from 'vitest';
import { endsByRouter, factValue, onlyHost } from '../../../../test/engine/routes';
import type { Route } from '../model';
import { parseNginx } from './nginx-directives';

const WEB = 'containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; config = { }; };';
const nginx = (options: string): string =>
  `\n#- /nginx.nix\n{ inputs, ... }: {\n${WEB}\nservices.nginx = { enable = true;\n${options}\n}; }\n`;
const routes = async (options: string): Promise<readonly Route[]> => (await onlyHost(nginx(options))).routes;

describe.each(['\n', '\r\n'] as const)('the sites of an nginx (line end %j)', (lineEnd) => {
  it('are routes by location, named after the site, with the file that passes them on', async () => {
    const found = (
      await onlyHost(
        `
#- /site.nix
{ services.nginx.enable = true; services.nginx.virtualHosts."cloud.example.org".forceSSL = true; }
#- /web.nix
{ config, ... }: {
  services.nginx.virtualHosts."cloud.example.org" = {
    serverAliases = [ "www.example.org" "*.example.org" ];
    locations."/".proxyPass = "http://\${config.containers.web.localAddress}:8080";
    locations."/api/".proxyPass = "http://\${config.containers.web.localAddress}:8081/";
    locations."= /robots.txt".root = "/srv";
  };
  ${WEB}
}
`,
        lineEnd,
      )
    ).routes;
    expect(
      found.map((route) => [
        route.router,
        factValue(route.rule),
        route.proxy,
        route.protocol,
        route.hosts,
        route.backends.map(({ url, container, port }) => [factValue(url), container, port]),
        route.at?.anchor.source,
      ]),
    ).toEqual([
      [
        'cloud.example.org',
        'cloud.example.org',
        'nginx',
        'http',
        ['cloud.example.org', 'www.example.org'],
        [['http://10.0.0.2:8080', 'web', 8080]],
        '/web.nix',
      ],
      [
        'cloud.example.org/api/',
        'cloud.example.org/api/',
        'nginx',
        'http',
        ['cloud.example.org', 'www.example.org'],
        [['http://10.0.0.2:8081/', 'web', 8081]],
        '/web.nix',
      ],
    ]);
    expect(
      found.every(
        ({ entryPoints, middlewares }) => entryPoints.items.length + middlewares.items.length === 0,
      ),
    ).toBe(true);
  });
});

describe('a site', () => {
  it('answers to its serverName, which need not be its attribute', async () => {
    const [route] = await routes(
      'virtualHosts.cloud = { serverName = "cloud.example.org"; locations."/".proxyPass = "http://10.0.0.2"; };',
    );
    expect([route?.router, route?.hosts, route && factValue(route.rule)]).toEqual([
      'cloud',
      ['cloud.example.org'],
      'cloud.example.org',
    ]);
  });

  it('answers to no exact name where that is a pattern or a catch-all', async () => {
    const found = await routes(
      'virtualHosts = { "_".locations."/".proxyPass = "http://10.0.0.2"; "~^x".locations."/".proxyPass = "http://10.0.0.2"; "*.example.org".locations."/".proxyPass = "http://10.0.0.2"; };',
    );
    expect(found.map(({ hosts }) => hosts)).toEqual([[], [], []]);
  });

  it('may write its locations in its own language', async () => {
    expect(
      await endsByRouter(
        nginx(`virtualHosts."a.example.org" = {
          extraConfig = ''
            # location /old { proxy_pass http://10.0.0.2:1; }
            location /api { proxy_pass "http://10.0.0.2:8080"; proxy_set_header Host $host; }
          '';
          locations."/".extraConfig = "proxy_pass http://10.0.0.2:8081;";
        };`),
      ),
    ).toEqual({ 'a.example.org': ['web:8081'], 'a.example.org/api': ['web:8080'] });
  });

  it('that redirects everything, or that nginx does not run for, has no routes', async () => {
    const site = 'locations."/".proxyPass = "http://10.0.0.2";';
    expect(
      await routes(`virtualHosts."a.example.org" = { ${site} globalRedirect = "b.example.org"; };`),
    ).toEqual([]);
    expect(
      (
        await onlyHost(
          nginx(`virtualHosts."a.example.org" = { ${site} };`).replace('enable = true', 'enable = false'),
        )
      ).routes,
    ).toEqual([]);
  });

  it('in a guest has the guest’s loopback', async () => {
    expect(
      await endsByRouter(
        '\n#- /web.nix\n{ containers.web = { privateNetwork = true; config = { services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://127.0.0.1:3000"; }; }; }; }\n',
      ),
    ).toEqual({ 'a.example.org': ['web:3000'] });
  });
});

describe('what a location passes on to', () => {
  it.each([
    ['http://10.0.0.2', ['web:80']],
    ['https://10.0.0.2/path', ['web:443']],
    ['http://unix:/run/web.sock', ['-:-']],
    ['http://10.0.0.9:8080', ['-:8080']],
  ])('%s', async (url, ends) => {
    expect(await endsByRouter(nginx(`virtualHosts.a.locations."/".proxyPass = "${url}";`))).toEqual({
      a: ends,
    });
  });

  it('is not known with a variable', async () => {
    const [route] = await routes('virtualHosts.a.locations."/".proxyPass = "http://$backend:8080";');
    const [backend] = route?.backends ?? [];
    expect(backend && factValue(backend.url)).toBe(
      'unknown: nginx puts http://$backend:8080 together at run time',
    );
    expect(backend?.container).toBeNull();
  });

  it('is not known where the value is not', async () => {
    const [route] = await routes('virtualHosts.a.locations."/".proxyPass = inputs.backend;');
    expect(route?.backends.map(({ url }) => url.kind)).toEqual(['unknown']);
  });

  it('may be a group of servers', async () => {
    const [route] = await routes(
      'upstreams.group = { servers."10.0.0.2:8080" = { }; servers."10.0.0.2" = { backup = true; }; extraConfig = "server 10.0.0.9:1; keepalive 16;"; }; virtualHosts.a.locations."/".proxyPass = "http://group/path";',
    );
    expect(route && factValue(route.service)).toBe('group');
    expect(route?.backends.map(({ container, port }) => `${container ?? '-'}:${port ?? '-'}`).sort()).toEqual(
      ['-:1', 'web:80', 'web:8080'],
    );
  });
});

describe('who may visit a site', () => {
  it.each([
    ['', '', 'none'],
    ['', 'basicAuth.alice = "secret";', 'basic auth'],
    ['', 'basicAuthFile = "/run/users";', 'basic auth'],
    ['', 'extraConfig = "auth_request /auth;";', 'nginx auth_request'],
    ['extraConfig = "auth_request /auth;";', '', 'nginx auth_request'],
    ['extraConfig = "auth_request /auth;";', 'extraConfig = "auth_request off;";', 'none'],
    ['extraConfig = "# auth_request /auth;";', '', 'none'],
    ['extraConfig = "include /etc/nginx/auth.conf;";', '', null],
    ['basicAuthFile = "/run/users";', '', 'basic auth'],
    ['extraConfig = inputs.lines;', '', null],
  ])('site %j, location %j: %j', async (site, location, access) => {
    const [route] = await routes(
      `virtualHosts.a = { ${site} locations."/" = { proxyPass = "http://10.0.0.2"; ${location} }; };`,
    );
    expect(route?.access).toBe(access);
  });

  it('is asked by oauth2-proxy where that guards the site', async () => {
    const text = nginx('virtualHosts.a.locations."/".proxyPass = "http://10.0.0.2";').replace(
      'services.nginx',
      'services.oauth2-proxy.nginx.virtualHosts.a = { };\nservices.nginx',
    );
    expect((await onlyHost(text)).routes[0]?.access).toBe('oauth2-proxy');
  });
});

it('passes on streams', async () => {
  const found = await routes(
    "streamConfig = ''\n  upstream git { server 10.0.0.2:22; }\n  server { listen 2222; proxy_pass git; }\n  server { listen 53 udp; proxy_pass 10.0.0.2:53; }\n  server { listen 80; return 444; }\n'';",
  );
  expect(
    found.map(({ router, protocol, backends }) => [
      router,
      protocol,
      backends[0]?.container,
      backends[0]?.port,
    ]),
  ).toEqual([
    ['stream 2222', 'tcp', 'web', 22],
    ['stream 53/udp', 'udp', 'web', 53],
  ]);
});

describe('parseNginx', () => {
  it('reads quotes, comments, braces and variables', () => {
    expect(parseNginx('a "b;c" \'d\' ${e}f; # g;\nh { i; }')).toEqual([
      { name: 'a', args: ['b;c', 'd', '${e}f'], block: null },
      { name: 'h', args: [], block: [{ name: 'i', args: [], block: null }] },
    ]);
  });
  it('reads what is half-typed', () => {
    expect(parseNginx('a { b c; } } d { e')).toEqual([
      { name: 'a', args: [], block: [{ name: 'b', args: ['c'], block: null }] },
      { name: 'd', args: [], block: [{ name: 'e', args: [], block: null }] },
    ]);
  });
});
