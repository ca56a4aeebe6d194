import { testRule } from '../../../test/engine/rule-suite';
import { renamedTraefikKey } from './renamed-traefik-key';

/** A host whose nixpkgs is locked to a branch. */
function locked(branch: string, module: string, lastModified = 1_700_000_000): string {
  const lock = JSON.stringify({
    nodes: {
      nixpkgs: {
        locked: { owner: 'NixOS', repo: 'nixpkgs', type: 'github', lastModified },
        original: { owner: 'NixOS', repo: 'nixpkgs', type: 'github', ref: branch },
      },
      root: { inputs: { nixpkgs: 'nixpkgs' } },
    },
    root: 'root',
    version: 7,
  });
  return `
#- /flake.lock
${lock}
#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
${module}
`;
}

const WHITE_LIST = `{
  services.traefik.dynamicConfigOptions.http.middlewares.lan.ipWhiteList.sourceRange = [ "10.0.0.0/8" ];
}`;
const FOUND = `{
  services.traefik.dynamicConfigOptions.http.middlewares.lan.ipWhiteList.sourceRange = [ "10.0.0.0/8" ];
#                                                            ^^^^^^^^^^^ information renamed-traefik-key
}`;

testRule(renamedTraefikKey, {
  finds: {
    'what Traefik 3 removed': `
#- /a.nix
{
  services.traefik.staticConfigOptions = {
    pilot.token = "x";
#   ^^^^^ error renamed-traefik-key
    experimental.http3 = true;
#                ^^^^^ error renamed-traefik-key
    tracing.jaeger.samplingType = "const";
#           ^^^^^^ error renamed-traefik-key
    hub.tls.insecure = true;
#   ^^^ warning renamed-traefik-key
  };
}
`,
    'what Traefik 3 renamed': locked('nixos-24.11', FOUND),
    'what Traefik renamed, in a commit of the unstable branch from after then': locked(
      'nixos-unstable',
      FOUND,
      Date.UTC(2025, 0, 15) / 1000,
    ),
    'what a later Traefik renamed': `
#- /a.nix
{
  services.traefik.staticConfigOptions.certificatesResolvers.le.acme.dnsChallenge = {
    delayBeforeCheck = 10;
#   ^^^^^^^^^^^^^^^^ information renamed-traefik-key
  };
}
`,
  },
  silent: {
    'the old name in a release that has Traefik 2': locked('nixos-24.05', WHITE_LIST),
    'the old name where the release is not known': locked('main', WHITE_LIST, Number.NaN),
    'the old name in a commit of the unstable branch from before then': locked('nixos-unstable', WHITE_LIST),
    'a name that a later Traefik renamed, before it did': locked(
      'nixos-24.11',
      '{ services.traefik.staticConfigOptions.certificatesResolvers.le.acme.dnsChallenge.delayBeforeCheck = 10; }',
    ),
    'the new names': `
#- /a.nix
{
  services.traefik = {
    dynamicConfigOptions.http.middlewares.lan.ipAllowList.sourceRange = [ "10.0.0.0/8" ];
    staticConfigOptions.entryPoints.websecure.http3 = { };
  };
}
`,
  },
  mends: {
    'a renamed key': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.middlewares.lan.ipWhiteList.sourceRange = [ "10.0.0.0/8" ]; }
`,
      fix: /Write ipAllowList/,
      leaves: ['middlewares.lan.ipAllowList.sourceRange'],
    },
    'a key that moved': {
      fixture: `
#- /a.nix
{ services.traefik.staticConfigOptions.certificatesResolvers.le.acme.dnsChallenge.delayBeforeCheck = 10; }
`,
      fix: /Write propagation/,
      leaves: ['dnsChallenge.propagation.delayBeforeChecks = 10'],
    },
  },
  says: {
    'what to write instead': {
      fixture: '\n#- /a.nix\n{ services.traefik.staticConfigOptions.experimental.http3 = true; }\n',
      message:
        /removed in Traefik 3\.0\. Traefik then does not start\. HTTP\/3 is turned on at the entry point/,
    },
  },
});
