import { Failure, Unknown, type Attr, type AttrsValue, type Value } from '../value';
import { parts, type Part, type RawDefinition } from './definition';
import { doubtThunk } from './merged-set';

/** Definitions that are sets of options, taken apart. */
export interface Division {
  readonly parts: readonly Part[];
  /** The first that failed; null when none did. */
  readonly failure: Failure | null;
  /** Those that may hold more than is known. */
  readonly doubtful: readonly Part[];
  /** Why there may be more names; null when there are none. */
  readonly doubt: Unknown | null;
  /** What they say about one name. */
  rawOf(name: string): readonly RawDefinition[];
}

const NONE: readonly RawDefinition[] = [];

/** Takes definitions of a set of options apart, without evaluating a condition. */
export function divide(raw: readonly RawDefinition[]): Division {
  const all: Part[] = [];
  for (const definition of raw) all.push(...parts(definition));
  const doubtful: Part[] = [];
  let failure: Failure | null = null;
  let doubt: Unknown | null = null;
  let plain = true;
  for (const part of all) {
    const { value } = part;
    if (value instanceof Failure) failure ??= value;
    else if (value instanceof Unknown) {
      doubtful.push(part);
      doubt ??= value;
    } else if (value.type === 'attrs') {
      if (!(value.entries instanceof Map)) plain = false;
      const { open } = value;
      if (open !== null) {
        doubtful.push(part);
        doubt ??= open;
      }
    }
  }
  const byName = plain ? indexed(all) : null;
  const rawOf = (name: string): readonly RawDefinition[] =>
    byName !== null ? (byName.get(name) ?? NONE) : saidBy(all, name);
  return { parts: all, failure, doubtful, doubt, rawOf };
}

function indexed(all: readonly Part[]): Map<string, RawDefinition[]> {
  const byName = new Map<string, RawDefinition[]>();
  for (const { raw, value } of all) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    for (const [name, below] of all.length > FEW ? keptBelow(raw, value) : definitionsBelow(raw, value)) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [below]);
      else same.push(below);
    }
  }
  return byName;
}

/** Above this many definitions they are kept, so that one that changes leaves the others as they are. */
const FEW = 8;

/** What each definition that is a set says of the names in it: the same definitions as long as it is the same set. */
const below = new WeakMap<
  RawDefinition,
  { readonly of: Value; readonly definitions: ReadonlyMap<string, RawDefinition> }
>();

function keptBelow(raw: RawDefinition, value: AttrsValue): ReadonlyMap<string, RawDefinition> {
  const known = below.get(raw);
  if (known?.of === value) return known.definitions;
  const definitions = new Map(definitionsBelow(raw, value));
  below.set(raw, { of: value, definitions });
  return definitions;
}

function* definitionsBelow(raw: RawDefinition, value: AttrsValue): Generator<[string, RawDefinition]> {
  for (const [name, found] of value.entries) yield [name, rawBelow(raw, found)];
}

function saidBy(all: readonly Part[], name: string): RawDefinition[] {
  return all.flatMap(({ raw, value }) => {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return [];
    const found = value.entries.get(name);
    return found === undefined ? [] : [rawBelow(raw, found)];
  });
}

function rawBelow(raw: RawDefinition, { value, at, maybe }: Attr): RawDefinition {
  const conditions = maybe === null ? raw.conditions : [...raw.conditions, doubtThunk(maybe)];
  return { file: raw.file, value, at, conditions, priority: raw.priority };
}
