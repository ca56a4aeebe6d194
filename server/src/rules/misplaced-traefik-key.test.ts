import { testRule } from '../../../test/engine/rule-suite';
import { misplacedTraefikKey } from './misplaced-traefik-key';

const TLS_IN_STATIC = `
#- /traefik.nix
{ ... }: {
  containers.traefik.config = { ... }: {
    services.traefik = {
      enable = true;
      staticConfigOptions = {
        entryPoints.web.address = ":80";

        tls.options = {
          default = {
            sniStrict = true;
            minVersion = "VersionTLS13";
          };
        };
      };
    };
  };
}
`;

testRule(misplacedTraefikKey, {
  finds: {
    'in settings of a nixpkgs to come': `
#- /host.nix
{
  services.traefik = {
    enable = true;
    static.settings.tls.options.default.minVersion = "VersionTLS12";
#                   ^^^ warning misplaced-traefik-key
  };
}
`,
    'TLS options in the static configuration': `
#- /a.nix
{ services.traefik.staticConfigOptions.tls.options.default.minVersion = "VersionTLS13"; }
#                                      ^^^ warning misplaced-traefik-key
`,
    'routers in the static configuration': `
#- /a.nix
{
  services.traefik.staticConfigOptions = {
    http.routers.a.rule = "Host(\`a\`)";
#   ^^^^ warning misplaced-traefik-key
  };
}
`,
    'entry points and resolvers in the dynamic configuration': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions = {
    entrypoints.web.address = ":80";
#   ^^^^^^^^^^^ warning misplaced-traefik-key
    certificatesResolvers.le.acme.email = "a@example.org";
#   ^^^^^^^^^^^^^^^^^^^^^ warning misplaced-traefik-key
    http.routers.a.rule = "Host(\`a\`)";
  };
}
`,
    'plugins beside experimental': `
#- /a.nix
{ services.traefik.staticConfigOptions.plugins.b.moduleName = "example.org/b"; }
#                                      ^^^^^^^ warning misplaced-traefik-key
`,
  },
  silent: {
    'settings of a nixpkgs to come, in their place': `
#- /host.nix
{
  services.traefik = {
    enable = true;
    static.settings.entryPoints.web.address = ":80";
    dynamic.files.own.settings.tls.options.default.minVersion = "VersionTLS12";
  };
}
`,
    'each in its place': `
#- /a.nix
{
  services.traefik = {
    staticConfigOptions = {
      entryPoints.websecure = { address = ":443"; http.tls.certResolver = "le"; };
      serversTransport.insecureSkipVerify = true;
      tcpServersTransport.tls.insecureSkipVerify = true;
    };
    dynamicConfigOptions.tls.options.default.sniStrict = true;
  };
}
`,
  },
  mends: {
    'TLS options, in a set of their own': {
      fixture: TLS_IN_STATIC,
      fix: /^Move tls to dynamicConfigOptions, which activates sniStrict and TLS 1\.3$/,
      leaves: ['dynamicConfigOptions.tls.options = {', 'entryPoints.web.address'],
    },
    'TLS options, on one line': {
      fixture: `
#- /a.nix
{ services.traefik.staticConfigOptions.tls.options.default.sniStrict = true; }
`,
      fix: /^Move tls to dynamicConfigOptions, which activates sniStrict$/,
      leaves: ['services.traefik.dynamicConfigOptions.tls.options.default.sniStrict = true;'],
    },
    plugins: {
      fixture: `
#- /a.nix
{
  services.traefik.staticConfigOptions = {
    api.dashboard = true;
    plugins.b = { moduleName = "example.org/b"; version = "v1"; };
  };
}
`,
      fix: /Move plugins/,
      leaves: ['services.traefik.staticConfigOptions.experimental.plugins.b = {'],
    },
  },
  says: {
    'where it belongs in a nixpkgs to come': {
      fixture: `
#- /host.nix
{
  services.traefik = { enable = true; static.settings.tls.options.default.minVersion = "VersionTLS12"; };
}
`,
      message:
        /does not read `tls` from `static\.settings` and says nothing of it: it belongs into `dynamic\.settings`/,
    },
    'what moving it turns on': {
      fixture: TLS_IN_STATIC,
      message:
        /it belongs into `dynamicConfigOptions`\. Moved there it takes effect: `sniStrict` refuses visitors .*; `minVersion` refuses visitors below TLS 1\.3\.$/,
    },
  },
});
