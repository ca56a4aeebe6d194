import { testRule } from '../../../test/engine/rule-suite';
import { unusedMiddleware } from './unused-middleware';

const traefik = (body: string, fixed = ''): string => `
#- /a.nix
{ lib, inputs, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = { entryPoints.web = { address = ":80"; ${fixed} }; };
    dynamicConfigOptions = {
      http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; };
${body}
    };
  };
}
`;

testRule(unusedMiddleware, {
  finds: {
    'a chain, and a middleware beside it':
      traefik(`      http.routers.b = { rule = "Host(\`b\`)"; service = "noop@internal"; middlewares = [ "secure" ]; };
      http.middlewares = {
        chained.chain.middlewares = [ "secure" ];
#       ^^^^^^^ hint unused-middleware
        secure.headers.frameDeny = true;
        auth.forwardAuth.address = "http://10.0.0.9:9091";
#       ^^^^ hint unused-middleware
      };`),
  },
  silent: {
    'a dummy that a function puts into the set, which must not be empty': traefik(`      http.middlewares =
        let dummy = { dummy.headers.customResponseHeaders.x = "y"; };
        in lib.foldl' lib.recursiveUpdate dummy [ ];`),
    'a module of two hosts, one of which uses it': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix ./router.nix ]; };
    nixosConfigurations.two = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix ]; };
  };
}
#- /traefik.nix
{ services.traefik = { enable = true; staticConfigOptions.entryPoints.web.address = ":80"; dynamicConfigOptions.http.middlewares.secure.headers.frameDeny = true; }; }
#- /router.nix
{ services.traefik.dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; middlewares = [ "secure" ]; }; }
`,
    'a label of an image names it': `${traefik('      http.middlewares.secure.headers.frameDeny = true;')}
#- /b.nix
{ virtualisation.oci-containers.containers.whoami.extraOptions = [ "--label=traefik.http.routers.whoami.middlewares=secure@file" ]; }
`,
    'the middleware of an entry point': traefik(
      '      http.middlewares.secure.headers.frameDeny = true;',
      'http.middlewares = [ "secure@file" ];',
    ),
    'middlewares of a router that are not known':
      traefik(`      http.middlewares.secure.headers.frameDeny = true;
      http.routers.b = { rule = "Host(\`b\`)"; service = "noop@internal"; middlewares = inputs.presets.all; };`),
    'a router that a syntax error hides': traefik(`      http.middlewares.secure.headers.frameDeny = true;
      http.routers.b = { rule = "Host(\`b\`)"; service = "noop@internal"; middlewares = [ "secure" };`),
  },
  mends: {
    'the last one, with the sets around it, which must not be empty': {
      fixture: traefik(
        '      /* here */ http = { middlewares = { auth.forwardAuth.address = "http://10.0.0.9"; }; }; tls = { };',
      ),
      fix: /Remove auth/,
      leaves: ['/* here */ tls = { };'],
    },
  },
});
