import { expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { testRule } from '../../../test/engine/rule-suite';
import { unprotectedRoute } from './unprotected-route';

const OPEN = `
#- /a.nix
{ config, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      middlewares.auth.basicAuth.users = [ "me:x" ];
      middlewares.secure.headers.frameDeny = true;
      routers = {
        open = { rule = "Host(\`open.example.org\`)"; service = "noop@internal"; middlewares = [ "secure" ]; };
#       ^^^^ information unprotected-route
        closed = { rule = "Host(\`closed.example.org\`)"; service = "noop@internal"; middlewares = [ "secure" "auth" ]; };
        authelia = { rule = "Host(\`auth.example.org\`)"; service = "authelia"; };
      };
      services.authelia.loadBalancer.servers = [ { url = "http://\${config.containers.authelia.localAddress}:9091"; } ];
    };
  };
  containers.authelia = {
    privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9";
    config.services.authelia.instances.main.settings.access_control.default_policy = "one_factor";
  };
}
`;

testRule(unprotectedRoute, {
  finds: { 'a route without a middleware that asks; not the one that asks': OPEN },
  silent: {
    'middlewares that are not known, and plugins': `
#- /a.nix
{ inputs, ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      middlewares.bouncer.plugin.bouncer.enabled = true;
      routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; middlewares = inputs.presets.all; };
      routers.b = { rule = "Host(\`b.example.org\`)"; service = "noop@internal"; middlewares = [ "bouncer" ]; };
      routers.d = { rule = "Host(\`d.example.org\`) && ClientIP(\`10.0.0.0/8\`)"; service = "noop@internal"; };
      routers.c = { rule = "PathPrefix(\`/\`)"; service = "noop@internal"; };
    };
  };
}
`,
  },
});

it('finds nothing unless it is switched on', async () => {
  const { findings } = await findingsOf(parseFixture(OPEN));
  expect(findings.map(({ rule }) => rule)).not.toContain('unprotected-route');
});
