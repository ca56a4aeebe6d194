import { normalizePath } from '../../nix/paths';
import { coerceToString } from '../coerce';
import { Cycle, sameItems } from '../computed';
import { attr, attrs, string } from '../construct';
import { attempt, inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  typeName,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import type { ModuleInput, Recursion } from './collect';
import type { RawDefinition } from './definition';
import { refusedIn, SPECIAL_KEYS } from './long-form';

/** What a module is once its arguments are applied; where it is imported is said beside it. */
export interface Applied {
  /** The key it gives itself; null when it gives none. */
  readonly ownKey: string | null;
  readonly file: string;
  readonly options: Thunk | null;
  readonly config: RawDefinition;
  readonly imports: readonly ModuleInput[];
  readonly disabled: readonly string[];
  /** Why parts of it are not known. */
  readonly notes: readonly Unknown[];
  /** What Nix refuses of it, though what it defines is plain. */
  readonly refused: readonly Failure[];
  /** The kind of modules it says to be one of (`_class`); null where it says none, or none that is known. */
  readonly class: string | null;
  readonly recursion: Recursion | null;
}

/** Whether two modules define and import the same, at the same places. */
export function sameApplied(a: Applied, b: Applied): boolean {
  return (
    a.ownKey === b.ownKey &&
    a.file === b.file &&
    a.options === b.options &&
    a.config.value === b.config.value &&
    a.imports.length === b.imports.length &&
    a.imports.every(({ value, file, key }, index) => {
      const other = b.imports[index] as ModuleInput;
      return value === other.value && file === other.file && key === other.key;
    }) &&
    sameItems(a.disabled, b.disabled) &&
    a.class === b.class &&
    [a, b].every(
      ({ notes, refused, recursion }) => notes.length === 0 && refused.length === 0 && recursion === null,
    )
  );
}

/** The file a path, or a string or set that stands for one, names; null for other values. */
export function modulePath(value: Value): string | Unknown | null {
  if (value.type === 'path') return value.path;
  if (value.type === 'string') return value.text.startsWith('/') ? normalizePath(value.text) : null;
  if (value.type === 'attrs' && value.entries.has('outPath') && !value.entries.has('_type')) {
    const out = inspect((value.entries.get('outPath') as Attr).value);
    // A folder that is not known, such as that of a flake from outside, is no set of definitions.
    if (out instanceof Unknown) return out;
    if (!(out instanceof Failure)) return modulePath(out);
  }
  return null;
}

export function rootDefinition(file: string, value: Thunk): RawDefinition {
  return { file, value, at: null, conditions: [], priority: null };
}

/** Writes the short form of a module (`{ services.x = …; }`) out as `{ imports; options; config; }`. */
export function unified(
  value: AttrsValue,
  { key, file }: { key: string; file: string },
  modulesPath: string | null,
  machine: Machine,
): Applied {
  const notes: Unknown[] = [];
  const notePart = (reason: Unknown): void => {
    notes.push(reason);
  };
  let recursion: Recursion | null = null;
  const noteImports = (reason: Unknown, at: Origin): void => {
    notes.push(reason);
    if (reason instanceof Cycle) recursion ??= { cycle: reason, at };
  };
  const get = (name: string): Thunk | null => value.entries.get(name)?.value ?? null;
  const ownFile = get('_file')?.force();
  const shownFile =
    ownFile?.type === 'path'
      ? ownFile.path
      : ownFile?.type === 'string' && ownFile.text.startsWith('/')
        ? ownFile.text
        : file;
  const shownKey = keyText(get('key')?.force()) ?? key;
  const imports = [
    ...importsOf(get('require'), shownFile, noteImports),
    ...importsOf(get('imports'), shownFile, noteImports),
  ];
  const structured = value.entries.has('config') || value.entries.has('options');
  const config = structured
    ? withFreeform(get('config'), get('freeformType'))
    : lazily(() => shorthand(value), value.origin);
  if (value.open !== null) notePart(value.open);
  const unsupported = structured ? refusedIn(value) : null;
  const refused: Failure[] = unsupported === null ? [] : [unsupported];
  const noteRefused = (failure: Failure): void => {
    refused.push(failure);
  };
  const disabled = disabledKeys(get('disabledModules'), {
    modulesPath,
    file: shownFile,
    machine,
    notePart,
    noteRefused,
  });
  return {
    ownKey: shownKey === key ? null : shownKey,
    file: shownFile,
    options: structured ? get('options') : null,
    config: rootDefinition(shownFile, config),
    imports,
    disabled,
    notes,
    refused,
    class: classOf(get('_class')),
    recursion,
  };
}

function withFreeform(config: Thunk | null, freeformType: Thunk | null): Thunk {
  if (freeformType === null) return config ?? ready(attrs(new Map()));
  const declared = attrs(
    new Map([['_module', attr(ready(attrs(new Map([['freeformType', attr(freeformType)]]))))]]),
  );
  if (config === null) return ready(declared);
  const merged = new Map<string, Attr>([
    ['_type', attr(ready({ type: 'string', text: 'merge', origin: null }))],
    ['contents', attr(ready({ type: 'list', items: [config, ready(declared)], open: null, origin: null }))],
  ]);
  return ready(attrs(merged));
}

function shorthand(value: AttrsValue): Value {
  const entries = new Map([...value.entries].filter(([name]) => !SPECIAL_KEYS.has(name)));
  const freeformType = value.entries.get('freeformType');
  if (freeformType !== undefined)
    entries.set('_module', attr(ready(attrs(new Map([['freeformType', freeformType]])))));
  return attrs(entries, value.origin, value.open);
}

function importsOf(
  thunk: Thunk | null,
  file: string,
  note: (reason: Unknown, at: Origin) => void,
): ModuleInput[] {
  if (thunk === null) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown) {
    note(value, thunk.origin);
    return [];
  }
  if (value instanceof Failure) return raise(value);
  if (value.type !== 'list')
    return fail('type', `value is ${typeName(value)} while a list was expected`, value.origin);
  if (value.open !== null) note(value.open, thunk.origin);
  return value.items.map((item, index) => ({ value: item, file, key: `anon-${index + 1}` }));
}

