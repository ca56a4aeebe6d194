import { testRule } from '../../../test/engine/rule-suite';
import { ruleV2Syntax } from './rule-v2-syntax';

testRule(ruleV2Syntax, {
  finds: {
    'matchers of version 2': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "Host(\`a\`, \`b\`)";
#                       ^^^ error rule-v2-syntax
    b.rule = "Headers(\`X-A\`, \`1\`)";
#             ^^^^^^^ error rule-v2-syntax
    c.rule = "HostRegexp(\`{sub:[a-z]+}.example.org\`)";
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ error rule-v2-syntax
    d.rule = "Path(\`/x/{id}\`)";
#                  ^^^^^^^^^ error rule-v2-syntax
    e.rule = "Query(\`a=1\`)";
#             ^^^^^^^^^^^^ error rule-v2-syntax
  };
}
`,
    'although another router says that its rule is in version 2': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a = { rule = "Host(\`a\`, \`b\`)"; ruleSyntax = "v2"; };
    b.rule = "Host(\`a\`, \`b\`)";
#                       ^^^ error rule-v2-syntax
  };
}
`,
  },
  silent: {
    'a host whose rules are in version 2 unless they say otherwise': `
#- /a.nix
{
  services.traefik.staticConfigOptions.core.defaultRuleSyntax = "v2";
  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a\`, \`b\`)";
}
`,
    'a release with Traefik 2': `
#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-23.11";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a\`, \`b\`)"; }
`,
    'a release that is not known': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a\`, \`b\`)"; }
`,
    'braces that version 3 has, too': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "HostRegexp(\`^[a-z]{2,3}\\\\.example\\\\.org$\`)";
    b.rule = "PathRegexp(\`^/{id}\`)";
    c.rule = "Query(\`a\`, \`b=c\`) || Query(\`d\`)";
  };
}
`,
  },
  mends: {
    'several names': {
      fixture: `
#- /a.nix
{ ... }: let domain = "example.org"; in {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a.\${domain}\`, \`b.\${domain}\`) && Path(\`/x\`)";
}
`,
      fix: /language of version 3/,
      leaves: ['"(Host(`a.${domain}`) || Host(`b.${domain}`)) && Path(`/x`)"'],
    },
    'a placeholder': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "HostRegexp(\`{sub:[a-z]+}.example.org\`)"; }
`,
      fix: /language of version 3/,
      leaves: ['"HostRegexp(`^[a-z]+\\\\.example\\\\.org$`)"'],
    },
    'a placeholder in an indented string': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = ''PathPrefix(\`/x/{id}\`)''; }
`,
      fix: /language of version 3/,
      leaves: ["''PathRegexp(`^/x/[^/]+`)''"],
    },
    'a renamed matcher': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Headers(\`X-A\`, \`1\`)"; }
`,
      fix: /language of version 3/,
      leaves: ['"Header(`X-A`, `1`)"'],
    },
  },
});
