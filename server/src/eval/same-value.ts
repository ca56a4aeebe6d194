import { sameItems } from './computed';
import type { Value } from './value';

/**
 * Whether nobody who reads two values could tell them apart: the same value, written at the same place. Lists and
 * functions count where they hold the very same parts; sets only where they are one object.
 */
export function sameValue(before: Value, after: Value): boolean {
  if (before === after) return true;
  if (before.type !== after.type || before.origin !== after.origin) return false;
  switch (before.type) {
    case 'null':
      return true;
    case 'bool':
    case 'int':
    case 'float':
      return before.value === (after as typeof before).value;
    case 'string':
      return before.text === (after as typeof before).text;
    case 'path':
      return before.path === (after as typeof before).path;
    case 'list': {
      const other = after as typeof before;
      return before.open === other.open && sameItems(before.items, other.items);
    }
    case 'lambda': {
      const other = after as typeof before;
      return before.expr === other.expr && before.scope === other.scope;
    }
    case 'primop': {
      const other = after as typeof before;
      return before.primop === other.primop && sameItems(before.given, other.given);
    }
    case 'attrs':
      return false;
  }
}
