import { sameItems } from '../eval/computed';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, ready, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Value } from '../eval/value';
import type { Collection, Fact } from './model';

/** Reading facts out of an evaluated configuration. Nothing here throws. */

/** Turns a value into what is wanted, or undefined when it is of another kind. */
export type Reader<T> = (value: Value) => T | undefined;

export const asString: Reader<string> = (value) =>
  value.type === 'string' ? value.text : value.type === 'path' ? value.path : undefined;
export const asBool: Reader<boolean> = (value) => (value.type === 'bool' ? value.value : undefined);
export const asNumber: Reader<number> = (value) =>
  value.type === 'int' ? Number(value.value) : value.type === 'float' ? value.value : undefined;
export const asStringOrNumber: Reader<string | number> = (value) => asString(value) ?? asNumber(value);
export const asAttrs: Reader<AttrsValue> = (value) => (value.type === 'attrs' ? value : undefined);

const UNSET = { kind: 'unset' } as const;

/** The value of an option as a fact; null and a missing definition are `unset`. */
export function readOption<T>(system: ModuleSystem, path: readonly string[], read: Reader<T>): Fact<T> {
  const node = attempt(() => system.option(path));
  if (node === null) return UNSET;
  if (node instanceof Unknown || node instanceof Failure) return unknownFact(node, null);
  return readNode(node, read);
}

export function readNode<T>(node: OptionNode, read: Reader<T>): Fact<T> {
  const value = inspect(node.value);
  const definitions = attempt(() => node.definitions());
  const [definition] = Array.isArray(definitions) ? definitions : [];
  const at = definition?.value.origin ?? null;
  if (value instanceof Unknown || value instanceof Failure) {
    if (definition === undefined && node.raw.length === 0) return UNSET;
    if (definition === undefined && Array.isArray(definitions)) return UNSET;
    return unknownFact(value, at);
  }
  return known(value, read, at, definition?.file ?? null);
}

/** A value inside a configuration file's data as a fact. */
export function readThunk<T>(thunk: Thunk | undefined, read: Reader<T>): Fact<T> {
  if (thunk === undefined) return UNSET;
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure) return unknownFact(value, thunk.origin);
  return known(value, read, thunk.origin, thunk.origin?.anchor.source ?? null);
}

function known<T>(value: Value, read: Reader<T>, definition: Thunk['origin'], file: string | null): Fact<T> {
  if (value.type === 'null') return UNSET;
  const result = read(value);
  if (result === undefined) {
    const problem = new Failure('type', `the value has another type than expected`, value.origin);
    return unknownFact(problem, definition);
  }
  return { kind: 'known', value: result, definition, literal: value.origin, file };
}

export function unknownFact<T>(problem: Unknown | Failure, definition: Thunk['origin']): Fact<T> {
  return { kind: 'unknown', reason: reasonOf(problem), problem, definition };
}

export function reasonOf(problem: Unknown | Failure): string {
  return problem instanceof Unknown ? problem.reason : problem.message;
}

/** Whether two facts say the same, written at the same place. */
export function sameFact<T extends string | number | boolean>(before: Fact<T>, after: Fact<T>): boolean {
  if (before.kind === 'unset') return after.kind === 'unset';
  if (before.kind === 'unknown')
    return (
      after.kind === 'unknown' &&
      before.reason === after.reason &&
      before.definition === after.definition &&
      before.problem === after.problem
    );
  return (
    after.kind === 'known' &&
    before.value === after.value &&
    before.definition === after.definition &&
    before.literal === after.literal &&
    before.file === after.file
  );
}

/** Whether two collections of names are the same, also in why there may be more. */
export function sameNames(before: Collection<string>, after: Collection<string>): boolean {
  return before.open === after.open && sameItems(before.items, after.items);
}

/** The fact's value, or a fallback where it is not known. */
export function valueOr<T, F>(fact: Fact<T>, fallback: F): T | F {
  return fact.kind === 'known' ? fact.value : fallback;
}

