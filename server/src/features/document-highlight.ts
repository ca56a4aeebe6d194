import { DocumentHighlightKind, type DocumentHighlight } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { indexOf } from './homelab-index';
import { mentionsIn } from './mentions';
import { lspRange } from './positions';
import { isSameSubject, subjectAt, subjectOfMention } from './subject';

/**
 * Everywhere a file names the container, router, service, middleware, entry point or option under the cursor; null where
 * that is none of these, so that the editor marks equal words by itself.
 * @param offset UTF-16, from 0
 */
export function documentHighlights(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
): DocumentHighlight[] | null {
  const index = indexOf(homelab);
  const subject = subjectAt(index, file, offset);
  if (subject === null || subject.kind === 'import' || subject.kind === 'rule' || subject.kind === 'url')
    return null;
  const found = mentionsIn(file, index.roleOf(file.path)).flatMap((mention): DocumentHighlight[] => {
    const other = subjectOfMention(mention, file, subject.hosts);
    if (other === null || !('reference' in other) || !isSameSubject(subject, other)) return [];
    const kind = other.reference ? DocumentHighlightKind.Read : DocumentHighlightKind.Write;
    return [{ range: lspRange(file.lines, other.range), kind }];
  });
  return found.length === 0 ? null : found;
}
