import { testRule } from '../../../test/engine/rule-suite';
import { unusedService } from './unused-service';

const traefik = (body: string, fixed = ''): string => `
#- /a.nix
{ lib, inputs, ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions = { entryPoints.web.address = ":80"; ${fixed} };
    dynamicConfigOptions = {
${body}
    };
  };
}
`;

testRule(unusedService, {
  finds: {
    'a service whose router is gone, in either protocol':
      traefik(`      http.routers.a = { rule = "Host(\`a\`)"; service = "a"; };
      http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
      http.services.b.loadBalancer.servers = [ { url = "http://10.0.0.3"; } ];
#                   ^ hint unused-service
      tcp.services.a.loadBalancer.servers = [ { address = "10.0.0.2:22"; } ];
#                  ^ hint unused-service`),
  },
  silent: {
    'services that routers, services and middlewares name':
      traefik(`      http.routers.a = { rule = "Host(\`a\`)"; service = "both@file"; middlewares = [ "pages" ]; };
      http.services.both.weighted.services = [ { name = "a"; } { name = "b"; } ];
      http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
      http.services.b.failover = { service = "c"; fallback = "d"; };
      http.services.c.loadBalancer.servers = [ { url = "http://10.0.0.3"; } ];
      http.services.d.loadBalancer.servers = [ { url = "http://10.0.0.4"; } ];
      http.services.e.loadBalancer.servers = [ { url = "http://10.0.0.5"; } ];
      http.middlewares.pages.errors = { status = [ "500" ]; service = "e"; query = "/"; };`),
    'routers that are not known as a whole, or whose service is not':
      traefik(`      http.routers = { b = { rule = "Host(\`b\`)"; service = inputs.names.b; }; };
      http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];`),
    'other providers, whose routers may name it': traefik(
      '      http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];',
      'providers.docker.exposedByDefault = false;',
    ),
    'a router under a condition that is not known':
      traefik(`      http.routers.a = lib.mkIf inputs.flags.a { rule = "Host(\`a\`)"; service = "a"; };
      http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];`),
    'a Traefik that somebody else turns on': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ]; }
`,
  },
  mends: {
    'one of two': {
      fixture: traefik(`      http.routers.a = { rule = "Host(\`a\`)"; service = "a"; };
      http.services = {
        a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
        b = {
          loadBalancer.servers = [ { url = "http://10.0.0.3"; } ];
        };
      };`),
      fix: /Remove b/,
      leaves: ['a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];'],
    },
  },
});
