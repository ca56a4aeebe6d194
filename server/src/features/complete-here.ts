import { completeContainer } from '../edits/complete-container';
import { containerSet, type WrittenSet } from '../edits/settings';
import { attrsBelow } from '../edits/syntax-search';
import type { ParsedFiles } from '../eval/evaluation';
import type { Homelab } from '../homelab/homelab';
import type { Container } from '../homelab/model';
import type { Fix } from '../rules/rule';
import { indexOf } from './homelab-index';
import { syntaxAt } from './syntax-at';

/**
 * What adds to the container under the cursor what it lacks.
 * @param offset UTF-16, from 0
 */
export function completionsHere(
  homelab: Homelab,
  path: string,
  offset: number,
): Pick<Fix, 'title' | 'changes'>[] {
  const file = homelab.files.parsed(path);
  if (file === null) return [];
  const index = indexOf(homelab);
  const here = index
    .containersDefinedIn(path)
    .filter(({ container }) => isAtContainer(homelab.files, path, container, offset));
  const [first, ...others] = here.map(({ host, container }) => ({
    name: container.name,
    found: completeContainer(homelab, host, container),
  }));
  if (first?.found == null) return [];
  const title = `Complete container ${first.name}: ${first.found.added.join(', ')}`;
  // What several hosts share is only changed where it lacks the same on all of them.
  if (others.some(({ found }) => found?.added.join(', ') !== first.found?.added.join(', '))) return [];
  return [{ title, changes: first.found.changes }];
}

/** Whether a place is in the set of a container itself, or on its name. */
export function isAtContainer(
  files: ParsedFiles,
  path: string,
  container: Container,
  offset: number,
): boolean {
  const own = containerSet(files, container);
  return own?.file.path === path && isAt(own, offset);
}

/** Whether a place is in a set itself, not in one inside it, or on the name it is bound to. */
function isAt({ file, set }: WrittenSet, offset: number): boolean {
  const around = syntaxAt(file, offset).filter(
    ({ node }) => node.kind === 'attrs' || node.kind === 'binding',
  );
  const innermost = around.at(-1)?.node;
  if (innermost?.kind !== 'binding') return innermost === set;
  return attrsBelow(innermost.value) === set || around.at(-2)?.node === set;
}
