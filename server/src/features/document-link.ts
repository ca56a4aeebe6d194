import type { DocumentLink } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { indexOf } from './homelab-index';
import { lspRange, type UriOf } from './positions';
import { hostLinks, urlLinks } from './url-links';
import { writtenFile } from './written-file';
import { pathLiterals } from './written-paths';

/**
 * What of a file can be followed: paths to files of the workspace, a folder's to its `default.nix`; URLs in which
 * something is interpolated, which an editor would take literally; the host names of routes.
 */
export function documentLinks(homelab: Homelab, file: SourceFile, uriOf: UriOf): DocumentLink[] {
  const index = indexOf(homelab);
  const paths = pathLiterals(file).flatMap(({ node, range }): DocumentLink[] => {
    const target = writtenFile(homelab.files, node);
    return target === null ? [] : [{ range: lspRange(file.lines, range), target: uriOf(target) }];
  });
  const others = [...urlLinks(index, file, uriOf), ...hostLinks(index, file)].sort(
    (a, b) => a.range.start - b.range.start,
  );
  return [
    ...paths,
    ...others.map(({ range, target, tooltip }) => ({ range: lspRange(file.lines, range), target, tooltip })),
  ];
}
