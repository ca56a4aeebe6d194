import { bool, nullValue, record } from '../construct';
import { fail, unknown, type Value } from '../value';
import { mergeEqual } from './merge';
import type { OptionType } from './option-type';

/** The types of nixpkgs' lib/types.nix whose values are paths. */

const STORE = '/nix/store/';
/** What can be the name of something in the store; files of the store's own begin with a dot. */
const STORE_NAME = /^[^./][^/]*/;

export interface PathRules {
  /** Whether the path is in the store; null where it does not matter. */
  readonly inStore: boolean | null;
  /** Whether it begins at the root; null where it does not matter. */
  readonly absolute: boolean | null;
}

/** `types.pathWith`. */
export function pathWith(rules: PathRules): OptionType {
  const { inStore, absolute } = rules;
  if (inStore === true && absolute === false)
    return fail('throw', 'In pathWith, inStore means the path must be absolute');
  const kind = absolute === null ? '' : absolute ? 'absolute ' : 'relative ';
  const place = inStore === null ? '' : inStore ? ' in the Nix store' : ' not in the Nix store';
  const type: OptionType = {
    name: 'path',
    description: `${kind}path${place}`,
    descriptionClass: 'noun',
    check: (value) => fits(value, rules),
    merge: mergeEqual,
    merged: (other) => (other.name === 'path' && other.description === type.description ? type : null),
    payload: () => record({ inStore: flag(inStore), absolute: flag(absolute) }),
  };
  return type;
}

function flag(value: boolean | null): Value {
  return value === null ? nullValue() : bool(value);
}

function fits(value: Value, { inStore, absolute }: PathRules): boolean {
  const text = textOf(value);
  if (text === null || (inStore === false && value.type !== 'string')) return false;
  if (absolute !== null && text.startsWith('/') !== absolute) return false;
  return inStore === null || inStore === isInStore(text, value);
}

/** The path a value stands for; null where it stands for none. */
function textOf(value: Value): string | null {
  if (value.type === 'string') return value.text;
  if (value.type === 'path') return value.path;
  if (value.type !== 'attrs') return null;
  const out = value.entries.get('outPath');
  if (out === undefined) return value.entries.has('__toString') ? '/' : null;
  // What a package's path is, is not known; that it is one in the store is.
  return value.entries.has('drvPath') ? `${STORE}package` : textOf(out.value.force());
}

/** A path literal ends up in the store where the repository is a flake, and does not elsewhere. */
function isInStore(text: string, value: Value): boolean {
  if (value.type === 'path' && !text.startsWith(STORE))
    return unknown('external', 'whether a path of the repository is in the store is not known', value.origin);
  return text.startsWith(STORE) && STORE_NAME.test(text.slice(STORE.length));
}

/** `types.path`. */
export const pathType = pathWith({ inStore: null, absolute: true });
