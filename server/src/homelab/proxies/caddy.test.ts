import { describe, expect, it } from 'vitest';
import { endsByRouter, factValue, onlyHost } from '../../../../test/engine/routes';
import type { Route } from '../model';

const WEB = 'containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; config = { }; };';
const caddy = (options: string): string =>
  `\n#- /caddy.nix\n{ inputs, ... }: {\n${WEB}\nservices.caddy = { enable = true;\n${options}\n}; }\n`;
const site = (lines: string): string => `virtualHosts."a.example.org".extraConfig = ''\n${lines}\n'';`;
const routes = async (options: string): Promise<readonly Route[]> => (await onlyHost(caddy(options))).routes;

describe.each(['\n', '\r\n'] as const)('the sites of a Caddy (line end %j)', (lineEnd) => {
  it('are routes by reverse_proxy, wherever that stands', async () => {
    expect(
      await endsByRouter(
        caddy(
          site(`
            encode gzip
            # reverse_proxy 10.0.0.2:1
            reverse_proxy /api/* 10.0.0.2:8081 {
              header_up Host {upstream_hostport}
            }
            handle_path /files/* {
              reverse_proxy http://10.0.0.2:8082
            }
            @admin path /admin /admin/*
            handle @admin {
              reverse_proxy https://10.0.0.2
            }
            reverse_proxy 10.0.0.2
          `),
        ),
        lineEnd,
      ),
    ).toEqual({
      'a.example.org/api/*': ['web:8081'],
      'a.example.org/files/*': ['web:8082'],
      'a.example.org/admin': ['web:443'],
      'a.example.org': ['web:80'],
    });
  });
});

describe('the address of a site', () => {
  it.each([
    ['"a.example.org"', '', 'a.example.org', ['a.example.org']],
    ['"https://a.example.org:8443"', '', 'a.example.org:8443', ['a.example.org']],
    ['":8080"', '', ':8080', []],
    ['"*.example.org"', '', '*.example.org', []],
    ['"a.example.org, b.example.org"', '', 'a.example.org', ['a.example.org', 'b.example.org']],
    [
      'web',
      'hostName = "a.example.org"; serverAliases = [ "b.example.org" ];',
      'a.example.org',
      ['a.example.org', 'b.example.org'],
    ],
  ])('%s { %s }', async (name, more, rule, hosts) => {
    const [route] = await routes(
      `virtualHosts.${name} = { ${more} extraConfig = "reverse_proxy 10.0.0.2"; };`,
    );
    expect([route && factValue(route.rule), route?.hosts, route?.proxy]).toEqual([rule, hosts, 'caddy']);
  });

  it('is narrowed by a matcher of hosts', async () => {
    const [route] = await routes(
      'virtualHosts."*.example.org".extraConfig = "@photos host photos.example.org\\nhandle @photos {\\n reverse_proxy 10.0.0.2:2283\\n}";',
    );
    expect([route?.hosts, route && factValue(route.rule)]).toEqual([
      ['photos.example.org'],
      'photos.example.org',
    ]);
  });
});

describe('upstreams', () => {
  const ends = async (lines: string): Promise<string[]> =>
    Object.values(await endsByRouter(caddy(site(lines)))).flat();

  it.each([
    ['reverse_proxy 10.0.0.2:8080 10.0.0.2:8081', ['web:8080', 'web:8081']],
    ['reverse_proxy * 10.0.0.2:8080', ['web:8080']],
    ['reverse_proxy {\n to 10.0.0.2:8080 h2c://10.0.0.2\n}', ['web:8080', 'web:80']],
    ['reverse_proxy 10.0.0.2 {\n transport http {\n  tls_insecure_skip_verify\n  tls\n }\n}', ['web:443']],
    ['reverse_proxy :8080', ['-:8080']],
    ['reverse_proxy unix//run/web.sock', ['-:-']],
    ['reverse_proxy "10.0.0.2:8080"', ['web:8080']],
    ['reverse_proxy \\\n  10.0.0.2:8080', ['web:8080']],
    ['respond "reverse_proxy 10.0.0.2"', []],
    ['redir https://10.0.0.2', []],
  ])('%s', async (lines, expected) => {
    expect(await ends(lines)).toEqual(expected);
  });

  it('are not known with a placeholder', async () => {
    const [route] = await routes(site('reverse_proxy {env.BACKEND}:8080'));
    expect(route?.backends.map(({ url, container }) => [factValue(url), container])).toEqual([
      ['unknown: Caddy puts {env.BACKEND}:8080 together at run time', null],
    ]);
  });

  it('are open where Caddy finds them itself', async () => {
    const [route] = await routes(site('reverse_proxy {\n dynamic srv _web._tcp.lan\n}'));
    expect([route?.backends, route?.backendsOpen]).toEqual([[], 'Caddy finds the upstreams at run time']);
  });

  it('are none where the text is not known', async () => {
    expect(await routes('virtualHosts."a.example.org".extraConfig = inputs.lines;')).toEqual([]);
  });
});

describe('snippets', () => {
  const SNIPPETS = `extraConfig = ''
    (backend) {
      reverse_proxy 10.0.0.2:{args[0]}
    }
    (guard) {
      basic_auth {
        alice $2a$14$x
      }
    }
  '';`;

  it('are put in where they are imported, with their arguments', async () => {
    expect(await endsByRouter(caddy(`${SNIPPETS} ${site('import backend 8080')}`))).toEqual({
      'a.example.org': ['web:8080'],
    });
  });

  it('may ask who visits', async () => {
    const [route] = await routes(`${SNIPPETS} ${site('import guard\nreverse_proxy 10.0.0.2')}`);
    expect(route?.access).toBe('basic auth');
  });
});

it('reads sites in the extraConfig of Caddy itself', async () => {
  const found = await routes(
    "extraConfig = ''\n  b.example.org, c.example.org {\n    reverse_proxy 10.0.0.2:8080\n  }\n'';",
  );
  expect(found.map(({ router, hosts, backends }) => [router, hosts, backends[0]?.container])).toEqual([
    ['b.example.org', ['b.example.org', 'c.example.org'], 'web'],
  ]);
});

it('has no routes where another configuration is in effect', async () => {
  for (const other of ['configFile = "/etc/Caddyfile";', 'settings.apps = { };', 'adapter = "yaml";'])
    expect(await routes(`${site('reverse_proxy 10.0.0.2')} ${other}`), other).toEqual([]);
});

describe('who may visit', () => {
  it.each([
    ['', 'none'],
    ['basic_auth {\n alice x\n}', 'basic auth'],
    ['basicauth /api/* {\n alice x\n}', null],
    ['forward_auth 10.0.0.99:9091 {\n uri /api/verify\n}', 'forward auth 10.0.0.99:9091'],
    ['forward_auth @outside 10.0.0.99:9091', null],
    ['import /etc/caddy/auth', null],
  ])('with %j: %j', async (lines, access) => {
    const [route] = await routes(site(`${lines}\nreverse_proxy 10.0.0.2`));
    expect(route?.access).toBe(access);
  });

  it('is what the rules of an Authelia say that is asked', async () => {
    const text = `${caddy(site('forward_auth 10.0.0.5:9091\nreverse_proxy 10.0.0.2'))}
#- /auth.nix
{ containers.auth = { privateNetwork = true; localAddress = "10.0.0.5"; config.services.authelia.instances.main = {
  enable = true;
  settings.access_control = { default_policy = "deny"; rules = [ { domain = "a.example.org"; policy = "two_factor"; } ]; };
}; }; }
`;
    expect((await onlyHost(text)).routes[0]?.access).toBe('authelia two_factor');
  });
});