/** The set at a path of a configuration; null where there is none, or none that is known. */
export function readSet(
  system: ModuleSystem,
  path: readonly string[],
): AttrsValue | Unknown | Failure | null {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return node;
  const value = inspect(node.value);
  if (value instanceof Unknown || value instanceof Failure) return node.raw.length === 0 ? null : value;
  return value.type === 'attrs' ? value : null;
}

/** The elements of a list, each as a fact. */
export function readList<T>(thunk: Thunk | undefined, read: Reader<T>): Collection<Fact<T>> {
  if (thunk === undefined) return { items: [], open: null };
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure) return { items: [], open: reasonOf(value) };
  if (value.type === 'null') return { items: [], open: null };
  if (value.type !== 'list') return { items: [], open: 'it is not a list' };
  return {
    items: value.items.map((item) => readThunk(item, read)),
    open: value.open === null ? null : value.open.reason,
  };
}

/** The known elements of a list; an unknown one leaves the collection open. */
export function readKnownList<T>(thunk: Thunk | undefined, read: Reader<T>): Collection<T> {
  const { items, open } = readList(thunk, read);
  const values: T[] = [];
  let why = open;
  for (const item of items) {
    if (item.kind === 'known') values.push(item.value);
    else if (item.kind === 'unknown') why ??= item.reason;
  }
  return { items: values, open: why };
}

/** The list an option holds, as a thunk; undefined where the option does not exist. */
export function optionThunk(system: ModuleSystem, path: readonly string[]): Thunk | undefined {
  const node = attempt(() => system.option(path));
  return node === null || node instanceof Unknown || node instanceof Failure ? undefined : node.value;
}

/**
 * The attribute of a set whose name is equal but for case, as Traefik reads its fields. Of several, the last in the order
 * of their bytes counts. Source: traefik's paerser, file/raw_node.go.
 */
export function fieldOf(set: AttrsValue | undefined, name: string): Thunk | undefined {
  if (set === undefined) return undefined;
  const wanted = name.toLowerCase();
  let last: string | undefined;
  for (const key of set.entries.keys())
    if (key.toLowerCase() === wanted && (last === undefined || key > last)) last = key;
  return last === undefined ? undefined : set.entries.get(last)?.value;
}

/** The set behind a thunk; undefined where it is none or not known. */
export function setOf(thunk: Thunk | undefined): AttrsValue | undefined {
  if (thunk === undefined) return undefined;
  const value = inspect(thunk);
  return value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' ? undefined : value;
}

/** The attributes of a set, by name; none where a definition of a set of options fails, so that its names are not known. */
export function entriesOf(set: AttrsValue | Unknown | Failure | null | undefined): [string, Attr][] {
  if (set == null || set instanceof Unknown || set instanceof Failure) return [];
  const entries = attempt(() => [...set.entries]);
  if (!Array.isArray(entries)) return [];
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, attr]) => [name, withoutThrowing(attr)]);
}

/** The names in a set, in order; none where they cannot be known. */
export function namesOf(set: AttrsValue): readonly string[] {
  const names = attempt(() => [...set.entries.keys()]);
  return Array.isArray(names) ? names.sort() : [];
}

/** The attribute of a set of that name; where its definitions fail, one that is not known. */
export function attributeOf(set: AttrsValue, name: string): Attr | undefined {
  const attr = attempt(() => set.entries.get(name));
  if (attr instanceof Unknown || attr instanceof Failure)
    return { at: null, maybe: null, value: ready(attr) };
  return attr === undefined ? undefined : withoutThrowing(attr);
}

function withoutThrowing(attr: Attr): Attr {
  const value = attempt(() => attr.value);
  const isProblem = value instanceof Unknown || value instanceof Failure;
  const maybe = attempt(() => attr.maybe);
  const doubt = maybe instanceof Failure ? new Unknown('external', maybe.message, maybe.at) : maybe;
  return { at: attr.at, maybe: doubt, value: isProblem ? ready(value) : value };
}

/** Why the members of a set may not all be known; null when they are. */
export function openReason(set: AttrsValue | Unknown | Failure | null): string | null {
  if (set === null) return null;
  if (set instanceof Unknown || set instanceof Failure) return reasonOf(set);
  return set.open === null ? null : set.open.reason;
}
