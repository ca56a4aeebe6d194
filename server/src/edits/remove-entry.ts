import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Attr } from '../eval/value';
import type { ParsedFiles } from '../eval/evaluation';
import { entriesOf } from '../homelab/read';
import type { SourceFile } from '../nix/source-file';
import type { ValueBinding } from '../nix/syntax';
import type { TextChange } from './edit-plan';
import { removeBinding } from './settings';
import { bindingOfName, partsOf } from './syntax-search';

/**
 * Takes away an entry of a set that one binding writes, and the sets around it that would be left empty. Null where
 * several bindings write it, or where it is computed.
 * @param around the names of sets that are not to be left empty, in lower case
 */
export function removeEntry(
  files: ParsedFiles,
  name: string,
  { at, value }: Pick<Attr, 'at' | 'value'>,
  around: readonly string[],
): TextChange | null {
  const file = at === null ? null : files.parsed(at.anchor.source);
  const binding = file === null ? null : bindingOfName(file, at);
  if (file === null || binding === null || at?.kind !== 'attr-name' || at.text !== name) return null;
  if (!isAllIn(file, binding, value)) return null;
  return removeBinding(file, withEmptied(file, binding, around));
}

/** A binding, or the outermost of the sets around it that hold nothing else. */
function withEmptied(file: SourceFile, binding: ValueBinding, around: readonly string[]): ValueBinding {
  const parent = onlyParent(file, binding);
  const last = parent?.path[parent.path.length - 1]?.text?.toLowerCase();
  return parent === null || last === undefined || !around.includes(last)
    ? binding
    : withEmptied(file, parent, around);
}

/** Whether all that an entry holds is written inside one binding. */
function isAllIn(file: SourceFile, binding: ValueBinding, entry: Attr['value']): boolean {
  const range = file.rangeOf(binding);
  const value = inspect(entry);
  if (range === null || value instanceof Unknown || value instanceof Failure) return false;
  if (value.type !== 'attrs') return true;
  return entriesOf(value).every(([, { at, value: inner }]) => {
    const own = at?.anchor.source === file.path ? file.rangeOf(at) : null;
    if (own === null || own.start < range.start || own.end > range.end) return false;
    const below = inspect(inner);
    return below instanceof Unknown || below instanceof Failure || below.type !== 'attrs'
      ? true
      : isAllIn(file, binding, inner);
  });
}

/** The binding of the set that holds nothing else than a binding. */
function onlyParent(file: SourceFile, inner: ValueBinding): ValueBinding | null {
  return (
    partsOf(file).bindings.find(
      ({ value }) => value.kind === 'attrs' && value.bindings.length === 1 && value.bindings[0] === inner,
    ) ?? null
  );
}
