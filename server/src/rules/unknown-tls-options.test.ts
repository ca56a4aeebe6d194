import { testRule } from '../../../test/engine/rule-suite';
import { unknownTlsOptions } from './unknown-tls-options';

testRule(unknownTlsOptions, {
  finds: {
    'options that stand in the static configuration, where Traefik does not read them': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.tls.options.intermediate.minVersion = "VersionTLS12";
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "intermediate"; };
#                                                                                                        ^^^^^^^^^^^^^^ error unknown-tls-options
  };
}
`,
    'a misspelt name': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    dynamicConfigOptions = {
      tls.options.modern.minVersion = "VersionTLS13";
      http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "moderm@file"; };
#                                                                                     ^^^^^^^^^^^^^ error unknown-tls-options
    };
  };
}
`,
  },
  silent: {
    'the default ones, those that are there, and those of other providers': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.websecure = { address = ":443"; http.tls.options = "modern@file"; };
    dynamicConfigOptions = {
      tls.options.modern.minVersion = "VersionTLS13";
      http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "default"; };
      http.routers.b = { rule = "Host(\`b\`)"; service = "noop@internal"; tls.options = "modern"; };
      http.routers.c = { rule = "Host(\`c\`)"; service = "noop@internal"; tls.options = "mtls@kubernetescrd"; };
    };
  };
}
`,
    'options that are not known as a whole': `
#- /a.nix
{ inputs, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    dynamicConfigOptions = {
      tls = inputs.presets.tls;
      http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "modern"; };
    };
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
    dynamicConfigOptions = {
      tls.options.modern.minVersion = "VersionTLS13";
      http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "Modern"; };
    };
  };
}
`,
      fix: /Use modern/,
      leaves: ['tls.options = "modern"'],
    },
    'options in the static configuration, by moving them': {
      fixture: `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      tls.options.intermediate.minVersion = "VersionTLS12";
    };
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "intermediate"; };
  };
}
`,
      fix: /^Move tls to dynamicConfigOptions$/,
      leaves: ['    dynamicConfigOptions.tls.options.intermediate.minVersion = "VersionTLS12";'],
    },
  },
  says: {
    'where the options stand that Traefik does not read': {
      fixture: `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.tls.options.intermediate.minVersion = "VersionTLS12";
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "noop@internal"; tls.options = "intermediate"; };
  };
}
`,
      message:
        /^Traefik has no TLS options intermediate\. The router is off for it\. Those in `staticConfigOptions` \(a\.nix:4\) it does not read: they belong into `dynamicConfigOptions`\.$/,
    },
  },
});
