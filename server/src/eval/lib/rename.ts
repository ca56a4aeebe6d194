import { forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, fn, int, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { showOption } from '../modules/show-option';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Primop,
  type Value,
} from '../value';
import { submoduleType } from '../modules/submodule-type';
import { libThunk } from './modules';
import { invoke, invoked, readFormals, withFormals, type LibTable } from './support';
import { typeValue } from './type-value';

/** nixpkgs lib/modules.nix: modules that keep an option's former name working. */

type Path = readonly string[];

function pathOf(thunk: Thunk, call: Call): Path {
  return forceItems(thunk, call).map((item) => forceString(item, call));
}

/** `{ a.b = value; }` for the path `a.b`. */
function nested(path: Path, value: Thunk): Thunk {
  return path.reduceRight((inner, name) => ready(attrs(new Map([[name, attr(inner)]]))), value);
}

/** What stands at a path; null where nothing does. Throws `Unknown` where that cannot be known. */
function at(path: Path, set: Thunk): Thunk | null {
  let found = set;
  for (const name of path) {
    const value = found.force();
    const next = value.type === 'attrs' ? findAttr(value, name) : null;
    if (next === null) return null;
    found = next.value;
  }
  return found;
}

function optionAt(path: Path, options: Thunk): AttrsValue {
  const found = at(path, options)?.force();
  return found?.type === 'attrs'
    ? found
    : fail('missing', `attribute '${path[path.length - 1] ?? ''}' missing`);
}

function fieldOf(option: () => AttrsValue, name: string): Thunk {
  return lazily(() => {
    const set = option();
    const found = findAttr(set, name);
    return (found ?? fail('missing', `attribute '${name}' missing`, set.origin)).value.force();
  });
}

function mkIf(condition: Thunk, content: Thunk): Value {
  return record({ _type: string('if'), condition, content });
}

function mkMerge(contents: Thunk): Value {
  return record({ _type: string('merge'), contents });
}

function mkOverride(priority: Thunk, content: Thunk): Value {
  return record({ _type: string('override'), priority, content });
}

interface ModuleArguments {
  readonly config: Thunk;
  readonly options: Thunk;
}

/** A module that asks for `config` and `options`. */
function module(name: string, run: (args: ModuleArguments, call: Call) => Value): Value {
  const primop: Primop = withFormals(
    define(name, 1, (call, argument) => {
      const given = readFormals(argument, { config: false, options: false }, call, true);
      return run({ config: given.config as Thunk, options: given.options as Thunk }, call);
    }),
    { config: false, options: false },
  );
  return { type: 'primop', primop, given: [], origin: null };
}

function option(fields: Record<string, Thunk | Value>): Value {
  return record({ _type: string('option'), ...fields });
}

/** A definition of `warnings`, where there is such an option. */
function warnings(options: Thunk, messages: () => Value): Value {
  const known = attempt(() => at(['warnings'], options));
  return known === null || known instanceof Unknown || known instanceof Failure
    ? record({})
    : record({ warnings: lazily(messages) });
}

function quoted(files: Thunk, call: Call): string {
  return forceItems(files, call)
    .map((file) => `\`${forceString(file, call)}'`)
    .join(' and ');
}

interface Rename {
  readonly from: Path;
  readonly to: Path;
  readonly visible: Thunk;
  readonly warn: () => boolean;
  /** What reading the former option gives, of what the new one is. */
  readonly use: (value: Thunk, call: Call) => Value;
  readonly withPriority: boolean;
  readonly condition: Thunk;
}

