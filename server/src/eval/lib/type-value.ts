import { forceAttrs, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, list, nullValue, primop, record, string } from '../construct';
import { definitionsOf } from '../modules/default-merge';
import {
  FREE_MACHINE,
  functorOf,
  isOptionType,
  mergedType,
  resolvedType,
  type OptionType,
} from '../modules/option-type';
import { NATIVE_MERGES } from '../modules/own-type';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import type { Attr, AttrsValue, Primop, Value } from '../value';

const values = new WeakMap<OptionType, AttrsValue>();

/**
 * A type as Nix code sees it: a set tagged `option-type`, whose native side is the type. Source: nixpkgs lib/types.nix
 * `mkOptionType`.
 */
export function typeValue(given: OptionType): AttrsValue {
  const type = resolvedType(given);
  const known = values.get(type);
  if (known !== undefined) return known;
  const fields: Record<string, Thunk> = {
    _type: ready(string('option-type')),
    name: lazily(() => string(type.name)),
    description: lazily(() => string(type.description)),
    descriptionClass: lazily(() =>
      type.descriptionClass === undefined ? nullValue() : string(type.descriptionClass),
    ),
    deprecationMessage: ready(nullValue()),
    check: lazily(() => primop(checkOf(type))),
    merge: lazily(() => primop(mergeOf(type))),
    emptyValue: lazily(() => emptyOf(type)),
    nestedTypes: lazily(() => nestedOf(type)),
    getSubModules: lazily(() => (type.subModules == null ? nullValue() : list(type.subModules))),
    getSubOptions: lazily(() => primop(subOptionsOf(type))),
    substSubModules: lazily(() => primop(substituted(type))),
    typeMerge: lazily(() => primop(typeMergeOf(type))),
    functor: lazily(() => functorValue(type)),
  };
  const entries = new Map<string, Attr>();
  for (const [name, value] of Object.entries(fields)) entries.set(name, attr(value));
  const value: AttrsValue = { ...attrs(entries), native: type };
  values.set(type, value);
  return value;
}

function checkOf(type: OptionType): Primop {
  return define('check', 1, (call, value) => bool(type.check(value.force(), call.machine), call.at));
}

function mergeOf(type: OptionType): Primop {
  const merge = define('merge', 2, (call, loc, given) => {
    const { definitions, open } = definitionsOf(given.force());
    const path = forceItems(loc, call).map((step) => forceString(step, call));
    return type.merge(definitions, { machine: call.machine, loc: path, open });
  });
  NATIVE_MERGES.set(merge, type);
  return merge;
}

function emptyOf(type: OptionType): Value {
  const { whenEmpty, emptyValue } = type;
  if (whenEmpty !== undefined)
    return record({ value: lazily(() => whenEmpty({ machine: FREE_MACHINE, loc: [], open: null })) });
  return emptyValue === undefined ? record({}) : record({ value: emptyValue });
}

function nestedOf(type: OptionType): AttrsValue {
  return record(
    Object.fromEntries(
      Object.entries(type.nested ?? {}).map(([name, inner]) => [name, lazily(() => typeValue(inner))]),
    ),
  );
}

function subOptionsOf(type: OptionType): Primop {
  return define('getSubOptions', 1, (call, prefix) => {
    const path = forceItems(prefix, call).map((step) => forceString(step, call));
    return type.subOptions?.(path, call.machine) ?? attrs(new Map());
  });
}

function substituted(type: OptionType): Primop {
  return define('substSubModules', 1, (call, modules) =>
    type.withSubModules === undefined || type.subModules == null
      ? nullValue()
      : typeValue(type.withSubModules(forceItems(modules, call))),
  );
}

function typeMergeOf(type: OptionType): Primop {
  return define('typeMerge', 1, (call, functor) => {
    const { native } = forceAttrs(functor, call);
    const both = isOptionType(native) ? mergedType(type, native) : null;
    return both === null ? nullValue(call.at) : typeValue(both);
  });
}

function functorValue(type: OptionType): AttrsValue {
  const payload =
    type.payload ??
    (type.nested === undefined
      ? null
      : (): Value => record({ elemType: typeValue((type.inner ?? [])[0] ?? type) }));
  const set = record({
    name: string(functorOf(type)),
    payload: payload === null ? nullValue() : lazily(payload),
    type: nullValue(),
  });
  return { ...set, native: type };
}
