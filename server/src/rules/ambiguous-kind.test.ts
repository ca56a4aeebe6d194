import { testRule } from '../../../test/engine/rule-suite';
import { ambiguousKind } from './ambiguous-kind';

const http = (body: string): string => `
#- /a.nix
{ lib, inputs, ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
${body}
    };
  };
}
`;

testRule(ambiguousKind, {
  finds: {
    'two middlewares in one, and two services': http(`      middlewares.secure = {
        headers.frameDeny = true;
#       ^^^^^^^ error ambiguous-kind
        compress = { };
#       ^^^^^^^^ error ambiguous-kind
      };
      services.both = { loadBalancer.servers = [ ]; weighted.services = [ ]; };
#                       ^^^^^^^^^^^^ error ambiguous-kind
#                                                   ^^^^^^^^ error ambiguous-kind`),
    'two kinds from two files': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.enable = true;
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.middlewares.auth.basicAuth.users = [ "a" ];
#                                                                                       ^^^^^^^^^ error ambiguous-kind
}
#- /b.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.middlewares.auth.forwardAuth.address = "http://10.0.0.9";
#                                                                                       ^^^^^^^^^^^ error ambiguous-kind
}
`,
    'no kind at all': http(`      services.empty = { };
#              ^^^^^ error ambiguous-kind
      services.named.middlewares = [ "secure" ];
#              ^^^^^ error ambiguous-kind
      middlewares.later.forwardAuth = null;
#                 ^^^^^ error ambiguous-kind`),
  },
  silent: {
    'one kind each, in any case':
      http(`      middlewares.secure.headers = { frameDeny = true; stsSeconds = 1; };
      services.a = { loadbalancer.servers = [ ]; middlewares = [ "secure" ]; };
      services.b = { loadBalancer.servers = [ ]; loadbalancer.passHostHeader = false; };
      services.c = { loadBalancer.servers = [ ]; weighted = null; };`),
    'a misspelt kind, which unknown-traefik-key reports': http(`      services.a.loadBalancers.servers = [ ];
      middlewares.b.fowardAuth.address = "http://10.0.0.9";`),
    'kinds that are not known': http(`      services.a = inputs.presets.service;
      services.b = { } // inputs.presets.service;
      services.c = lib.mkIf inputs.flags.c { loadBalancer.servers = [ ]; };
      middlewares.d = { headers.frameDeny = true; compress = lib.mkIf inputs.flags.d { }; };
      middlewares.e = { \${inputs.names.kind} = { }; };`),
    'a Traefik that is off': `
#- /a.nix
{ services.traefik = { enable = false; dynamicConfigOptions.http.services.a = { }; }; }
`,
    'a kind that is being typed': http(`      services.a.loadBal
      services.b = { loadBalancer.servers = [ ]; we };`),
  },
});