interface Disabling {
  readonly modulesPath: string | null;
  readonly file: string;
  readonly machine: Machine;
  readonly notePart: (reason: Unknown) => void;
  readonly noteRefused: (failure: Failure) => void;
}

/**
 * The keys of modules that are not to count. A relative path is one of `modulesPath`: where that is nixpkgs, it names none
 * of the repository's modules.
 */
function disabledKeys(
  thunk: Thunk | null,
  { modulesPath, file, machine, notePart, noteRefused }: Disabling,
): string[] {
  if (thunk === null) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown) {
    notePart(value);
    return [];
  }
  if (value instanceof Failure) return [];
  if (value.type !== 'list') {
    noteRefused(new Failure('type', `value is ${typeName(value)} while a list was expected`, value.origin));
    return [];
  }
  return value.items.flatMap((item) => {
    const given = inspect(item);
    if (given instanceof Unknown || given instanceof Failure) return [];
    const entry = asText(given, machine);
    if (entry === null) return [];
    if (entry.type === 'attrs' && entry.entries.has('key')) {
      const key = keyText(entry.entries.get('key')?.value.force());
      return key === null ? [] : [key];
    }
    const path = modulePath(entry);
    if (path !== null) return typeof path === 'string' ? [path] : [];
    if (entry.type === 'string')
      return modulesPath === null ? [] : [normalizePath(`${modulesPath}/${entry.text}`)];
    const key = keyText(entry);
    if (key !== null) return [key];
    if (namesNothing(entry)) noteRefused(new Failure('throw', unusable(entry, file), item.origin));
    return [];
  });
}

/** What stands for a module by its text (`__toString`) as that text; null where it is not known. */
function asText(value: Value, machine: Machine): Value | null {
  if (value.type !== 'attrs' || !value.entries.has('__toString')) return value;
  const text = attempt(() => coerceToString(value, value.origin, machine, { copyPaths: false }));
  return typeof text === 'string' ? string(text) : null;
}

/** Whether nothing of a value says which module it is. */
function namesNothing(value: Value): boolean {
  if (value.type === 'lambda' || value.type === 'primop') return true;
  return (
    value.type === 'attrs' &&
    value.open === null &&
    ['key', 'outPath'].every((name) => !value.entries.has(name))
  );
}

function unusable(value: Value, file: string): string {
  return value.type === 'attrs'
    ? `Module \`${file}\` contains a disabledModules item that is an attribute set, presumably a module, that does not have a \`key\` attribute, so that nothing says which module is meant.`
    : `Each disabledModules item must be a path, a string, or an attribute set with a \`key\` attribute, and one in \`${file}\` is ${typeName(value)}.`;
}

function classOf(thunk: Thunk | null): string | null {
  const value = thunk === null ? null : inspect(thunk);
  return value === null || value instanceof Unknown || value instanceof Failure || value.type !== 'string'
    ? null
    : value.text;
}

/** A module's key as text; null for what is none. */
function keyText(value: Value | undefined): string | null {
  switch (value?.type) {
    case 'string':
      return value.text;
    case 'path':
      return value.path;
    case 'int':
      return value.value.toString();
    default:
      return null;
  }
}
