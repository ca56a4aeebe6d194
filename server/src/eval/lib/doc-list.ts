import { forceBool, forceItems, forceString, sortedEntries } from '../arguments';
import { bool, list, nullValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { typeTag } from '../modules/definition';
import { showOption } from '../modules/show-option';
import { lazily, ready, type Thunk } from '../thunk';
import type { AttrsValue, Call, ListValue, Value } from '../value';
import { pretty } from './generators-pretty';
import { field, invoke, optionalField } from './support';

/** nixpkgs lib/options.nix `optionAttrSetToDocList`: the options below a set, as documentation lists them. */
export function docList(given: Thunk, call: Call): ListValue {
  const found: Thunk[] = [];
  collect(given, call, found);
  return list(found, call.at);
}

function collect(given: Thunk, call: Call, found: Thunk[]): void {
  const set = given.force();
  if (set.type !== 'attrs') return;
  call.machine.enter();
  try {
    if (typeTag(set) !== 'option') {
      for (const [, { value }] of sortedEntries(set, call)) collect(value, call, found);
      return;
    }
    found.push(ready(documented(set, call)));
    const shown = visibility(set);
    if (shown === true || shown === 'transparent') {
      const type = optionalField(set, 'type');
      if (type === null) return;
      const below = invoke(call, field(type.force(), 'getSubOptions', call), field(set, 'loc', call));
      collect(ready(below), call, found);
    }
  } finally {
    call.machine.leave();
  }
}

/** Whether the option is shown, and what of it: true, false, `shallow` or `transparent`. */
function visibility(option: AttrsValue): boolean | string {
  const value = optionalField(option, 'visible')?.force();
  if (value?.type === 'bool') return value.value;
  return value?.type === 'string' ? value.text : true;
}

function documented(option: AttrsValue, call: Call): Value {
  const loc = forceItems(field(option, 'loc', call), call).map((step) => forceString(step, call));
  const flag = (name: string): Value => {
    const value = findAttr(option, name);
    return bool(value !== null && forceBool(value.value, call));
  };
  const shown = visibility(option);
  const type = optionalField(option, 'type');
  const declarations = optionalField(option, 'declarations');
  const fields: Record<string, Thunk | Value> = {
    loc: field(option, 'loc', call),
    name: string(showOption(loc)),
    description: optionalField(option, 'description') ?? nullValue(),
    declarations: lazily(() =>
      list(
        (declarations === null ? [] : forceItems(declarations, call)).filter((file) => {
          const value = file.force();
          return value.type !== 'string' || value.text !== '<unknown-file>';
        }),
      ),
    ),
    internal: flag('internal'),
    visible: bool(typeof shown === 'boolean' ? shown : shown === 'shallow'),
    readOnly: flag('readOnly'),
    type:
      type === null
        ? string('unspecified')
        : lazily(() => (optionalField(type.force(), 'description') ?? ready(string('unspecified'))).force()),
  };
  const example = optionalField(option, 'example');
  if (example !== null) fields['example'] = lazily(() => rendered(example, call));
  const fallback =
    optionalField(option, 'defaultText') ?? optionalField(option, 'default') ?? emptyOf(type, call);
  if (fallback !== null) fields['default'] = lazily(() => rendered(fallback, call));
  const related = optionalField(option, 'relatedPackages');
  if (related !== null && related.force().type !== 'null') fields['relatedPackages'] = related;
  return record(fields, call.at);
}

/** What an option of the type is worth without a default; null where that is nothing, or modules. */
function emptyOf(type: Thunk | null, call: Call): Thunk | null {
  if (type === null) return null;
  const set = type.force();
  const modules = optionalField(set, 'getSubModules');
  if (modules !== null && modules.force().type !== 'null') return null;
  const empty = optionalField(set, 'emptyValue');
  return empty === null ? null : optionalField(field(set, 'emptyValue', call).force(), 'value');
}

/** `renderOptionValue`. */
export function rendered(value: Thunk, call: Call): Value {
  const known = value.force();
  if (known.type === 'attrs' && known.entries.has('_type') && known.entries.has('text')) return known;
  const text = pretty(value, call, { multiline: true, prettyValues: true });
  return record({ _type: string('literalExpression'), text: string(text) }, call.at);
}
