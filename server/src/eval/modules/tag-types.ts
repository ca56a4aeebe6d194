import { attrs, list, string } from '../construct';
import { apply } from '../interpret';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, raise, type Attr, type AttrsValue, type Machine, type Value } from '../value';
import { knownValues, mergeDefault } from './default-merge';
import { firstDoubt, PRIORITY, typeTag, type RawDefinition } from './definition';
import { mergeByType, mergeEqual, mergeOne } from './merge';
import { emptyFileset, isFileset, unions } from '../lib/fileset';
import { typeValue } from '../lib/type-value';
import { derivedType, mergedType, type OptionType } from './option-type';
import { typeOfSet } from './own-type';
import { plainAttrsType, unspecifiedType } from './scalar-types';
import { unique } from './composite-types';
import { showOption } from './show-option';
import { writeAttrName } from '../../nix/write';

/** The types of nixpkgs' lib/types.nix whose values are told by a tag. */

function tagged(name: string, description: string, tag: string, merge: OptionType['merge']): OptionType {
  const type: OptionType = {
    name,
    description,
    descriptionClass: 'noun',
    check: (value) => typeTag(value) === tag,
    merge,
    merged: (other) => (other.name === name ? type : null),
  };
  return type;
}

export const luaInlineType = tagged('luaInline', 'inline lua', 'lua-inline', mergeEqual);
export const filesetType: OptionType = derivedType(
  tagged('fileset', 'fileset', 'fileset', (definitions, { machine }) => {
    const doubt = firstDoubt(definitions);
    if (doubt !== null) return raise(doubt);
    return unions(
      definitions.map(({ value }) => value),
      { machine, at: definitions[0]?.value.origin ?? null },
    );
  }),
  { check: isFileset, whenEmpty: emptyFileset },
);
export const optionDeclarationType = tagged(
  'optionDeclaration',
  'option declaration',
  'option',
  mergeDefault,
);
export const packageSetType = derivedType(unique(plainAttrsType), {
  name: 'pkgs',
  description: 'Nixpkgs package set',
  descriptionClass: 'noun',
});

/** `types.optionType`: a type; several are merged into one. */
export const optionTypeType: OptionType = tagged(
  'optionType',
  'optionType',
  'option-type',
  (definitions, context) => {
    if (definitions.length === 1) return mergeOne(definitions, context);
    const doubt = firstDoubt(definitions);
    if (doubt !== null) return raise(doubt);
    const [first, ...others] = definitions.map(({ value }) => value.force());
    return others.reduce((merged, other) => {
      const set = merged.type === 'attrs' ? merged.entries.get('typeMerge') : undefined;
      const functor = other.type === 'attrs' ? other.entries.get('functor') : undefined;
      if (set === undefined || functor === undefined) return fail('type', 'a type was expected');
      const both = apply(set.value.force(), functor.value, other.origin, context.machine);
      return both.type === 'null'
        ? fail(
            'throw',
            `The option \`${showOption(context.loc)}' is already declared with another type.`,
            other.origin,
          )
        : both;
    }, first as Value);
  },
);

