import { fixedFloat } from './float-text';
import { apply } from './interpret';
import { ready, type Thunk } from './thunk';
import {
  fail,
  raise,
  typeName,
  unknown,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type Value,
} from './value';

export interface Coercion {
  /** Interpolation copies a path into the store, whose address is not known here; `toString` does not. */
  readonly copyPaths: boolean;
  /** `toString` also takes null, booleans, numbers and lists. */
  readonly anything?: boolean;
}

/** A value as text, by Nix's rules. Throws `Failure` where Nix does. */
export function coerceToString(value: Value, at: Origin, machine: Machine, coercion: Coercion): string {
  switch (value.type) {
    case 'string':
      return value.text;
    case 'path':
      if (coercion.copyPaths && machine.entry(value.path).kind === 'missing')
        return fail('missing', `path '${value.path}' does not exist`, at);
      if (coercion.copyPaths)
        return unknown(
          'external',
          'interpolating a path copies it into the store, whose address is not known',
          at,
        );
      return value.path;
    case 'attrs': {
      const stands = standsFor(value, at, machine);
      if (stands !== null) return nestedText(stands, at, machine, coercion);
      if (value.open !== null) return raise(value.open);
      break;
    }
    default:
      break;
  }
  if (coercion.anything === true) {
    switch (value.type) {
      case 'null':
        return '';
      case 'bool':
        return value.value ? '1' : '';
      case 'int':
        return value.value.toString();
      case 'float':
        return fixedFloat(value.value);
      case 'list': {
        if (value.open !== null) return raise(value.open);
        machine.spend(value.items.length);
        let text = '';
        value.items.forEach((thunk, index) => {
          const item = thunk.force();
          text += nestedText(item, at, machine, coercion);
          // An empty list inside leaves no space behind it.
          const empty = item.type === 'list' && item.items.length === 0;
          if (index < value.items.length - 1 && !empty) text += ' ';
        });
        return text;
      }
      default:
        break;
    }
  }
  return fail('type', `cannot coerce ${typeName(value)} to a string`, at);
}

/** What a set gives in place of itself where a text is asked for: the result of `__toString`, or `outPath`. */
function standsFor(set: AttrsValue, at: Origin, machine: Machine): Value | null {
  const toText = set.entries.get('__toString');
  if (toText !== undefined) return apply(certain(toText).force(), ready(set), at, machine);
  const outPath = set.entries.get('outPath');
  return outPath === undefined ? null : certain(outPath).force();
}

function certain({ value, maybe }: Attr): Thunk {
  return maybe === null ? value : raise(maybe);
}

function nestedText(value: Value, at: Origin, machine: Machine, coercion: Coercion): string {
  machine.enter();
  try {
    return coerceToString(value, at, machine, coercion);
  } finally {
    machine.leave();
  }
}
