import { describe, expect, it } from 'vitest';
import { endsOf, factValue, onlyHost } from '../../../../test/engine/routes';

const WEB = 'containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; config = { }; };';
const shown = async (text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<unknown[]> =>
  (await onlyHost(text, lineEnd)).routes.map((route) => [
    route.router,
    route.protocol,
    route.proxyContainer,
    route.hosts,
    endsOf(route),
  ]);

describe.each(['\n', '\r\n'] as const)('a tunnel (line end %j)', (lineEnd) => {
  it('has a route for each rule, from wherever it is written', async () => {
    expect(
      await shown(
        `
#- /tunnel.nix
{ services.cloudflared = { enable = true; tunnels.home = { default = "http_status:404"; credentialsFile = "/run/tunnel"; }; }; }
#- /web.nix
{ config, lib, inputs, ... }: {
  ${WEB}
  services.cloudflared.tunnels.home.ingress = lib.mkAfter {
    "photos.example.org" = "http://\${config.containers.web.localAddress}:2283";
    "api.example.org" = { service = "https://10.0.0.2"; path = "/v1/.*"; originRequest.noTLSVerify = true; };
    "git.example.org" = "ssh://10.0.0.2";
    "*.example.org" = "http://10.0.0.9";
    "hello.example.org" = "hello_world";
    "secret.example.org" = inputs.backend;
  };
}
`,
        lineEnd,
      ),
    ).toEqual([
      ['*.example.org', 'http', null, [], ['-:80']],
      ['api.example.org/v1/.*', 'http', null, ['api.example.org'], ['web:443']],
      ['git.example.org', 'tcp', null, ['git.example.org'], ['web:22']],
      ['photos.example.org', 'http', null, ['photos.example.org'], ['web:2283']],
      ['secret.example.org', 'http', null, ['secret.example.org'], ['-:-']],
    ]);
  });
});

it('may answer everything else too', async () => {
  const { routes } = await onlyHost(
    `\n#- /a.nix\n{ ${WEB} services.cloudflared.enable = true; services.cloudflared.tunnels.home.default = "http://10.0.0.2:8080"; }\n`,
  );
  expect(routes.map((route) => [route.router, factValue(route.rule), route.access, endsOf(route)])).toEqual([
    ['*', '*', null, ['web:8080']],
  ]);
});

it('may run in a container', async () => {
  expect(
    await shown(
      `\n#- /a.nix\n{ ${WEB} containers.tunnel = { privateNetwork = true; config.services.cloudflared = { enable = true; tunnels.home.ingress."a.example.org" = "http://10.0.0.2"; }; }; }\n`,
    ),
  ).toEqual([['a.example.org', 'http', 'tunnel', ['a.example.org'], ['web:80']]]);
});

it('has no routes while it is off', async () => {
  expect(
    await shown(
      `\n#- /a.nix\n{ services.cloudflared = { enable = false; tunnels.home.ingress."a.example.org" = "http://10.0.0.2"; }; }\n`,
    ),
  ).toEqual([]);
});
