import { removeRange } from '../edits/settings';
import { partsOf, withParentheses } from '../edits/syntax-search';
import { memoOf } from '../eval/computed';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { directoryOf, resolvePath } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import type { Expr, ListExpr, PathLiteral } from '../nix/syntax';
import { finding, placeName, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** A module that one list of modules names twice: NixOS takes it once. */
export const duplicateImport = perHost({
  id: 'duplicate-import',
  severity: 'hint',
  description: 'A list of modules names the same file twice.',
  tags: ['unnecessary'],
  *look(homelab, host) {
    const collected = attempt(() => host.system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) return;
    const imported = new Set<Origin>(collected.modules.map(({ at }) => at));
    const sources = new Set(collected.modules.flatMap(({ at }) => (at === null ? [] : [at.anchor.source])));
    for (const source of [...sources].sort()) {
      const file = homelab.files.parsed(source);
      if (file === null) continue;
      for (const list of partsOf(file).lists)
        if (list.elements.some((element) => imported.has(element))) yield* inList(homelab, host, file, list);
    }
  },
});

function* inList(homelab: Files, host: Host, file: SourceFile, list: ListExpr): Generator<Finding> {
  const seen = new Map<string, { readonly element: Expr; readonly key: string }>();
  for (const [element, key] of pathsIn(file)(list)) {
    // A folder stands for its `default.nix`, but NixOS compares the paths as they are written.
    const isFolder = !key.endsWith('.nix') && homelab.files.entry(key).kind === 'directory';
    const module = isFolder ? `${key}/default.nix` : key;
    const first = seen.get(module);
    if (first === undefined) seen.set(module, { element, key });
    else yield* report(homelab, host, file, first.element, element, first.key === key);
  }
}

const pathsIn = memoOf((file: SourceFile) =>
  memoOf((list: ListExpr) =>
    list.elements.flatMap((element): (readonly [Expr, string])[] => {
      const key = pathOf(file, element);
      return key === null ? [] : [[element, key]];
    }),
  ),
);

/** The path that an element writes out; null for others, such as `(import ./x.nix { … })`, which is a module each time. */
function pathOf(file: SourceFile, element: Expr): string | null {
  if (!isPlainPath(element)) return null;
  const [text] = element.parts;
  return typeof text === 'string' ? resolvePath(directoryOf(file.path), text) : null;
}

function isPlainPath(element: Expr): element is PathLiteral {
  return element.kind === 'path' && element.form === 'relative' && element.parts.length === 1;
}

function* report(
  homelab: Files,
  host: Host,
  file: SourceFile,
  first: Expr,
  second: Expr,
  same: boolean,
): Generator<Finding> {
  const at = locate(homelab, second);
  const before = locate(homelab, first);
  if (at === null || before === null) return;
  const name = file.text.slice(at.range.start, at.range.end);
  const where = placeName(before, host);
  const change = removeRange(file, withParentheses(file.text, at.range));
  yield finding(duplicateImport, {
    at,
    message: same
      ? `${name} is in this list already (${where}). NixOS takes a file once, so this one changes nothing.`
      : `${name} is the same module as the one in ${where}, written in another way. NixOS takes them for two, so what it adds to lists is there twice.`,
    ...(same ? {} : { severity: 'information', tags: [] }),
    related: [related(homelab, first, 'the first import')],
    fixes: [{ title: `Take the second ${name} out`, changes: [change], ...(same ? { safe: true } : {}) }],
  });
}
