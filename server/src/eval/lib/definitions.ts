import { forceAttrs, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, int, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { definitionList, definitionsOf } from '../modules/default-merge';
import { discharge, PRIORITY, strongest, typeTag, type RawDefinition } from '../modules/definition';
import { mergeByType } from '../modules/merge';
import { typeOfSet } from '../modules/own-type';
import { unspecifiedType } from '../modules/scalar-types';
import { showOption } from '../modules/show-option';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, raise, type AttrsValue, type Call, type Value } from '../value';
import { field, invoked, mapValues, optionalField, overlay, single, type LibTable } from './support';

/** nixpkgs lib/modules.nix: what becomes of definitions. */

function rawDefinitions(given: Thunk): { raw: RawDefinition[]; value: Value } {
  const value = given.force();
  const { definitions } = definitionsOf(value);
  const raw = definitions.map((definition) => ({
    file: definition.file,
    value: definition.value,
    at: definition.at,
    conditions: definition.maybe === null ? [] : [ready(definition.maybe)],
    priority: null,
  }));
  return { raw, value };
}

/** `mergeDefinitions`: the definitions that count, and what they are together. */
function merged(loc: Thunk, type: Thunk, given: Thunk, call: Call): Value {
  const path = forceItems(loc, call).map((step) => forceString(step, call));
  const { raw, value } = rawDefinitions(given);
  const open = value.type === 'list' ? value.open : null;
  const final = lazily(() => definitionList(strongest(discharge(raw)), open));
  const isDefined = lazily(() => {
    const counting = discharge(raw);
    if (counting.some(({ maybe }) => maybe === null)) return bool(true);
    const doubt = counting[0]?.maybe ?? open;
    return doubt === null ? bool(false) : raise(doubt);
  });
  const mergedValue = lazily(() => {
    const known = typeOfSet(type.force()) ?? unspecifiedType;
    return (
      mergeByType(known, raw, { machine: call.machine, loc: path, open }) ??
      fail(
        'throw',
        `The option \`${showOption(path)}' was accessed but has no value defined. Try setting the option.`,
        call.at,
      )
    );
  });
  const highest = lazily(() => int(Math.min(9999, ...discharge(raw).map(({ priority }) => priority))));
  return record(
    {
      "defsFinal'": record({ values: final, highestPrio: highest }),
      defsFinal: final,
      mergedValue,
      isDefined,
      optionalValue: lazily(() => {
        const defined = isDefined.force();
        return defined.type === 'bool' && defined.value ? record({ value: mergedValue }) : record({});
      }),
    },
    call.at,
  );
}

/** A definition with `mkMerge` and what it holds in a list; each ends in an ordinary value. */
function eachOf(given: Thunk, call: Call, wrap: (content: Thunk) => Thunk): Thunk[] {
  const value = given.force();
  const tag = typeTag(value);
  if (tag === 'merge')
    return forceItems(field(value, 'contents', call), call).flatMap((item) => eachOf(item, call, wrap));
  if (tag !== 'if' && tag !== 'override') return [wrap(given)];
  const around = (content: Thunk): Thunk => ready(overlay(value, single('content', content, call), call));
  return eachOf(field(value, 'content', call), call, (content) => {
    const inner = content.force();
    const pushed =
      inner.type === 'attrs'
        ? ready(mapValues(inner, call, (_name, attribute) => around(attribute)))
        : content;
    return wrap(pushed);
  });
}

/** `dischargeProperties`: the contents whose `mkIf` holds. */
function discharged(given: Thunk, call: Call): Thunk[] {
  const value = given.force();
  const tag = typeTag(value);
  if (tag === 'merge')
    return forceItems(field(value, 'contents', call), call).flatMap((item) => discharged(item, call));
  if (tag !== 'if') return [given];
  const condition = field(value, 'condition', call).force();
  if (condition.type !== 'bool') return fail('throw', '‘mkIf’ called with a non-Boolean condition', call.at);
  return condition.value ? discharged(field(value, 'content', call), call) : [];
}

function priorityOf(definition: Thunk, tag: string, fallback: number, call: Call): number {
  const value = field(definition.force(), 'value', call).force();
  if (typeTag(value) !== tag) return fallback;
  const priority = field(value, 'priority', call).force();
  return priority.type === 'int' || priority.type === 'float'
    ? Number(priority.value)
    : fail('type', 'a priority must be a number', call.at);
}

/** A definition with the content of its value in the place of the value, if that is tagged so. */
function stripped(definition: Thunk, tag: string, call: Call): Thunk {
  const value = field(definition.force(), 'value', call).force();
  if (typeTag(value) !== tag) return definition;
  return ready(overlay(definition.force(), single('value', field(value, 'content', call), call), call));
}

function filtered(given: Thunk, call: Call): { values: Value; highest: number } {
  const items = forceItems(given, call);
  const priorities = items.map((item) => priorityOf(item, 'override', PRIORITY.normal, call));
  const highest = Math.min(9999, ...priorities);
  const values = items.filter((_item, index) => priorities[index] === highest);
  return { values: list(values.map((item) => stripped(item, 'override', call))), highest };
}

