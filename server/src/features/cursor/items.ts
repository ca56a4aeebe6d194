import type { Token } from '../../nix/tokens';
import type { Item, PathSegment, Role } from './frames';

/** Reading the parts of an unfinished expression. */

export function tokenItem(token: Token): Item {
  return { token, start: token.start, end: token.end, group: '', names: [], plain: null, inner: [] };
}

export function groupItem(
  group: string,
  start: number,
  end: number,
  more: Partial<Pick<Item, 'names' | 'plain' | 'inner'>> = {},
): Item {
  return { token: null, start, end, group, names: [], plain: null, inner: [], ...more };
}

function isDot(item: Item | undefined): boolean {
  return item?.token?.text === '.';
}

/** How something that opens after these parts stands among them. */
export function roleAfter(items: readonly Item[], inList: boolean): Role {
  if (inList) return { kind: 'element' };
  const [first] = items;
  if (first === undefined) return { kind: 'value' };
  let index = 1;
  while (isDot(items[index]) && index + 1 < items.length) index += 2;
  const last = items[index - 1];
  const head = last?.token?.kind === 'name' ? last.token.text : '';
  let count = 0;
  for (; index < items.length; index++) {
    if (isDot(items[index])) index++;
    else count++;
  }
  return { kind: 'argument', head, index: count };
}

/** The attribute path that an expression's last parts are: where a `;` is missing, the name of the next binding. */
export function trailingPath(items: readonly Item[]): PathSegment[] {
  const path: PathSegment[] = [];
  for (let index = items.length - 1; index >= 0; index -= 2) {
    const item = items[index];
    const segment = item === undefined ? null : segmentOf(item);
    if (segment === null) break;
    path.unshift(segment);
    if (!isDot(items[index - 1])) break;
  }
  return path;
}

function segmentOf({ token, start, end, group, plain }: Item): PathSegment | null {
  if (token !== null) return token.kind === 'name' ? { text: token.text, start, end } : null;
  if (group === '"') return { text: plain, start, end };
  return group === '${' ? { text: null, start, end } : null;
}

/** The names of a function's argument: `x`, `{ a, b }`, `args@{ … }`, `{ … }@args`; null where it is none of these. */
export function namesOfPattern(items: readonly Item[]): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (let index = items.length - 1; index >= 0; index -= 2) {
    const item = items[index];
    if (item?.group === '{') for (const name of item.names) names.add(name);
    else if (item?.token?.kind === 'name') names.add(item.token.text);
    else return index === items.length - 1 ? null : names;
    if (items[index - 1]?.token?.text !== '@') break;
  }
  return items.length === 0 ? null : names;
}
