import type { ParsedFiles } from '../eval/evaluation';
import { directoryOf, resolvePath } from '../nix/paths';
import type { SyntaxNode } from '../nix/syntax';

/** The file that a written-out path leads to, a folder's being its `default.nix`; null where there is none. */
export function writtenFile(files: ParsedFiles, node: SyntaxNode): string | null {
  if (node.kind !== 'path' || (node.form !== 'relative' && node.form !== 'absolute')) return null;
  const [text, ...rest] = node.parts;
  if (typeof text !== 'string' || rest.length > 0) return null;
  return fileAt(files, node.anchor.source, text);
}

/** The file that a path, as a file writes it, leads to; null where there is none. */
export function fileAt(files: ParsedFiles, from: string, text: string): string | null {
  const path = resolvePath(directoryOf(from), text);
  const { kind } = files.entry(path);
  if (kind === 'file' || kind === 'opaque') return path;
  if (kind !== 'directory') return null;
  const inside = `${path === '/' ? '' : path}/default.nix`;
  return files.entry(inside).kind === 'file' ? inside : null;
}