/** `mapDefinitionValue`: a function of the value inside `mkIf`, `mkForce` and the like. */
function mapped(change: Thunk, given: Thunk, call: Call): Value {
  const value = given.force();
  const inside = (name: string, inner: (thunk: Thunk) => Thunk): Value =>
    overlay(value, single(name, inner(field(value, name, call)), call), call);
  const later = (content: Thunk): Thunk => lazily(() => mapped(change, content, call), call.at);
  switch (typeTag(value)) {
    case 'merge':
      return inside('contents', (contents) => ready(list(forceItems(contents, call).map(later), call.at)));
    case 'if':
    case 'override':
    case 'order':
      return inside('content', later);
    case 'definition':
      return inside('value', later);
    default:
      return invoked(call, change, given).force();
  }
}

/** `mergeAttrDefinitionsWithPrio`: what each attribute of an option is, and with which priority. */
function attributesWithPriority(given: Thunk, call: Call): Value {
  const option = forceAttrs(given, call);
  const definitions = field(option, 'definitionsWithLocations', call).force();
  const type = typeOfSet(field(option, 'type', call).force());
  const byName = new Map<string, Thunk[]>();
  for (const definition of forceItems(ready(definitions), call)) {
    const set = forceAttrs(definition, call);
    for (const part of eachOf(field(set, 'value', call), call, (content) => content)) {
      for (const [name, { value }] of forceAttrs(part, call).entries) {
        const all = byName.get(name) ?? [];
        byName.set(name, all);
        all.push(ready(overlay(set, single('value', value, call), call)));
      }
    }
  }
  const element = type?.inner?.[0] ?? unspecifiedType;
  const loc = forceItems(field(option, 'loc', call), call).map((step) => forceString(step, call));
  const entries = [...byName].map(([name, items]): [string, AttrsValue] => {
    const { raw } = rawDefinitions(ready(list(items)));
    const value = lazily(
      () =>
        mergeByType(element, raw, { machine: call.machine, loc: [...loc, name], open: null }) ??
        fail('throw', `The option \`${showOption([...loc, name])}' was accessed but has no value defined.`),
    );
    const highestPrio = lazily(() => int(Math.min(9999, ...discharge(raw).map(({ priority }) => priority))));
    return [name, record({ value, highestPrio })];
  });
  return attrs(new Map(entries.map(([name, value]) => [name, attr(ready(value))])), call.at);
}

export const definitions: LibTable = {
  defaultOrderPriority: ready(int(1000)),
  defaultOverridePriority: ready(int(PRIORITY.normal)),
  dischargeProperties: define('dischargeProperties', 1, (call, given) =>
    list(discharged(given, call), call.at),
  ),
  filterOverrides: define('filterOverrides', 1, (call, given) => filtered(given, call).values),
  "filterOverrides'": define("filterOverrides'", 1, (call, given) => {
    const { values, highest } = filtered(given, call);
    return record({ values, highestPrio: int(highest) }, call.at);
  }),
  mapDefinitionValue: define('mapDefinitionValue', 2, (call, change, given) => mapped(change, given, call)),
  mergeAttrDefinitionsWithPrio: define('mergeAttrDefinitionsWithPrio', 1, (call, given) =>
    attributesWithPriority(given, call),
  ),
  mergeDefinitions: define('mergeDefinitions', 3, (call, loc, type, given) => merged(loc, type, given, call)),
  mkDefinition: define('mkDefinition', 1, (call, given) =>
    overlay(forceAttrs(given, call), record({ _type: string('definition') }), call),
  ),
  pushDownProperties: define('pushDownProperties', 1, (call, given) =>
    list(
      eachOf(given, call, (content) => content),
      call.at,
    ),
  ),
  sortProperties: define('sortProperties', 1, (call, given) => {
    const items = forceItems(given, call).map((definition) => {
      const order = priorityOf(definition, 'order', 1000, call);
      const plain = stripped(definition, 'order', call);
      const item =
        plain === definition ? plain : ready(overlay(plain.force(), record({ priority: int(order) }), call));
      return { order, item };
    });
    return list(
      items.sort((a, b) => a.order - b.order).map(({ item }) => item),
      call.at,
    );
  }),
  evalOptionValue: define('evalOptionValue', 3, (call, loc, option, given) => {
    const set = forceAttrs(option, call);
    const fallback = findAttr(set, 'default');
    const type = optionalField(set, 'type') ?? lazily(() => fail('missing', "attribute 'type' missing"));
    const items = forceItems(given, call);
    const all =
      fallback === null
        ? items
        : [
            ready(
              record({
                file: string('<unknown-file>'),
                value: record({
                  _type: string('override'),
                  priority: int(PRIORITY.optionDefault),
                  content: fallback.value,
                }),
              }),
            ),
            ...items,
          ];
    const result = merged(loc, type, ready(list(all)), call);
    const change = optionalField(set, 'apply');
    const plain = field(result, 'mergedValue', call);
    const shown = {
      value: change === null ? plain : invoked(call, change, plain),
      isDefined: field(result, 'isDefined', call),
      definitionsWithLocations: field(result, 'defsFinal', call),
    };
    return overlay(set, record(shown), call);
  }),
};
