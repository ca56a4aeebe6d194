import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { Fact } from './model';
import {
  attributeOf,
  entriesOf,
  optionThunk,
  readOption,
  readSet,
  readThunk,
  unknownFact,
  type Reader,
} from './read';

/** An option of a table, read where it stands for several: once for each name and each element of a list. */
export interface Instance<T> {
  /** What stands at the path's `<…>`; null where it has none. */
  readonly name: string | null;
  readonly fact: Fact<T>;
}

const isName = (segment: string): boolean => segment.startsWith('<');

/**
 * Reads a path of a table: `<…>` stands for every member of a set that is certainly there, `*` for every element of a
 * list. A path that ends in `<…>` gives what the members are.
 */
export function readInstances<T>(
  system: ModuleSystem,
  path: readonly string[],
  read: Reader<T>,
): Instance<T>[] {
  const at = path.findIndex((segment) => isName(segment) || segment === '*');
  if (at === -1) return readPlain(system, path, read);
  const before = path.slice(0, at);
  const rest = path.slice(at + 1);
  return membersAt(optionOr(system, before), path[at] ?? '').flatMap(({ name, value }) =>
    readBelow(value, rest, read).map((below) => ({ ...below, name: below.name ?? name })),
  );
}

/** Below an option that is declared as a whole, its value is asked, which has the default too. */
function readPlain<T>(system: ModuleSystem, path: readonly string[], read: Reader<T>): Instance<T>[] {
  for (let length = 1; length < path.length; length++) {
    const node = attempt(() => system.option(path.slice(0, length)));
    if (node === null || node instanceof Unknown || node instanceof Failure) break;
    if (node.declared !== null) return readBelow(node.value, path.slice(length), read);
  }
  return [{ name: null, fact: readOption(system, path, read) }];
}

function optionOr(system: ModuleSystem, path: readonly string[]): Thunk | undefined {
  const set = readSet(system, path);
  return set instanceof Unknown || set instanceof Failure ? undefined : optionThunk(system, path);
}

function membersAt(thunk: Thunk | undefined, segment: string): { name: string | null; value: Thunk }[] {
  const value = thunk === undefined ? null : inspect(thunk);
  if (value === null || value instanceof Unknown || value instanceof Failure) return [];
  if (segment === '*')
    return value.type === 'list' ? value.items.map((item) => ({ name: null, value: item })) : [];
  if (value.type !== 'attrs') return [];
  return entriesOf(value).flatMap(([name, attr]) =>
    attr.maybe === null ? [{ name, value: attr.value }] : [],
  );
}

function readBelow<T>(thunk: Thunk, path: readonly string[], read: Reader<T>): Instance<T>[] {
  const [first, ...rest] = path;
  if (first === undefined) return [{ name: null, fact: readThunk(thunk, read) }];
  if (isName(first) || first === '*')
    return membersAt(thunk, first).flatMap(({ name, value }) =>
      readBelow(value, rest, read).map((below) => ({ ...below, name: below.name ?? name })),
    );
  const value = inspect(thunk);
  const system = systemOf(value);
  if (system !== null) return readInstances(system, path, read);
  if (value instanceof Unknown || value instanceof Failure)
    return [{ name: null, fact: readThunk(thunk, read) }];
  if (value.type !== 'attrs') return [{ name: null, fact: { kind: 'unset' } }];
  const attr = attributeOf(value, first);
  const doubt = attr === undefined ? value.open : attr.maybe;
  if (attr !== undefined && doubt === null) return readBelow(attr.value, rest, read);
  // What nobody in the repository wrote has no place: it is not set, and the table says what holds.
  return [{ name: null, fact: doubt?.at == null ? { kind: 'unset' } : unknownFact(doubt, doubt.at) }];
}
