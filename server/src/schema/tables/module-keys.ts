import type { OptionDoc } from '../option';

/** The names at the root of a module that are no options: what the module system itself reads. */
export const MODULE_KEYS: readonly OptionDoc[] = [
  {
    path: 'imports',
    type: 'list of module',
    description:
      'Other modules that belong to this one: files, folders with a `default.nix`, functions or sets.',
    pitfall:
      'It cannot depend on `config`, which is only known once all modules are. A file that git does not track is not there for a flake.',
    example: '[ ./hardware.nix ../common ]',
    source: 'nixpkgs lib/modules.nix',
  },
  {
    path: 'options',
    type: 'attribute set of option',
    description: 'Options that the module declares, each made by `lib.mkOption`.',
    pitfall: 'Where a module has `options` or `config`, what it sets has to stand in `config`.',
    source: 'nixpkgs lib/modules.nix',
  },
  {
    path: 'config',
    type: 'attribute set of anything',
    description: 'What the module sets, where it also declares options. Elsewhere it can be left out.',
    source: 'nixpkgs lib/modules.nix',
  },
  {
    path: 'disabledModules',
    type: 'list of module',
    description: 'Modules of NixOS that are left out, for example to bring another version of them.',
    example: '[ "services/web-apps/immich.nix" ]',
    source: 'nixpkgs lib/modules.nix',
  },
];
