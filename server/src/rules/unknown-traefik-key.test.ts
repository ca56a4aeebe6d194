import { testRule } from '../../../test/engine/rule-suite';
import { unknownTraefikKey } from './unknown-traefik-key';

testRule(unknownTraefikKey, {
  finds: {
    'a misspelt key, in a route written at host level': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.photos = { rule = "Host(\`photos.example.org\`)"; service = "photos"; entryPoint = [ "web" ]; };
#                                                                               ^^^^^^^^^^ error unknown-traefik-key
    services.photos.loadBalancers.servers = [ { url = "http://10.0.0.2:80"; } ];
#                   ^^^^^^^^^^^^^ error unknown-traefik-key
  };
}
`,
    'a misspelt key of a Traefik on the host, inside a list, a condition and an update': `
#- /a.nix
{ lib, ... }: {
  services.traefik.dynamicConfigOptions = lib.mkIf true {
    http.services.a.loadBalancer = { passHostHeader = true; } // {
      servers = [ { uri = "http://10.0.0.2"; } ];
#                   ^^^ error unknown-traefik-key
    };
  };
}
`,
    'a misspelt key of the static configuration': `
#- /a.nix
{ services.traefik.staticConfigOptions.entryPoints.web.adress = ":80"; }
#                                                      ^^^^^^ error unknown-traefik-key
`,
    'a key at the wrong depth': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a.certResolver = "letsencrypt";
#             ^^^^^^^^^^^^ error unknown-traefik-key
    services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; passHostHeader = false; } ];
#                                                                  ^^^^^^^^^^^^^^ error unknown-traefik-key
  };
}
`,
    'a key that nobody has': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.colour = "blue"; }
#                                                      ^^^^^^ error unknown-traefik-key
`,
    'a misspelt key at the root, which is only passed over': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.htp.routers.a.rule = "Host(\`a\`)"; }
#                                       ^^^ warning unknown-traefik-key
`,
  },
  silent: {
    'a key that is null, which the file then does not have': `
#- /a.nix
{ services.traefik.staticConfigOptions.entryPoints.web = { address = ":80"; port = null; }; }
`,
    'keys in any case, and names that the user chooses': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers."photos.web" = { Rule = "Host(\`a\`)"; entrypoints = [ "web" ]; TLS.certresolver = "le"; };
    services.photos.loadbalancer.servers = [ { URL = "http://10.0.0.2"; } ];
    middlewares.h.headers.customResponseHeaders.X-Anything = "1";
    middlewares.e.errors.statusRewrites."500-599" = 503;
  };
}
`,
    'what a plugin, a provider or an experiment wants to be told': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.middlewares.b.plugin.bouncer.crowdsecMode = "live";
  services.traefik.staticConfigOptions = {
    providers.docker.exposedByDefault = false;
    experimental.plugins.bouncer.somethingNew = true;
  };
}
`,
    'keys that are computed, or there only under a condition that is not known': `
#- /a.nix
{ lib, config, inputs, ... }: {
  services.traefik.dynamicConfigOptions.http.routers = inputs.routes.all;
  services.traefik.dynamicConfigOptions.http.services.a = lib.mkIf inputs.flag { loadBalancers = { }; };
}
`,
    'a configuration that Traefik does not read': `
#- /a.nix
{
  services.traefik = { enable = false; dynamicConfigOptions.http.routers.a.colour = "blue"; };
  containers.t.config.services.traefik = {
    dynamicConfigFile = "/etc/traefik/dynamic.toml";
    dynamicConfigOptions.http.routers.a.colour = "blue";
  };
}
`,
    'a key that nobody has, where Traefik may be newer than the tables': `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-unstable";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.colour = "blue"; }
`,
    'keys that older Traefiks had': `
#- /a.nix
{ services.traefik.staticConfigOptions = { pilot.token = "x"; experimental.http3 = true; }; }
`,
    'what stands in the other configuration by mistake': `
#- /a.nix
{ services.traefik.staticConfigOptions.tls.options.default.sniStrict = true; }
`,
  },
  mends: {
    'a misspelt key': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancers.passHostHeader = true; }
`,
      fix: /Write loadBalancer/,
      leaves: ['http.services.a.loadBalancer.passHostHeader = true'],
    },
    'a key at the wrong depth': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.certresolver = "le"; }
`,
      fix: /Write tls\.certResolver/,
      leaves: ['routers.a.tls.certResolver = "le"'],
    },
  },
  says: {
    'what was meant, and what comes of it': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancers.passHostHeader = true; }
`,
      message:
        /^Traefik has no key `loadBalancers` in `http\.services\.<name>`\. Traefik then refuses the whole file, and no route works\. Did you mean `loadBalancer`\?$/,
    },
    'where the key belongs': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancer.servers = [ { url = "http://a"; passHostHeader = true; } ]; }
`,
      message: /It belongs further out, into `http\.services\.<name>\.loadBalancer`\./,
    },
  },
});
