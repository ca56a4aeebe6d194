import { deepen } from '../computed';
import { findAttr } from '../interpret';
import { attempt, inspect, ready, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, unknown, type AttrsValue, type Origin, type Value } from '../value';

/** Priorities of definitions, lower wins. Source: nixpkgs lib/modules.nix. */
export const PRIORITY = {
  optionDefault: 1500,
  default: 1000,
  normal: 100,
  image: 60,
  force: 50,
  vmOverride: 10,
} as const;
/** The place of a list's or text's definition among others. */
export const DEFAULT_ORDER = 1000;

/** What one module says about one option, before its conditions and priorities are looked at. */
export interface RawDefinition {
  /** The module's file. */
  readonly file: string;
  readonly value: Thunk;
  /** Where the option's name is written. */
  readonly at: Origin;
  /** Conditions of `mkIf`s around it, outermost first, not evaluated yet. */
  readonly conditions: readonly Thunk[];
  /** The priority of a `mkOverride` around it. */
  readonly priority: number | null;
}

/** A definition that counts: its conditions hold, or may hold. */
export interface Definition {
  readonly file: string;
  /** The value inside `mkIf`, `mkForce` and the like. */
  readonly value: Thunk;
  readonly at: Origin;
  readonly priority: number;
  readonly order: number;
  /** Why it is not known whether it counts; null when it does. */
  readonly maybe: Unknown | null;
}

/** The property that `mkIf`, `mkMerge`, `mkOverride`, `mkOrder` and their kin make of a value. */
export type Property =
  | { readonly kind: 'if'; readonly condition: Thunk; readonly content: Thunk }
  | { readonly kind: 'merge'; readonly contents: Thunk }
  | { readonly kind: 'override'; readonly priority: number; readonly content: Thunk }
  | { readonly kind: 'order'; readonly order: number; readonly content: Thunk }
  | { readonly kind: 'definition'; readonly file: string; readonly value: Thunk };

/** The `_type` of a set; null when it has none. */
export function typeTag(value: Value): string | null {
  if (value.type !== 'attrs') return null;
  const tag = value.entries.get('_type');
  if (tag === undefined) return null;
  const text = tag.value.force();
  return text.type === 'string' ? text.text : null;
}

/** The property a value is, or null for an ordinary value. */
export function propertyOf(value: Value): Property | null {
  const tag = typeTag(value);
  if (tag === null) return null;
  const set = value as AttrsValue;
  switch (tag) {
    case 'if':
      return { kind: 'if', condition: field(set, 'condition'), content: field(set, 'content') };
    case 'merge':
      return { kind: 'merge', contents: field(set, 'contents') };
    case 'override':
      return { kind: 'override', priority: numberField(set, 'priority'), content: field(set, 'content') };
    case 'order':
      return { kind: 'order', order: numberField(set, 'priority'), content: field(set, 'content') };
    case 'definition': {
      const file = field(set, 'file').force();
      const place = file.type === 'string' ? file.text : file.type === 'path' ? file.path : '';
      return { kind: 'definition', file: place, value: field(set, 'value') };
    }
    default:
      return null;
  }
}

function field(set: AttrsValue, name: string): Thunk {
  return findAttr(set, name)?.value ?? fail('missing', `attribute '${name}' missing`, set.origin);
}

function numberField(set: AttrsValue, name: string): number {
  const value = field(set, name).force();
  return value.type === 'int' || value.type === 'float'
    ? Number(value.value)
    : fail('type', `a priority must be a number`, value.origin);
}

/** A part of a definition: an ordinary value, or why it is unknown, with what `mkIf` and `mkOverride` put around it. */
export interface Part {
  readonly raw: RawDefinition;
  readonly value: Value | Unknown | Failure;
}

/**
 * Looks through `mkMerge`, `mkIf` and `mkOverride` without evaluating a condition, as nixpkgs' `pushDownProperties` does.
 * A list of contents that is not known as a whole adds a part that is unknown.
 */
