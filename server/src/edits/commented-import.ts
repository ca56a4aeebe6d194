import { commentedImports } from '../homelab/disabled';
import { directoryOf } from '../nix/paths';
import type { ImportList } from './import-lists';
import type { Insertion } from './list-insertion';
import { lineEnd } from './syntax-search';

/**
 * Takes the `#` away from the line that imports a module, where it stands in one of the lists; null where there is no
 * such line, or where its comment says more than the path.
 */
export function uncommentImport(lists: readonly ImportList[], target: string): Insertion | null {
  for (const list of lists) {
    const { file, range } = list;
    const found = commentedImports([{ file: file.path, text: file.text }]);
    const comment =
      found.get(target) ?? (target.endsWith('/default.nix') ? found.get(directoryOf(target)) : undefined);
    if (comment === undefined) continue;
    const start = file.lines.offsetAt({ line: comment.line, character: 0 });
    const end = lineEnd(file.text, start);
    if (start < range.start || end > range.end || isInsideElement(list, start)) continue;
    const line = /^([ \t]*)#+[ \t]*(\S+)[ \t]*(?:#.*)?$/.exec(file.text.slice(start, end));
    if (line === null) continue;
    const [whole, own = '', path = ''] = line;
    const pathAt = start + whole.indexOf(path);
    const indentation = indentationOf(list) ?? own;
    return {
      change: { file: file.path, range: { start, end: pathAt }, newText: indentation },
      offset: start + indentation.length,
    };
  }
  return null;
}

function isInsideElement({ file, list }: ImportList, offset: number): boolean {
  return list.elements.some((element) => {
    const range = file.rangeOf(element);
    return range !== null && range.start < offset && offset < range.end;
  });
}

/** How the elements that begin a line are indented. */
function indentationOf({ file, entries }: ImportList): string | null {
  for (const { range } of entries) {
    const start = file.text.lastIndexOf('\n', range.start) + 1;
    const head = file.text.slice(start, range.start);
    if (start > 0 && /^[ \t]*$/.test(head)) return head;
  }
  return null;
}
