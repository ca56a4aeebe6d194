import { testRule } from '../../../test/engine/rule-suite';
import { routeWithoutTls } from './route-without-tls';

const traefik = (fixed: string, routers: string): string => `
#- /a.nix
{ lib, inputs, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      ${fixed}
    };
    dynamicConfigOptions.http.routers = {
${routers}
    };
  };
}
`;

testRule(routeWithoutTls, {
  finds: {
    'port 443 without TLS': traefik(
      'entryPoints = { web.address = ":80"; https.address = ":443"; };',
      `a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; entryPoints = [ "web" "https" ]; };
#            ^^^^^^^^^^^^^^^^^^^^^^^ warning route-without-tls`,
    ),
    'where another entry point sends everybody to, on default entry points': traefik(
      'entryPoints = { web = { address = ":8080"; http.redirections.entryPoint.to = "secure"; }; secure = { address = ":8443"; asDefault = true; }; };',
      `a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; };
#            ^^^^^^^^^^^^^^^^^^^^^^^ warning route-without-tls`,
    ),
  },
  silent: {
    'TLS that the entry point gives': traefik(
      `entryPoints = {
        web = { address = ":80"; http.redirections.entrypoint = { to = "websecure"; scheme = "https"; }; };
        websecure = { address = ":443"; asDefault = true; http.tls.certResolver = "letsencrypt"; };
      };`,
      `a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; entrypoints = [ "websecure" ]; };
       b = { rule = "Host(\`b.example.org\`)"; service = "noop@internal"; };`,
    ),
    'TLS of the router, in any form': traefik(
      'entryPoints.websecure.address = ":443";',
      `a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; tls = { }; };
       b = { rule = "Host(\`b.example.org\`)"; service = "noop@internal"; TLS.certResolver = "x"; };
       c = { rule = "Host(\`c.example.org\`)"; service = "noop@internal"; tls = inputs.presets.tls; };
       d = { rule = "Host(\`d.example.org\`)"; service = "noop@internal"; } // inputs.presets.router;`,
    ),
    'a pair: one for HTTP on all entry points, one with TLS': traefik(
      'entryPoints = { http.address = ":80"; https.address = ":443"; };',
      `a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; entryPoints = [ "http" "https" ]; };
       a-tls = { rule = "Host(\`A.example.org\`)"; service = "noop@internal"; tls = { }; };`,
    ),
    'plain entry points, and a redirection that stays with HTTP': traefik(
      'entryPoints = { web = { address = ":80"; http.redirections.entryPoint = { to = "inner"; scheme = "http"; }; }; inner.address = ":8000"; };',
      'a = { rule = "Host(`a.example.org`)"; service = "noop@internal"; };'.replace(/`/g, '`'),
    ),
    'a static configuration that is not known as a whole': traefik(
      'entryPoints.websecure = { address = ":443"; } // inputs.presets.websecure;',
      'a = { rule = "Host(`a.example.org`)"; service = "noop@internal"; };',
    ),
    'TLS under a condition that is not known': traefik(
      'entryPoints.websecure = { address = ":443"; http = lib.mkIf inputs.flags.tls { tls = { }; }; };',
      'a = { rule = "Host(`a.example.org`)"; service = "noop@internal"; };',
    ),
  },
  mends: {
    'with the only resolver there is': {
      fixture: traefik(
        'entryPoints.websecure.address = ":443"; certificatesResolvers.le.acme.email = "me@example.org";',
        `a = {
        rule = "Host(\`a.example.org\`)";
        service = "noop@internal";
      };`,
      ),
      fix: /Set tls/,
      leaves: ['tls = { certResolver = "le"; };'],
    },
  },
});
