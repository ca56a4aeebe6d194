import type { SourceFile } from '../nix/source-file';
import type { Range } from '../nix/positions';
import type { AttrName, Expr, Root } from '../nix/syntax';
import { bindingChildren, childrenOf } from '../nix/walk';

/** A text, path or attribute that names a container by where its state lies, or by its unit. */
export interface ContainerMention {
  readonly name: string;
  /** Where the name stands in the file. */
  readonly range: Range;
  readonly kind: 'folder' | 'unit';
}

/**
 * Where containers' roots are, and their unit. The name must be whole: what goes on as a pattern, a variable or another
 * word names none. Source: nixpkgs nixos/modules/virtualisation/nixos-containers.nix.
 */
const MENTION =
  /(?:\/(?:var\/lib|run)\/nixos-containers\/|(?<![\w@.-])container@)([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)(?=\.service\b|[/"'\s:;,)\]]|$)/g;

const known = new WeakMap<Root, readonly ContainerMention[]>();

/** The containers that a file names in this way. Comments and descriptions of options do not count. */
export function containerMentions(file: SourceFile): readonly ContainerMention[] {
  let found = known.get(file.root);
  if (found === undefined) known.set(file.root, (found = mentionsIn(file)));
  return found;
}

function mentionsIn(file: SourceFile): ContainerMention[] {
  const { text } = file;
  if (!text.includes('/nixos-containers/') && !text.includes('container@')) return [];
  const texts = textRanges(file);
  return [...text.matchAll(MENTION)].flatMap((match): ContainerMention[] => {
    const [whole, name = ''] = match;
    const start = match.index + whole.length - name.length;
    if (!texts.some((range) => range.start <= match.index && start + name.length <= range.end)) return [];
    return [
      {
        name,
        range: { start, end: start + name.length },
        kind: whole.startsWith('/') ? 'folder' : 'unit',
      },
    ];
  });
}

/** What is written for people only. */
const PROSE: ReadonlySet<string> = new Set(['description', 'example', 'defaultText', 'meta']);

/** Where texts, paths and names of attributes stand. */
function textRanges(file: SourceFile): Range[] {
  const ranges: Range[] = [];
  const add = (node: Expr | AttrName): void => {
    const range = file.rangeOf(node);
    if (range !== null) ranges.push(range);
  };
  const pending: Expr[] = file.root.expression === null ? [] : [file.root.expression];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'string' || expr.kind === 'path') add(expr);
    if (expr.kind !== 'attrs' && expr.kind !== 'let') {
      pending.push(...childrenOf(expr));
      continue;
    }
    for (const binding of expr.bindings) {
      if (binding.kind === 'binding') {
        if (PROSE.has(binding.path[binding.path.length - 1]?.text ?? '')) continue;
        for (const name of binding.path) add(name);
      }
      pending.push(...bindingChildren(binding));
    }
    if (expr.kind === 'let' && expr.body !== null) pending.push(expr.body);
  }
  return ranges;
}
