import { forceAttrs, forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, fn, nullValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { nullOr } from '../modules/composite-types';
import { definitionsOf, mergeDefault } from '../modules/default-merge';
import type { Definition } from '../modules/definition';
import { mergeEqual, mergeOne } from '../modules/merge';
import type { MergeContext } from '../modules/option-type';
import { ownType } from '../modules/own-type';
import { boolType, packageType } from '../modules/scalar-types';
import { showOption } from '../modules/show-option';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  typeName,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Primop,
  type Value,
} from '../value';
import { isDerivation } from './attrsets-outputs';
import { docList, rendered } from './doc-list';
import { pretty } from './generators-pretty';
import {
  interpolated,
  invoke,
  mapItems,
  mapValues,
  optionalField,
  readFormals,
  type LibTable,
} from './support';
import { typeValue } from './type-value';

/** nixpkgs lib/options.nix: declaring options, and showing them. */

function option(fields: ReadonlyMap<string, Attr>): AttrsValue {
  return attrs(new Map([...fields, ['_type', attr(ready(string('option')))]]));
}

function text(kind: string): Primop {
  return define(kind, 1, (call, content) => {
    const value = content.force();
    return value.type === 'string'
      ? record({ _type: string(kind), text: content })
      : fail('throw', `${kind} expects a string.`, call.at);
  });
}

/** What `mkOption` takes. Source: nixpkgs lib/options.nix. */
const OPTION_FIELDS = {
  default: true,
  defaultText: true,
  example: true,
  description: true,
  relatedPackages: true,
  type: true,
  apply: true,
  internal: true,
  visible: true,
  readOnly: true,
} as const;

function mkOption(fields: Thunk, call: Call): AttrsValue {
  const set = forceAttrs(fields, call);
  for (const name of set.entries.keys()) {
    if (!(name in OPTION_FIELDS))
      return fail('type', `function called with unexpected argument '${name}'`, call.at);
  }
  const made = option(set.entries);
  return { ...made, open: set.open, origin: set.origin };
}

const PACKAGE_FIELDS = {
  nullable: true,
  default: true,
  example: true,
  extraDescription: true,
  pkgsText: true,
} as const;

/** A path of attribute names as a list or one name gives it. */
function pathOf(thunk: Thunk, call: Call): string[] {
  const value = thunk.force();
  return value.type === 'list'
    ? forceItems(thunk, call).map((item) => forceString(item, call))
    : [interpolated(thunk, call)];
}

/** `mkPackageOption`. */
function packageOption(pkgs: Thunk, name: Thunk, argument: Thunk, call: Call): Value {
  const given = readFormals(argument, PACKAGE_FIELDS, call);
  const nullable = given.nullable !== null && forceBool(given.nullable, call);
  const fallback = given.default ?? name;
  const shown = given.pkgsText === null ? 'pkgs' : forceString(given.pkgsText, call);
  const extra = given.extraDescription === null ? '' : forceString(given.extraDescription, call);
  const fields = new Map<string, Attr>();
  if (fallback.force().type === 'null') {
    if (nullable) fields.set('default', attr(ready(nullValue())));
  } else {
    const path = pathOf(fallback, call);
    fields.set('default', attr(lazily(() => packageAt(pkgs, path, shown, call), call.at)));
    fields.set('defaultText', attr(ready(literal(`${shown}.${showPath(path)}`))));
  }
  const names = pathOf(name, call);
  const described = `The ${names[names.length - 1] ?? ''} package to use.`;
  fields.set('description', attr(ready(string(extra === '' ? described : `${described} ${extra}`))));
  fields.set('type', attr(ready(typeValue(nullable ? nullOr(packageType) : packageType))));
  const { example } = given;
  if (example !== null && example.force().type !== 'null') {
    const asPath = example.force().type === 'list';
    fields.set(
      'example',
      attr(
        asPath
          ? ready(literal(`${shown}.${showPath(pathOf(example, call))}`))
          : ready(record({ _type: string('literalExpression'), text: example })),
      ),
    );
  }
  return option(fields);
}

function showPath(path: readonly string[]): string {
  return path.map((step) => showOption([step])).join('.');
}

