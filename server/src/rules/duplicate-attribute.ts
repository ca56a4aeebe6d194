import { duplicateNames, type DuplicateName } from '../eval/duplicates';
import { removeBinding } from '../edits/settings';
import { partsOf } from '../edits/syntax-search';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, Identifier } from '../nix/syntax';
import { finding, related, type Files, type Finding, type Fix } from './rule';
import { perFile } from './scopes';

/** A name that a set, a `let` or a function's arguments hold twice: Nix does not read the file. */
export const duplicateAttribute = perFile({
  id: 'duplicate-attribute',
  severity: 'error',
  description: 'A set defines the same attribute twice, which Nix refuses.',
  *look(homelab, file) {
    for (const duplicate of duplicateNames(file.root)) yield* report(homelab, file, duplicate);
  },
});

function* report(
  homelab: Files,
  file: SourceFile,
  { kind, first, second }: DuplicateName,
): Generator<Finding> {
  const range = file.rangeOf(second);
  const before = file.rangeOf(first);
  if (range === null || before === null) return;
  const name = file.text.slice(range.start, range.end);
  const line = file.lines.positionAt(before.start).line + 1;
  yield finding(duplicateAttribute, {
    at: { file: file.path, range, ...file.lines.positionAt(range.start) },
    message:
      kind === 'argument'
        ? `\`${name}\` is an argument of this function already (line ${line}), and Nix refuses the file. Take one of them out.`
        : `\`${name}\` is defined already (line ${line}), and Nix refuses the file. Take one of the two out.`,
    related: [related(homelab, first, `\`${name}\` is defined here`)],
    fixes: [withoutSecond(file, first, second)],
  });
}

/** Of two that say the same, the second can go. */
function withoutSecond(
  file: SourceFile,
  first: AttrName | Identifier,
  second: AttrName | Identifier,
): Fix | null {
  if (first.kind !== 'attr-name' || second.kind !== 'attr-name') return null;
  const { byName } = partsOf(file);
  const one = byName.get(first);
  const other = byName.get(second);
  if (one === undefined || other === undefined) return null;
  const text = (of: typeof one.value): string | null => {
    const range = file.rangeOf(of);
    return range === null ? null : file.text.slice(range.start, range.end);
  };
  const same = text(one.value);
  if (same === null || same !== text(other.value)) return null;
  const pathOf = ({ path }: typeof one): string => path.map((part) => part.text ?? '?').join('.');
  if (pathOf(one) !== pathOf(other) || other.path[other.path.length - 1] !== second) return null;
  const change = removeBinding(file, other);
  return change === null ? null : { title: 'Take the second one out', changes: [change] };
}