export function parts(definition: RawDefinition): Part[] {
  const value = inspect(definition.value);
  if (value instanceof Unknown || value instanceof Failure) return [{ raw: definition, value }];
  const property = attempt(() => propertyOf(value));
  if (property instanceof Unknown || property instanceof Failure)
    return [{ raw: definition, value: property }];
  if (property === null || property.kind === 'order') return [{ raw: definition, value }];
  switch (property.kind) {
    case 'definition':
      return parts({ ...definition, file: property.file, value: property.value });
    case 'if':
      return parts({
        ...definition,
        value: property.content,
        conditions: [...definition.conditions, property.condition],
      });
    case 'override':
      return parts({
        ...definition,
        value: property.content,
        priority: definition.priority ?? property.priority,
      });
    case 'merge': {
      const contents = inspect(property.contents);
      if (contents instanceof Unknown || contents instanceof Failure)
        return [{ raw: definition, value: contents }];
      if (contents.type !== 'list')
        return [{ raw: definition, value: new Failure('type', '`mkMerge` wants a list', contents.origin) }];
      const all = deepen(3, () => contents.items.flatMap((item) => parts({ ...definition, value: item })));
      if (contents.open !== null) all.push({ raw: definition, value: contents.open });
      return all;
    }
  }
}

/** Whether all conditions hold: true, false, or why that is unknown. */
export function holds(conditions: readonly Thunk[]): boolean | Unknown {
  let doubt: Unknown | null = null;
  for (const condition of conditions) {
    const value = inspect(condition);
    if (value instanceof Failure) return raise(value);
    if (value instanceof Unknown) doubt ??= value;
    else if (value.type !== 'bool')
      return fail('type', 'the condition of `mkIf` must be a Boolean', value.origin);
    else if (!value.value) return false;
  }
  return doubt ?? true;
}

/** The definitions that count or may count, with `mkIf`, `mkMerge`, `mkOverride` and `mkOrder` looked through. */
export function discharge(raw: readonly RawDefinition[]): Definition[] {
  const result: Definition[] = [];
  for (const definition of raw) {
    for (const part of parts(definition)) {
      const active = part.raw.conditions.length === 0 || holds(part.raw.conditions);
      if (active !== false) result.push(ordered(part, active === true ? null : active));
    }
  }
  return result;
}

function ordered(part: Part, maybe: Unknown | null): Definition {
  let order = DEFAULT_ORDER;
  let { value } = part.raw;
  let priority = part.raw.priority ?? PRIORITY.normal;
  if (!(part.value instanceof Unknown) && !(part.value instanceof Failure)) {
    for (
      let property = propertyOf(part.value);
      property?.kind === 'order' || property?.kind === 'override';
    ) {
      if (property.kind === 'order') order = property.order;
      else if (part.raw.priority === null) priority = property.priority;
      value = property.content;
      property = propertyOf(value.force());
    }
  } else if (inspect(value) !== part.value) value = ready(part.value);
  return { file: part.raw.file, value, at: part.raw.at, priority, order, maybe };
}

/**
 * The definitions of the best priority, in order. One that may count keeps weaker ones in doubt: they then may count too.
 */
export function strongest(definitions: readonly Definition[]): Definition[] {
  const certain = definitions.filter((definition) => definition.maybe === null);
  const bar = Math.min(...certain.map((definition) => definition.priority));
  const kept = definitions.filter((definition) => definition.priority <= bar);
  const best = Math.min(...kept.map((definition) => definition.priority));
  const doubt = kept.find((definition) => definition.priority < bar)?.maybe ?? null;
  const result = kept.map((definition) =>
    definition.priority > best && definition.maybe === null && doubt !== null
      ? { ...definition, maybe: doubt }
      : definition,
  );
  return result.sort((a, b) => a.order - b.order);
}

/** The value that makes no definition count: what is said where the merge depends on something unknown. */
export function firstDoubt(definitions: readonly Definition[]): Unknown | null {
  for (const { maybe } of definitions) if (maybe !== null) return maybe;
  return null;
}

export function mergeUnknown(loc: readonly string[], why: string, at: Origin): never {
  return unknown('merge', `\`${loc.join('.')}\` ${why}`, at);
}
