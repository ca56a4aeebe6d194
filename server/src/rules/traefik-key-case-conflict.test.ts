import { testRule } from '../../../test/engine/rule-suite';
import { traefikKeyCaseConflict } from './traefik-key-case-conflict';

testRule(traefikKeyCaseConflict, {
  finds: {
    'one key in two spellings, in two files': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entryPoints = [ "web" ]; }
#                                                      ^^^^^^^^^^^ warning traefik-key-case-conflict
#- /b.nix
{ services.traefik.dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; entrypoints = [ "websecure" ]; }; }
`,
    'a key inside sets in two spellings': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.services.a = {
    loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
#                ^^^^^^^ warning traefik-key-case-conflict
    loadbalancer.servers = [ { url = "http://10.0.0.3"; } ];
  };
}
`,
    'a router of one name below two spellings': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    Routers.a.rule = "Host(\`a\`)";
#           ^ warning traefik-key-case-conflict
    routers.a.service = "a";
  };
}
`,
  },
  silent: {
    'two spellings whose sets Traefik merges': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
    services.a.loadbalancer.passHostHeader = false;
    Routers.a.rule = "Host(\`a\`)";
    routers.b.rule = "Host(\`b\`)";
  };
}
`,
    'names that the user chooses': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.Photos.rule = "Host(\`a\`)";
    routers.photos.rule = "Host(\`b\`)";
    middlewares.h.headers.customRequestHeaders = { X-A = "1"; x-a = "2"; };
  };
}
`,
    'one spelling in two files': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entrypoints = [ "web" ]; }
#- /b.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entrypoints = [ "websecure" ]; }
`,
    'a spelling that is there only under a condition that is not known': `
#- /a.nix
{ lib, inputs, ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a = {
    entryPoints = [ "web" ];
    entrypoints = lib.mkIf inputs.flag [ "websecure" ];
  };
}
`,
  },
  mends: {
    'two spellings': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entryPoints = [ "web" ]; }
#- /b.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entrypoints = [ "websecure" ]; }
`,
      fix: /Write entrypoints/,
      leaves: ['routers.a.entrypoints = [ "web" ]'],
    },
  },
  says: {
    'which of the two Traefik takes, and where it is': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entryPoints = [ "web" ]; }
#- /b.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.entrypoints = [ "websecure" ]; }
`,
      message: /this `entryPoints` is lost, because Traefik takes `entrypoints` in b\.nix:1\./,
    },
  },
});
