import { testRule } from '../../../test/engine/rule-suite';
import { emptyTraefikSection } from './empty-traefik-section';

testRule(emptyTraefikSection, {
  finds: {
    'a section without content': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a.rule = "Host(\`a\`)";
    middlewares = { };
#   ^^^^^^^^^^^ error empty-traefik-section
  };
}
`,
    'a section whose content a condition takes away': `
#- /a.nix
{ lib, ... }: {
  services.traefik.dynamicConfigOptions = {
    http.middlewares = lib.optionalAttrs false { a.compress = { }; };
#        ^^^^^^^^^^^ error empty-traefik-section
  };
}
`,
    'an empty key of a middleware and of the static configuration': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.middlewares.h.headers = { };
#                                                          ^^^^^^^ error empty-traefik-section
  services.traefik.staticConfigOptions.experimental = { };
#                                      ^^^^^^^^^^^^ error empty-traefik-section
}
`,
  },
  silent: {
    'sets that mean something when they are empty': `
#- /a.nix
{
  services.traefik = {
    dynamicConfigOptions.http = {
      routers.a = { rule = "Host(\`a\`)"; tls = { }; middlewares = [ ]; };
      middlewares.c.compress = { };
      middlewares.t.contentType = { };
      services.w.weighted = { services = [ ]; healthCheck = { }; };
    };
    staticConfigOptions = {
      api = { };
      ping = { };
      accessLog = { };
      metrics.prometheus = { };
      entryPoints.websecure = { address = ":443"; http.tls = { }; http3 = { }; };
      certificatesResolvers.le.acme.tlsChallenge = { };
      certificatesResolvers.ts.tailscale = { };
    };
  };
}
`,
    'a name without content': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a = { }; }
`,
    'what NixOS fills': `
#- /a.nix
{ services.traefik.staticConfigOptions.providers.file = { }; }
`,
    'a section whose content is not known': `
#- /a.nix
{ lib, inputs, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    middlewares = inputs.middlewares;
    services = lib.mapAttrs (_: url: { loadBalancer.servers = [ { inherit url; } ]; }) inputs.urls;
    routers = lib.optionalAttrs inputs.flag { a.rule = "Host(\`a\`)"; };
  };
}
`,
  },
  mends: {
    'a section without content': {
      fixture: `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a.rule = "Host(\`a\`)";
    middlewares = { };
  };
}
`,
      fix: /Remove middlewares/,
      leaves: ['routers.a.rule'],
    },
  },
});
