import { inherited, type LibTable } from './support';

/** nixpkgs lib/flakes.nix. */
export const flakes: LibTable = inherited('flakeRefToString', 'parseFlakeRef');
