import { listOf, string } from '../construct';
import { ready } from '../thunk';
import { Unknown } from '../value';
import type { LibTable } from './support';

/** nixpkgs lib/systems: which platforms there are is nixpkgs' to say, and changes with its releases. */

const more = new Unknown('external', 'which platforms there are depends on the release of nixpkgs');

/** What every release names. */
const LASTING = ['x86_64-linux', 'aarch64-linux', 'aarch64-darwin', 'i686-linux', 'armv7l-linux'];

function platforms(names: readonly string[]): LibTable[string] {
  return ready({ ...listOf(names.map((name) => string(name))), open: more });
}

export const systems: LibTable = {
  flakeExposed: platforms(LASTING),
};
