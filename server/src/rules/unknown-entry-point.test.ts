import { testRule } from '../../../test/engine/rule-suite';
import { unknownEntryPoint } from './unknown-entry-point';

const STATIC = `enable = true;
    staticConfigOptions.entryPoints = { web.address = ":80"; websecure.address = ":443"; };`;

testRule(unknownEntryPoint, {
  finds: {
    'a router that listens on nothing, and one that listens elsewhere too': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    ${STATIC}
    dynamicConfigOptions.http.routers = {
      a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; entrypoints = [ "web-secure" ]; };
#                                                                                      ^^^^^^^^^^^^ error unknown-entry-point
      b = { rule = "Host(\`b.example.org\`)"; service = "noop@internal"; entryPoints = [ "web" "https" ]; };
#                                                                                            ^^^^^^^ warning unknown-entry-point
    };
    dynamicConfigOptions.tcp.routers.c = { rule = "HostSNI(\`*\`)"; service = "c"; entryPoints = [ "ssh" ]; };
#                                                                                                ^^^^^ error unknown-entry-point
  };
}
`,
    'a redirection that leads nowhere': `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions = {
      entryPoints.web = { address = ":80"; http.redirections.entryPoint = { to = "websecure"; scheme = "https"; }; };
#                                                                                ^^^^^^^^^^^ warning unknown-entry-point
      certificatesResolvers.le.acme.httpChallenge.entryPoint = "http";
#                                                              ^^^^^^ warning unknown-entry-point
    };
    dynamicConfigOptions.http.routers.api = { rule = "Host(\`t\`)"; service = "api@internal"; };
  };
}
`,
  },
  silent: {
    "Traefik's own names, a port, and a name in any place": `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      entryPoints.web = { address = ":80"; http.redirections.entrypoint.to = ":443"; };
      entryPoints.websecure = { address = ":443"; asDefault = true; };
      metrics.prometheus.entryPoint = "traefik";
      ping.entryPoint = "web";
    };
    dynamicConfigOptions.http.routers.api = { rule = "Host(\`t\`)"; service = "api@internal"; entryPoints = [ "traefik" "websecure" ]; };
  };
}
`,
    'no entry points of its own: there is one called http': `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions.api.dashboard = true;
    dynamicConfigOptions.http.routers.api = { rule = "Host(\`t\`)"; service = "api@internal"; entryPoints = [ "http" ]; };
  };
}
`,
    'a static configuration that is not known, or not as a whole': `
#- /a.nix
{ inputs, ... }: {
  containers.one.config.services.traefik = {
    enable = true;
    staticConfigOptions = inputs.presets.traefik;
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; entryPoints = [ "web" ]; };
  };
  containers.two.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints = { web.address = ":80"; } // inputs.presets.entryPoints;
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; entryPoints = [ "https" ]; };
  };
  containers.three.config.services.traefik = {
    enable = true;
    staticConfigFile = ./traefik.toml;
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; entryPoints = [ "https" ]; };
  };
}
`,
    'entry points by ports, made by a function': `
#- /a.nix
{ lib, ... }: let ports = { web = 80; websecure = 443; matrix = 8448; }; in {
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints = lib.mapAttrs (_: port: { address = ":\${toString port}"; }) ports;
    dynamicConfigOptions.tcp.routers.m = { rule = "HostSNI(\`*\`)"; service = "m"; entryPoints = [ "matrix" ]; };
  };
}
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    ${STATIC}
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; entrypoints = [ "websecur" ]; };
  };
}
`,
      fix: /Use websecure/,
      leaves: ['entrypoints = [ "websecure" ]'],
    },
  },
});
