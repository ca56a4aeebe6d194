import { sameReason } from '../computed';
import { attempt, inspect, type Thunk } from '../thunk';
import { Failure, raise, Unknown, type AttrsValue, type Origin } from '../value';
import { firstDoubt, holds, type Definition, type RawDefinition } from './definition';
import { isConstant, type Declaration } from './declared-option';
import type { Division } from './division';
import { sameRaw } from './place';

/** What the modules say about one path, conditions not looked at. */
export interface Sayings {
  readonly declarations: readonly Declaration[];
  readonly raw: readonly RawDefinition[];
  /** Why there may be more definitions; null when these are all. */
  readonly open: Unknown | null;
}

export function sameSayings(before: Sayings, after: Sayings): boolean {
  return (
    sameReason(before.open, after.open) &&
    before.declarations.length === after.declarations.length &&
    before.declarations.every(({ value }, index) => value === after.declarations[index]?.value) &&
    sameRaw(before.raw, after.raw)
  );
}

/** A declaration that is a set: an option, or more declarations by name. */
interface DeclaredSet {
  readonly set: AttrsValue;
  readonly value: Thunk;
  readonly file: string;
}

/** The declarations of a path that are sets. What is no set, or not known, declares nothing that is known. */
function declaredSets(declarations: readonly Declaration[]): DeclaredSet[] {
  const sets: DeclaredSet[] = [];
  for (const { value, file } of declarations) {
    const set = inspect(value);
    if (!(set instanceof Unknown) && !(set instanceof Failure) && set.type === 'attrs')
      sets.push({ set, value, file });
  }
  return sets;
}

/**
 * What is said under a name.
 * @param division the definitions of the path above, taken apart
 * @param open why there may be more definitions of the path above
 */
export function sayingsBelow(
  declarations: readonly Declaration[],
  division: Division,
  open: Unknown | null,
  name: string,
): Sayings {
  const below: Declaration[] = [];
  for (const { set, file } of declaredSets(declarations)) {
    const found = set.entries.get(name);
    if (found !== undefined) below.push({ value: found.value, file });
  }
  if (division.failure !== null) return raise(division.failure);
  let why = open;
  for (const { value } of division.doubtful) {
    if (value instanceof Unknown) why ??= value;
    else if (!(value instanceof Failure) && value.type === 'attrs' && !value.entries.has(name))
      why ??= value.open;
  }
  return { declarations: below, raw: division.rawOf(name), open: why };
}

/**
 * The one declaration of a name that nobody in the repository declares or defines, which can never change; null where
 * there is none. Undefined where more is said of the name, or may be.
 */
export function constantBelow(
  { declarations, open }: Sayings,
  division: Division,
  name: string,
): Declaration | null | undefined {
  if (open !== null || division.failure !== null || division.doubtful.length > 0) return undefined;
  if (division.rawOf(name).length > 0) return undefined;
  let only: Declaration | null = null;
  for (const { set, value, file } of declaredSets(declarations)) {
    const found = set.entries.get(name);
    if (found === undefined) continue;
    if (only !== null || value.changeable || !isConstant(found.value)) return undefined;
    only = { value: found.value, file };
  }
  return only;
}

/** The names that something defines or declares, each with where it is written. */
export function namesBelow(declarations: readonly Declaration[], division: Division): Map<string, Origin> {
  if (division.failure !== null) return raise(division.failure);
  const names = definedNames(division);
  for (const [name, at] of declaredNames(declarations)) if (!names.has(name)) names.set(name, at);
  return names;
}

/** The names that something defines, each with where it is written. */
export function definedNames({ parts }: Division): Map<string, Origin> {
  const names = new Map<string, Origin>();
  for (const { value } of parts) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    for (const [name, { at }] of value.entries) if (!names.has(name)) names.set(name, at);
  }
  return names;
}

/** The names that something declares, each with where it is written. */
export function declaredNames(declarations: readonly Declaration[]): Map<string, Origin> {
  const names = new Map<string, Origin>();
  for (const { set } of declaredSets(declarations))
    for (const [name, { at }] of set.entries) if (!names.has(name)) names.set(name, at);
  return names;
}

export function sameNames(before: ReadonlyMap<string, Origin>, after: ReadonlyMap<string, Origin>): boolean {
  if (before.size !== after.size) return false;
  const others = after.entries();
  for (const [name, at] of before) {
    const [otherName, otherAt] = others.next().value as [string, Origin];
    if (name !== otherName || at !== otherAt) return false;
  }
  return true;
}

/** Why more may be declared than is known; null when that is all. */
export function declarationGap(declarations: readonly Declaration[]): Unknown | null {
  for (const { value } of declarations) {
    const set = inspect(value);
    if (set instanceof Unknown) return set;
    if (!(set instanceof Failure) && set.type === 'attrs' && set.open !== null) return set.open;
  }
  return null;
}

/** Whether something declares or defines a path, and whether that is only under conditions. */
export interface Existence {
  readonly there: boolean;
  readonly conditional: boolean;
}

const ABSENT: Existence = { there: false, conditional: false };
const CERTAIN: Existence = { there: true, conditional: false };
const CONDITIONAL: Existence = { there: true, conditional: true };

export function existenceOf({ raw, declarations }: Sayings): Existence {
  if (raw.length === 0) return declarations.length > 0 ? CERTAIN : ABSENT;
  return raw.every(({ conditions }) => conditions.length > 0) ? CONDITIONAL : CERTAIN;
}

export function sameExistence(before: Existence, after: Existence): boolean {
  return before.there === after.there && before.conditional === after.conditional;
}

/** Whether what a freeform type takes is there: not where no definition of it counts. */
export interface Presence {
  readonly there: boolean;
  /** Why it may not be there; null when it is. */
  readonly doubt: Unknown | null;
}

/** @param counted the definitions that count or may count; throws what keeps them from being known */
export function presenceOf(counted: () => readonly Definition[]): Presence {
  const definitions = attempt(counted);
  if (definitions instanceof Unknown || definitions instanceof Failure) return { there: true, doubt: null };
  const doubtful = definitions.every(({ maybe }) => maybe !== null);
  return { there: definitions.length > 0, doubt: doubtful ? firstDoubt(definitions) : null };
}

export function samePresence(before: Presence, after: Presence): boolean {
  return before.there === after.there && before.doubt === after.doubt;
}

/** Why a path whose definitions all have conditions may not be there; null when it is. */
export function doubtOfExistence({ raw, declarations }: Sayings, path: readonly string[]): Unknown | null {
  if (declarations.length > 0) return null;
  let doubt: Unknown | null = null;
  for (const { conditions } of raw) {
    const active = holds(conditions);
    if (active === true) return null;
    if (active instanceof Unknown) doubt ??= active;
  }
  return doubt ?? new Unknown('external', `\`${path.join('.')}\` is switched off in the repository`);
}
