import { testRule } from '../../../test/engine/rule-suite';
import { invalidRule } from './invalid-rule';

testRule(invalidRule, {
  finds: {
    'mistakes in the text, at their place': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "Host(\`a.example.org\`) & PathPrefix(\`/x\`)";
#                                   ^ error invalid-rule
    b.rule = "Host(b.example.org)";
#                  ^^^^^^^^^^^^^ error invalid-rule
    c.rule = "Host('c.example.org')";
#                  ^^^^^^^^^^^^^^^ error invalid-rule
    d.rule = "Hots(\`d.example.org\`)";
#             ^^^^ error invalid-rule
    e.rule = "Host(\`e.example.org\`) && pathPrefix(\`/x\`)";
#                                      ^^^^^^^^^^ error invalid-rule
    f.rule = "Host(\`f.example.org\`) && Path(\`x\`)";
#                                           ^^^ error invalid-rule
    g.rule = "Host(\`g.example.org\`";
#                 ^ error invalid-rule
    h.rule = "Header(\`X-A\`)";
#             ^^^^^^^^^^^^^ error invalid-rule
    i.rule = "ClientIP(\`10.0.0.256\`)";
#                      ^^^^^^^^^^^^ error invalid-rule
    j.rule = "HostRegexp(\`*.example.org\`)";
#                        ^^^^^^^^^^^^^^^ error invalid-rule
    k.rule = "HostSNI(\`k.example.org\`)";
#             ^^^^^^^ error invalid-rule
  };
}
`,
    'what no request can match': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`https://a.example.org/x\`)"; }
#                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-rule
`,
    'inside a text with interpolations and escapes': `
#- /a.nix
{ ... }: let domain = "example.org"; in {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a.\${domain}\`) && Path(\\"x\\") ";
#                                                                                          ^^^^^ error invalid-rule
}
`,
    'beside an interpolation whose value is not known': `
#- /a.nix
{ inputs, ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a.\${inputs.domain}\`) and Path(\`/x\`)";
#                                                                                         ^^^ error invalid-rule
}
`,
    'in an indented string': `
#- /a.nix
{ ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = ''
    Host(\`a.example.org\`) &&
      Pth(\`/x\`)
#     ^^^ error invalid-rule
  '';
}
`,
    'an operator at the beginning of a line': `
#- /a.nix
{ ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = ''
    Host(\`a.example.org\`)
    || Host(\`b.example.org\`)
#   ^^ error invalid-rule
  '';
}
`,
    'a rule that a function makes': `
#- /a.nix
{ lib, ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.rule = lib.concatStringsSep " " [ "Host(\`a\`)" "Host(\`b\`)" ];
#                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error invalid-rule
}
`,
    'a rule of a TCP router': `
#- /a.nix
{ services.traefik.dynamicConfigOptions.tcp.routers.a.rule = "HostSNI(\`a b\`)"; }
#                                                                     ^^^^^ error invalid-rule
`,
    'a rule that is wrong in both versions, where the version is not known': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a\`) or Host(\`b\`)"; }
#                                                                        ^^ error invalid-rule
`,
  },
  silent: {
    'rules that are right': `
#- /a.nix
{ ... }: let domain = "example.org"; in {
  services.traefik.dynamicConfigOptions = {
    http.routers = {
      a.rule = "Host(\`a.\${domain}\`)";
      b.rule = "(Host(\`a\`) || HOST(\\"b\\")) && !PathPrefix(\`/x\`) && Method(\`GET\`)";
      c.rule = ''HostRegexp(\`^[a-z]+\\.\${domain}$\`) && PathRegexp(\`^/(a|b)$\`)'';
      d.rule = "Header(\`X-A\`, \`1\`) && Query(\`q\`) && ClientIP(\`fd00::/8\`)";
      e.rule = ''
        Host(\`a\`) &&
          Path(\`/\`)
      '';
      f.rule = "Host(\`*.example.org\`)";
    };
    tcp.routers.a.rule = "HostSNI(\`*\`)";
  };
}
`,
    'what is filled in later, or not known': `
#- /a.nix
{ inputs, ... }: {
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "Host(\`{{ env \\"HOST\\" }}\`";
    b.rule = inputs.rule;
    c.rule = "\${inputs.rule} && Path(\`/x\`)";
    d.rule = "Path(\`\${inputs.path}\`)";
    e.rule = "Host(\`\${inputs.host}\`)";
  };
}
`,
    'several names that a function joins': `
#- /a.nix
{ lib, ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.rule =
    "Host(\`\${lib.concatStringsSep "\`) || Host(\`" [ "a.example.org" "b.example.org" ]}\`)";
}
`,
    'the language of version 2, which is for another rule': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "Host(\`a\`, \`b\`) && Headers(\`X-A\`, \`1\`)";
    b = { rule = "Headers(\`X-A\`, \`1\`)"; ruleSyntax = "v2"; };
  };
}
`,
    'what only one of the versions refuses, where the version is not known': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers = {
    a.rule = "Header(\`X-A\`, \`1\`)";
    b.rule = "Headers(\`X-A\`, \`1\`)";
    c.rule = "PathRegexp(\`^/x\`)";
  };
}
`,
  },
  mends: {
    'an operator in words': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a\`) and Path(\`/x\`)"; }
`,
      fix: /Use &&/,
      leaves: ['"Host(`a`) && Path(`/x`)"'],
    },
    'an argument without quotes': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(a.example.org)"; }
`,
      fix: /back-quotes/,
      leaves: ['"Host(`a.example.org`)"'],
    },
    'a misspelt matcher': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Hots(\`a\`)"; }
`,
      fix: /Use Host/,
      leaves: ['"Host(`a`)"'],
    },
    'a matcher in the wrong case': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "pathPrefix(\`/x\`)"; }
`,
      fix: /Write PathPrefix/,
      leaves: ['"PathPrefix(`/x`)"'],
    },
  },
});
