import { bool, fn, listOf, record, string } from '../construct';
import type { OptionType } from '../modules/option-type';
import type { AttrsValue } from '../value';

const values = new WeakMap<OptionType, AttrsValue>();

/** A type as Nix code sees it: a set tagged `option-type`, whose native side is the type. */
export function typeValue(type: OptionType): AttrsValue {
  const known = values.get(type);
  if (known !== undefined) return known;
  const set = record({
    _type: string('option-type'),
    name: string(type.name),
    description: string(type.description),
    check: fn(`${type.name}.check`, (argument) => bool(type.check(argument.force(), NO_MACHINE))),
    nestedTypes: record({}),
    getSubModules: listOf([]),
  });
  const value: AttrsValue = { ...set, native: type };
  values.set(type, value);
  return value;
}

/** Checks of types count no steps of their own. */
const NO_MACHINE = {
  importFile: () => record({}),
  entry: () => ({ kind: 'missing' as const }),
  enter: () => undefined,
  leave: () => undefined,
  spend: () => undefined,
};
