import type { DocumentLink } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { lspRange, type UriOf } from './positions';
import { writtenFile } from './written-file';
import { pathLiterals } from './written-paths';

/** The paths of a file that lead to a file of the workspace; a folder leads to its `default.nix`. */
export function documentLinks(homelab: Homelab, file: SourceFile, uriOf: UriOf): DocumentLink[] {
  return pathLiterals(file).flatMap(({ node, range }): DocumentLink[] => {
    const target = writtenFile(homelab.files, node);
    return target === null ? [] : [{ range: lspRange(file.lines, range), target: uriOf(target) }];
  });
}
