import { forceItems, forceString } from '../arguments';
import { list, record, string } from '../construct';
import { define } from '../primop';
import { invoked, field, type LibTable } from './support';
import { joined } from './strings';
import type { Thunk } from '../thunk';
import type { Call } from '../value';

/** nixpkgs lib/strings-with-deps.nix. */

/** The texts that some names stand for, each after what it depends on, and once. */
function closure(predefined: Thunk, names: Thunk, call: Call): Thunk[] {
  const done = new Set<string>();
  const result: Thunk[] = [];
  const visit = (entry: Thunk): void => {
    const value = entry.force();
    if (value.type === 'attrs') {
      call.machine.enter();
      try {
        forceItems(field(value, 'deps', call), call).forEach(visit);
      } finally {
        call.machine.leave();
      }
      result.push(field(value, 'text', call));
      return;
    }
    const name = forceString(entry, call);
    if (done.has(name)) return;
    done.add(name);
    visit(field(predefined.force(), name, call));
  };
  forceItems(names, call).forEach(visit);
  return result;
}

export const stringsWithDeps: LibTable = {
  textClosureList: define('textClosureList', 2, (call, predefined, names) =>
    list(closure(predefined, names, call), call.at),
  ),
  textClosureMap: define('textClosureMap', 3, (call, fn, predefined, names) =>
    joined(
      '\n',
      list(
        closure(predefined, names, call).map((text) => invoked(call, fn, text)),
        call.at,
      ),
      call,
    ),
  ),
  noDepEntry: define('noDepEntry', 1, (call, text) => record({ text, deps: list([]) }, call.at)),
  fullDepEntry: define('fullDepEntry', 2, (call, text, deps) => record({ text, deps }, call.at)),
  packEntry: define('packEntry', 1, (call, deps) => record({ deps, text: string('', call.at) }, call.at)),
  stringAfter: define('stringAfter', 2, (call, deps, text) => record({ text, deps }, call.at)),
};
