import { deepen } from './computed';
import { copyOf, NamingText } from './content';
import { fixedFloat } from './float-text';
import { apply } from './interpret';
import { ready, type Thunk } from './thunk';
import {
  fail,
  raise,
  typeName,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type PathValue,
  type Value,
} from './value';

export interface Coercion {
  /** Interpolation copies a path into the store, whose address is not known here; `toString` does not. */
  readonly copyPaths: boolean;
  /** `toString` also takes null, booleans, numbers and lists. */
  readonly anything?: boolean;
}

/** A value as text, by Nix's rules. Throws `Failure` where Nix does, `Unknown` where the text is not known. */
export function coerceToString(value: Value, at: Origin, machine: Machine, coercion: Coercion): string {
  const text = coerce(value, at, machine, coercion);
  return typeof text === 'string' ? text : text.text;
}

/** The same, but a text that is not known is returned where it is known what it names. */
export function coerce(value: Value, at: Origin, machine: Machine, coercion: Coercion): string | NamingText {
  switch (value.type) {
    case 'string':
      return value instanceof NamingText ? value : value.text;
    case 'path':
      return coercion.copyPaths ? copied(value, at, machine) : value.path;
    case 'attrs': {
      const stands = standsFor(value, at, machine);
      if (stands !== null) return nested(stands, at, machine, coercion);
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
          const part = nested(item, at, machine, coercion);
          text += typeof part === 'string' ? part : part.text;
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

function nested(value: Value, at: Origin, machine: Machine, coercion: Coercion): string | NamingText {
  machine.enter();
  try {
    return deepen(1, () => coerce(value, at, machine, coercion));
  } finally {
    machine.leave();
  }
}

function copied({ path }: PathValue, at: Origin, machine: Machine): NamingText {
  if (machine.entry(path).kind === 'missing') return fail('missing', `path '${path}' does not exist`, at);
  return copyOf(path, '', at);
}
