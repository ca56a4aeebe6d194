import { testRule } from '../../../test/engine/rule-suite';
import { unknownCertResolver } from './unknown-cert-resolver';

testRule(unknownCertResolver, {
  finds: {
    'a router and an entry point': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      certificatesResolvers.letsencrypt.acme.email = "me@example.org";
      entryPoints.websecure = { address = ":443"; http.tls.certResolver = "lets-encrypt"; };
#                                                                         ^^^^^^^^^^^^^^ warning unknown-cert-resolver
    };
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.certresolver = "le"; };
#                                                                                                             ^^^^ warning unknown-cert-resolver
  };
}
`,
  },
  silent: {
    'the resolver that is there, and TLS without one': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      certificatesResolvers.letsencrypt.acme.email = "me@example.org";
      entryPoints.websecure = { address = ":443"; http.tls.certResolver = "letsencrypt"; };
    };
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls = { }; };
    dynamicConfigOptions.tcp.routers.a = { rule = "HostSNI(\`a\`)"; service = "a"; tls = { certResolver = "letsencrypt"; passthrough = false; }; };
  };
}
`,
    'resolvers that are computed outside': `
#- /a.nix
{ inputs, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = { entryPoints.websecure.address = ":443"; inherit (inputs.presets) certificatesResolvers; };
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.certResolver = "le"; };
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
    enable = true;
    staticConfigOptions.certificatesResolvers.letsencrypt.acme.email = "me@example.org";
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.certResolver = "letsencrypted"; };
  };
}
`,
      fix: /Use letsencrypt/,
      leaves: ['tls.certResolver = "letsencrypt"'],
    },
  },
});