/** `doRename`: what is defined for the former option is defined for the new one. */
function rename({ from, to, visible, warn, use, withPriority, condition }: Rename): Value {
  return module('doRename', ({ config, options }, call) => {
    const former = (): AttrsValue => optionAt(from, options);
    const isDefined = fieldOf(former, 'isDefined');
    const type = lazily(() => {
      const target = at(to, options)?.force();
      const declared = target?.type === 'attrs' ? findAttr(target, 'type') : null;
      return declared === null ? NO_TYPE.force() : declared.value.force();
    });
    const apply = fn('apply', () =>
      use(
        lazily(
          () =>
            (
              at(to, config) ??
              fail('abort', `Renaming error: option \`${showOption(to)}' does not exist.`, call.at)
            ).force(),
          call.at,
        ),
        call,
      ),
    );
    const described = string(`Alias of {option}\`${showOption(to)}\`.`);
    const definitions = lazily(() => {
      const all = fieldOf(former, 'definitions').force();
      if (all.type !== 'list' || !withPriority) return all;
      const priority = fieldOf(former, 'highestPrio');
      return list(
        all.items.map((item) => ready(mkOverride(priority, item))),
        all.origin,
        all.open,
      );
    });
    const message = (): Value =>
      list(
        warn() && forceBool(isDefined, call)
          ? [
              lazily(() =>
                string(
                  `The option \`${showOption(from)}' defined in ${quoted(fieldOf(former, 'files'), call)} has been renamed to \`${showOption(to)}'.`,
                ),
              ),
            ]
          : [],
      );
    const alias = mkIf(isDefined, nested(to, ready(mkMerge(definitions))));
    const contents = list([lazily(() => warnings(options, message)), ready(alias)]);
    return record({
      options: nested(from, ready(option({ visible, description: described, apply, type }))),
      config: mkIf(condition, ready(mkMerge(ready(contents)))),
    });
  });
}

const NO_TYPE = lazily(() =>
  typeValue(
    submoduleType({
      modules: [],
      specialArgs: new Map(),
      shorthandOnlyDefinesConfig: true,
      lib: libThunk,
    }),
  ),
);

const TRUE = ready(bool(true));
const FALSE = ready(bool(false));

const RENAME_FIELDS = {
  from: false,
  to: false,
  visible: false,
  warn: false,
  use: false,
  withPriority: true,
  condition: true,
} as const;

function renamed(from: Thunk, to: Thunk, call: Call, warn: boolean): Value {
  return rename({
    from: pathOf(from, call),
    to: pathOf(to, call),
    visible: warn ? FALSE : TRUE,
    warn: () => warn,
    use: (value) => value.force(),
    withPriority: true,
    condition: TRUE,
  });
}

/** `mkRemovedOptionModule`: a definition of the option is a failed assertion, and reading it fails. */
function removed(path: Path, instructions: Thunk): Value {
  return module('mkRemovedOptionModule', ({ options }, call) => {
    const former = (): AttrsValue => optionAt(path, options);
    const text = (): string => forceString(instructions, call);
    const assertion = record({
      assertion: lazily(() => bool(!forceBool(fieldOf(former, 'isDefined'), call))),
      message: lazily(() =>
        string(
          `The option definition \`${showOption(path)}' in ${quoted(fieldOf(former, 'files'), call)} no longer has any effect; please remove it.\n${text()}\n`,
        ),
      ),
    });
    const apply = fn('apply', () =>
      fail(
        'throw',
        `The option \`${showOption(path)}' can no longer be used since it's been removed. ${text()}`,
        call.at,
      ),
    );
    return record({
      options: nested(path, ready(option({ visible: bool(false), apply }))),
      config: record({ assertions: list([ready(assertion)]) }),
    });
  });
}

const MERGED = '_mkMergedOptionModule';

/** `mkMergedOptionModule`: several former options become one, by a function of the configuration. */
function merged(from: readonly Path[], to: Path, merge: Thunk): Value {
  return module('mkMergedOptionModule', ({ config, options }, call) => {
    const isSet = (path: Path): boolean => {
      const value = at(path, config)?.force();
      return !(value?.type === 'string' && value.text === MERGED);
    };
    const placeholder = option({ visible: bool(false), default: string(MERGED) });
    const declared = from.reduce<Value>(
      (all, path) => combined(all, nested(path, ready(placeholder)).force()),
      record({}),
    );
    const messages = (): Value =>
      list(
        from.filter(isSet).map((path) =>
          lazily(() => {
            const files = quoted(
              fieldOf(() => optionAt(path, options), 'files'),
              call,
            );
            return string(
              `The option \`${showOption(path)}' defined in ${files} has been changed to \`${showOption(to)}' that has a different type. Please read \`${showOption(to)}' documentation and update your configuration accordingly.`,
            );
          }),
        ),
      );
    const contents = lazily(() => list(from.some(isSet) ? [invoked(call, merge, config)] : []));
    const target = nested(to, ready(mkMerge(contents)));
    return record({
      options: declared,
      config: mkMerge(ready(list([lazily(() => warnings(options, messages)), target]))),
    });
  });
}

