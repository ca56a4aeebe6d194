import { testRule } from '../../../test/engine/rule-suite';
import { unknownMiddleware } from './unknown-middleware';

const TRAEFIK = `#- /traefik.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.websecure.address = ":443";
  };
}
`;

testRule(unknownMiddleware, {
  finds: {
    'a router, a chain, and the one name of several that is wrong': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; middlewares = [ "secure" "autelia" ]; };
#                                                                                         ^^^^^^^^^ error unknown-middleware
    services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
    middlewares = {
      authelia.forwardAuth.address = "http://10.0.0.9:9091";
      secure.chain.middlewares = [ "authelia@file" "headers@docker" "headers" ];
#                                                                   ^^^^^^^^^ error unknown-middleware
    };
  };
}
`,
    'none at all: all of them are commented out': `
#- /traefik.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      routers.api = { rule = "Host(\`traefik.example.org\`)"; service = "api@internal"; middlewares = [ "auth" ]; };
#                                                                                                     ^^^^^^ error unknown-middleware
      # middlewares.auth.basicAuth.users = [ ];
    };
  };
}
`,
    'the middlewares of an entry point': `
#- /traefik.nix
{ ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.web = { address = ":80"; http.middlewares = [ "secure@file" "crowdsec@file" ]; };
#                                                                                               ^^^^^^^^^^^^^^^ error unknown-middleware
    dynamicConfigOptions.http.middlewares.secure.headers.frameDeny = true;
  };
}
`,
  },
  silent: {
    'no middlewares, and those of other providers': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers = {
    a = { rule = "Host(\`a.example.org\`)"; service = "api@internal"; middlewares = [ ]; };
    b = { rule = "Host(\`b.example.org\`)"; service = "api@internal"; middlewares = [ "dashboard_redirect@internal" "auth@docker" ]; };
  };
}
`,
    'middlewares that options make': `
#- /options.nix
{ lib, config, ... }: {
  options.lab.redirects = lib.mkOption { type = lib.types.attrsOf lib.types.str; default = { }; };
  config.services.traefik = {
    enable = true;
    dynamicConfigOptions.http.middlewares = lib.mapAttrs (_: to: { redirectRegex = { regex = ".*"; replacement = to; }; }) config.lab.redirects;
  };
}
#- /a.nix
{ ... }: {
  lab.redirects.old-name = "https://new.example.org";
  services.traefik.dynamicConfigOptions.http.routers.old = { rule = "Host(\`old.example.org\`)"; service = "noop@internal"; middlewares = [ "old-name" ]; };
}
`,
    'middlewares of a set that is not known as a whole': `
#- /a.nix
{ inputs, ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      middlewares = { secure.headers.frameDeny = true; \${inputs.names.auth}.basicAuth.users = [ ]; };
      routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; middlewares = [ "auth" ]; };
    };
  };
}
`,
    'one whose own definition is broken': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    middlewares.auth.basicAuth.users = [ "x" ;
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; middlewares = [ "auth" ]; };
  };
}
`,
  },
  mends: {
    'another case': {
      fixture: `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    middlewares.authelia.forwardAuth.address = "http://10.0.0.9:9091";
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; middlewares = [ "Authelia" ]; };
  };
}
`,
      fix: /Use authelia/,
      leaves: ['middlewares = [ "authelia" ]'],
    },
  },
});