/** `types.attrTag`: a set of one attribute, whose name says which option it is. */
export function attrTag(tags: AttrsValue): OptionType {
  const names = [...tags.entries.keys()].sort();
  for (const [name, { value }] of tags.entries) {
    const option = value.force();
    if (typeTag(option) === 'option') continue;
    const what = typeTag(option) === 'option-type' ? 'a bare type, not wrapped in mkOption' : 'not';
    return fail(
      'throw',
      `In attrTag, each tag value must be an option, but tag ${writeAttrName(name)} was ${what}.`,
      option.origin,
    );
  }
  const choices = names.map(writeAttrName).join(', ');
  const type: OptionType = {
    name: 'attrTag',
    description: `attribute-tagged union with choices: ${choices}`,
    descriptionClass: 'noun',
    check(value) {
      if (value.type !== 'attrs') return false;
      const given = [...value.entries.keys()];
      if (given.length > 1 || given.some((name) => !tags.entries.has(name))) return false;
      return value.open === null ? given.length === 1 : raise(value.open);
    },
    merge(definitions, context) {
      const doubt = firstDoubt(definitions);
      if (doubt !== null) return raise(doubt);
      for (const { value } of definitions) value.force();
      const sets = knownValues(definitions).map((value) => value as AttrsValue);
      const chosen = new Set(sets.flatMap((set) => [...set.entries.keys()]));
      const [choice, other] = chosen;
      if (choice === undefined || other !== undefined)
        return fail(
          'throw',
          `The option \`${showOption(context.loc)}' is defined both as \`${choice ?? ''}' and \`${other ?? ''}'.`,
          sets[1]?.origin ?? null,
        );
      const raw = definitions.map(({ file, at }, index): RawDefinition => ({
        file,
        value: (sets[index]?.entries.get(choice) as Attr).value,
        at,
        conditions: [],
        priority: null,
      }));
      const tag = (tags.entries.get(choice) as Attr).value;
      const run = (): Value =>
        optionValue(tag, raw, { ...context, loc: [...context.loc, choice] }, context.machine);
      const at = sets[0]?.entries.get(choice)?.at ?? null;
      return attrs(new Map([[choice, { value: lazily(run), at, maybe: null }]]), sets[0]?.origin ?? null);
    },
    subOptions: (prefix) => {
      const entries = new Map<string, Attr>();
      for (const [name, entry] of tags.entries)
        entries.set(name, {
          value: lazily(() => placed(entry.value.force(), [...prefix, name])),
          at: entry.at,
          maybe: entry.maybe,
        });
      return attrs(entries);
    },
    merged(other) {
      const more = TAGS.get(other);
      if (more === undefined) return null;
      const entries = new Map<string, Attr>([...tags.entries, ...more.entries]);
      for (const [name, { value, at, maybe }] of more.entries) {
        const first = tags.entries.get(name);
        if (first !== undefined)
          entries.set(name, { value: lazily(() => bothOptions(first.value, value)), at, maybe });
      }
      return attrTag(attrs(entries));
    },
  };
  TAGS.set(type, tags);
  return type;
}

const TAGS = new WeakMap<OptionType, AttrsValue>();

/** An option that says where it is. */
function placed(option: Value, loc: readonly string[]): Value {
  if (option.type !== 'attrs') return option;
  const steps = list(loc.map((step) => ready(string(step))));
  const where = { value: ready(steps), at: null, maybe: null };
  return attrs(new Map([...option.entries, ['loc', where]]), option.origin, option.open);
}

/** A tag that is declared twice. */
function bothOptions(first: Thunk, second: Thunk): Value {
  const [a, b] = [first.force(), second.force()];
  if (a.type !== 'attrs' || b.type !== 'attrs') return a;
  const entries = new Map<string, Attr>([...b.entries, ...a.entries]);
  const [left, right] = [a.entries.get('type'), b.entries.get('type')];
  if (left !== undefined && right !== undefined) {
    const [one, other] = [typeOfSet(left.value.force()), typeOfSet(right.value.force())];
    const merged = one === null || other === null ? null : mergedType(one, other);
    if (merged !== null)
      entries.set('type', { value: lazily(() => typeValue(merged)), at: left.at, maybe: null });
  }
  return attrs(entries, a.origin, a.open);
}

/** An option's value where no module system holds the option. Source: nixpkgs lib/modules.nix `evalOptionValue`. */
function optionValue(
  option: Thunk,
  raw: readonly RawDefinition[],
  context: Parameters<typeof mergeByType>[2],
  machine: Machine,
): Value {
  const declared = option.force();
  const field = (name: string): Thunk | undefined =>
    declared.type === 'attrs' ? declared.entries.get(name)?.value : undefined;
  const type = field('type');
  const fallback = field('default');
  const definitions =
    fallback === undefined
      ? raw
      : [
          {
            file: '<unknown-file>',
            value: fallback,
            at: null,
            conditions: [],
            priority: PRIORITY.optionDefault,
          },
          ...raw,
        ];
  const known = type === undefined ? unspecifiedType : (typeOfSet(type.force()) ?? unspecifiedType);
  const merged = (): Value =>
    mergeByType(known, definitions, context) ??
    fail('missing', `The option \`${showOption(context.loc)}' was accessed but has no value defined.`);
  const change = field('apply');
  return change === undefined ? merged() : apply(change.force(), lazily(merged), declared.origin, machine);
}