function literal(expression: string): Value {
  return record({ _type: string('literalExpression'), text: string(expression) });
}

function packageAt(pkgs: Thunk, path: readonly string[], shown: string, call: Call): Value {
  let value = pkgs.force();
  for (const name of path) {
    const found = value.type === 'attrs' ? findAttr(value, name) : null;
    if (found === null) return fail('throw', `${showPath(path)} cannot be found in ${shown}`, call.at);
    value = found.value.force();
  }
  return value;
}

type Merge = (definitions: readonly Definition[], context: MergeContext) => Value;

/** A merge function as Nix code calls it: with the option's path and a list of `file` and `value`. */
function merging(name: string, merge: Merge): Primop {
  return define(name, 2, (call, loc, given) => {
    const { definitions, open } = definitionsOf(given.force());
    return merge(definitions, { machine: call.machine, loc: pathOf(loc, call), open });
  });
}

function mergeUnique(argument: Thunk, loc: Thunk, given: Thunk, call: Call): Value {
  const { message, merge } = readFormals(argument, { message: false, merge: true }, call);
  const value = given.force();
  const { definitions, open } = definitionsOf(value);
  const path = pathOf(loc, call);
  if (definitions.length > 1)
    return fail(
      'throw',
      `The option \`${showOption(path)}' is defined multiple times while it's expected to be unique.\n${forceString(message as Thunk, call)}\nDefinition values:${shownDefinitions(given, call)}`,
      call.at,
    );
  if (merge !== null) return invoke(call, merge, loc, given);
  return mergeOne(definitions, { machine: call.machine, loc: path, open });
}

const SHOWN_LINES = 5;

/** `showDefs`: each definition's file and, where it can be shown, its value. */
function shownDefinitions(definitions: Thunk, call: Call): string {
  return forceItems(definitions, call)
    .map((definition) => {
      const set = forceAttrs(definition, call);
      const [file, value] = [optionalField(set, 'file'), optionalField(set, 'value')];
      const shown = value === null ? '' : attempt(() => pretty(value, call));
      const place = file === null ? '' : interpolated(file, call);
      if (shown instanceof Unknown || shown instanceof Failure) return `\n- In \`${place}'`;
      const lines = shown.split('\n');
      const cut = [...lines.slice(0, SHOWN_LINES), ...(lines.length > SHOWN_LINES ? ['...'] : [])];
      return `\n- In \`${place}':${lines.length > 1 ? '\n    ' : ' '}${cut.join('\n    ')}`;
    })
    .join('');
}

function fieldOfEach(name: string): Primop {
  return define(name === 'value' ? 'getValues' : 'getFiles', 1, (call, given) => {
    const items = given.force();
    if (items.type !== 'list')
      return fail('type', `value is ${typeName(items)} while a list was expected`, call.at);
    return mapItems(items, call, (item) =>
      lazily(() => {
        const found = findAttr(forceAttrs(item, call), name);
        return (found ?? fail('missing', `attribute '${name}' missing`, call.at)).value.force();
      }, item.origin),
    );
  });
}

function shownFiles(files: Thunk, call: Call): string {
  return forceItems(files, call)
    .map((file) => `\`${interpolated(file, call)}'`)
    .join(' and ');
}

/** `scrubOptionValue`: what documentation shows of a value. */
function scrubbed(thunk: Thunk, call: Call): Value {
  const value = thunk.force();
  if (isDerivation(value)) {
    const name = optionalField(value, 'name') ?? ready(string(''));
    return record({ type: string('derivation'), drvPath: name, outPath: name, name }, call.at);
  }
  const later = (inner: Thunk): Thunk => lazily(() => scrubbed(inner, call), inner.origin);
  if (value.type === 'list') return mapItems(value, call, later);
  if (value.type !== 'attrs') return value;
  const entries = new Map(value.entries);
  entries.delete('_args');
  return mapValues(attrs(entries, value.origin, value.open), call, (_name, inner) => later(inner));
}

const SINK = ownType(
  record({
    name: string('sink'),
    merge: fn('merge', () => fn('merge', () => bool(false))),
  }),
);