/** Two sets of options put together. */
function combined(first: Value, second: Value): Value {
  if (first.type !== 'attrs' || second.type !== 'attrs') return second;
  const entries = new Map<string, Attr>(first.entries);
  for (const [name, entry] of second.entries) {
    const known = entries.get(name);
    entries.set(
      name,
      known === undefined ? entry : attr(ready(combined(known.value.force(), entry.value.force()))),
    );
  }
  return attrs(entries);
}

/** `mkAliasAndWrapDefinitions`: the definitions of one option, for another. */
function aliased(wrap: (contents: Thunk) => Thunk, given: Thunk, call: Call, withPriority: boolean): Value {
  const known = (): AttrsValue => {
    const value = given.force();
    return value.type === 'attrs' ? value : fail('type', 'an option was expected', call.at);
  };
  const contents = lazily(() => {
    const all = fieldOf(known, 'definitions').force();
    if (all.type !== 'list' || !withPriority) return all;
    const found = findAttr(known(), 'highestPrio');
    const priority = found?.value ?? ready(int(100));
    return list(
      all.items.map((item) => ready(mkOverride(priority, item))),
      all.origin,
      all.open,
    );
  });
  return mkIf(fieldOf(known, 'isDefined'), wrap(ready(mkMerge(contents))));
}

export const renaming: LibTable = {
  doRename: define('doRename', 1, (call, argument) => {
    const given = readFormals(argument, RENAME_FIELDS, call);
    return rename({
      from: pathOf(given.from as Thunk, call),
      to: pathOf(given.to as Thunk, call),
      visible: given.visible as Thunk,
      warn: () => forceBool(given.warn as Thunk, call),
      use: (value, inner) => invoke(inner, given.use as Thunk, value),
      withPriority: given.withPriority === null || forceBool(given.withPriority, call),
      condition: given.condition ?? TRUE,
    });
  }),
  mkRenamedOptionModule: define('mkRenamedOptionModule', 2, (call, from, to) =>
    renamed(from, to, call, true),
  ),
  mkRenamedOptionModuleWith: define('mkRenamedOptionModuleWith', 1, (call, argument) => {
    const given = readFormals(argument, { from: false, to: false, sinceRelease: false }, call);
    return renamed(given.from as Thunk, given.to as Thunk, call, true);
  }),
  mkAliasOptionModule: define('mkAliasOptionModule', 2, (call, from, to) => renamed(from, to, call, false)),
  mkAliasOptionModuleMD: define('mkAliasOptionModuleMD', 2, (call, from, to) =>
    renamed(from, to, call, false),
  ),
  mkRemovedOptionModule: define('mkRemovedOptionModule', 2, (call, path, instructions) =>
    removed(pathOf(path, call), instructions),
  ),
  mkMergedOptionModule: define('mkMergedOptionModule', 3, (call, from, to, merge) =>
    merged(
      forceItems(from, call).map((path) => pathOf(path, call)),
      pathOf(to, call),
      merge,
    ),
  ),
  mkChangedOptionModule: define('mkChangedOptionModule', 3, (call, from, to, change) =>
    merged([pathOf(from, call)], pathOf(to, call), change),
  ),
  mkAliasDefinitions: define('mkAliasDefinitions', 1, (call, given) =>
    aliased((contents) => contents, given, call, false),
  ),
  mkAliasAndWrapDefinitions: define('mkAliasAndWrapDefinitions', 2, (call, wrap, given) =>
    aliased((contents) => invoked(call, wrap, contents), given, call, false),
  ),
  mkAliasAndWrapDefsWithPriority: define('mkAliasAndWrapDefsWithPriority', 2, (call, wrap, given) =>
    aliased((contents) => invoked(call, wrap, contents), given, call, true),
  ),
  mkAliasIfDef: define('mkAliasIfDef', 2, (call, given, content) =>
    mkIf(
      fieldOf(() => {
        const value = given.force();
        return value.type === 'attrs' ? value : fail('type', 'an option was expected', call.at);
      }, 'isDefined'),
      content,
    ),
  ),
  mkDerivedConfig: define('mkDerivedConfig', 2, (call, given, change) => {
    const known = (): AttrsValue => {
      const value = given.force();
      return value.type === 'attrs' ? value : fail('type', 'an option was expected', call.at);
    };
    const priority = lazily(() => (findAttr(known(), 'highestPrio')?.value ?? ready(int(100))).force());
    return mkOverride(priority, invoked(call, change, fieldOf(known, 'value')));
  }),
};
