import type { OptionDoc } from '../option';

/**
 * Options that a nixpkgs of the future may have, and forks have now. They are evaluated as what they are, and offered to
 * nobody.
 */

const REFACTORED = 'nixpkgs pull request 482512, merged and reverted in 2026';
const REVAMPED = 'nixpkgs pull request 553100, open in 2026';

const SETTINGS = [
  ['services.traefik.static.settings', REFACTORED],
  ['services.traefik.dynamic.settings', REFACTORED],
  ['services.traefik.install.settings', REVAMPED],
  ['services.traefik.routing.settings', REVAMPED],
] as const;
const FILES = [
  ['services.traefik.dynamic.files', REFACTORED],
  ['services.traefik.routing.extraFiles', REVAMPED],
] as const;

export const UPCOMING_OPTIONS: readonly OptionDoc[] = [
  ...SETTINGS.map(([path, source]) => ({
    path,
    type: 'TOML value',
    description: 'Settings of Traefik.',
    source,
  })),
  ...FILES.flatMap(([path, source]) => [
    { path, type: 'attribute set of (submodule)', description: 'Files with routes for Traefik.', source },
    { path: `${path}.<name>.settings`, type: 'TOML value', description: 'What the file holds.', source },
  ]),
];