export const options: LibTable = {
  mkOption: define('mkOption', 1, (call, fields) => mkOption(fields, call)),
  mkEnableOption: define('mkEnableOption', 1, (call, name) => {
    const description = lazily(() => {
      const shown = name.force();
      // `mdDoc` of older releases wraps the name.
      const inner = optionalField(shown, 'text') ?? name;
      return string(`Whether to enable ${interpolated(inner, call)}.`);
    });
    return option(
      new Map([
        ['default', attr(ready(bool(false)))],
        ['example', attr(ready(bool(true)))],
        ['description', attr(description)],
        ['type', attr(ready(typeValue(boolType)))],
      ]),
    );
  }),
  mkPackageOption: define('mkPackageOption', 3, (call, pkgs, name, argument) =>
    packageOption(pkgs, name, argument, call),
  ),
  mkPackageOptionMD: define('mkPackageOptionMD', 3, (call, pkgs, name, argument) =>
    packageOption(pkgs, name, argument, call),
  ),
  mkSinkUndeclaredOptions: define('mkSinkUndeclaredOptions', 1, (call, fields) =>
    option(
      new Map([
        ['internal', attr(ready(bool(true)))],
        ['visible', attr(ready(bool(false)))],
        ['default', attr(ready(bool(false)))],
        ['description', attr(ready(string('Sink for option definitions.')))],
        ['type', attr(ready(typeValue(SINK)))],
        [
          'apply',
          attr(
            ready(
              fn('apply', () =>
                fail('throw', 'Option value is not readable because the option is not declared.'),
              ),
            ),
          ),
        ],
        ...forceAttrs(fields, call).entries,
      ]),
    ),
  ),
  isOption: define('isOption', 1, (_call, value) => {
    const known = value.force();
    const tag = known.type === 'attrs' ? findAttr(known, '_type')?.value.force() : undefined;
    return bool(tag?.type === 'string' && tag.text === 'option');
  }),
  mergeDefaultOption: merging('mergeDefaultOption', mergeDefault),
  mergeEqualOption: merging('mergeEqualOption', mergeEqual),
  mergeOneOption: merging('mergeOneOption', mergeOne),
  mergeUniqueOption: define('mergeUniqueOption', 3, (call, argument, loc, given) =>
    mergeUnique(argument, loc, given, call),
  ),
  getValues: fieldOfEach('value'),
  getFiles: fieldOfEach('file'),
  literalExpression: text('literalExpression'),
  literalExample: text('literalExpression'),
  literalMD: text('literalMD'),
  literalDocBook: text('literalDocBook'),
  literalCode: define('literalCode', 2, (call, language, code) =>
    record({
      _type: string('literalMD'),
      text: string(`\`\`\`${forceString(language, call)}\n${forceString(code, call)}\n\`\`\`\n`),
    }),
  ),
  mdDoc: define('mdDoc', 1, (_call, content) => content.force()),
  optionAttrSetToDocList: define('optionAttrSetToDocList', 1, (call, given) => docList(given, call)),
  "optionAttrSetToDocList'": define("optionAttrSetToDocList'", 2, (call, _prefix, given) =>
    docList(given, call),
  ),
  renderOptionValue: define('renderOptionValue', 1, (call, value) => rendered(value, call)),
  scrubOptionValue: define('scrubOptionValue', 1, (call, value) => scrubbed(value, call)),
  showOption: define('showOption', 1, (call, path) => string(showOption(pathOf(path, call)), call.at)),
  showFiles: define('showFiles', 1, (call, files) => string(shownFiles(files, call), call.at)),
  showDefs: define('showDefs', 1, (call, definitions) =>
    string(shownDefinitions(definitions, call), call.at),
  ),
  showOptionWithDefLocs: define('showOptionWithDefLocs', 1, (call, given) => {
    const set = forceAttrs(given, call);
    const [loc, files] = [optionalField(set, 'loc'), optionalField(set, 'files')];
    if (loc === null || files === null) return fail('missing', "attribute 'files' missing", call.at);
    const lines = forceItems(files, call).map((file) => `  - ${interpolated(file, call)}`);
    return string(
      `${showOption(pathOf(loc, call))}, with values defined in:\n${lines.join('\n')}\n`,
      call.at,
    );
  }),
  unknownModule: ready(string('<unknown-file>')),
};
