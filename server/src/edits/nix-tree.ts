import { writeAttrPath } from '../nix/write';

/** Nested settings: a name's value is Nix, or settings below it. */
export type NixTree = Map<string, string | NixTree>;

/**
 * Settings as lines without indentation of their own: `a.b = 1;` where a set holds one setting, `a = { … };` where it
 * holds several.
 */
export function treeLines(tree: NixTree, indentation: string): string[] {
  return [...tree].flatMap(([name, value]) => settingLines([name], value, indentation));
}

/** One setting under a path; `open` writes the braces even around a single setting below it. */
export function settingLines(
  path: readonly string[],
  value: string | NixTree,
  indentation: string,
  open = false,
): string[] {
  if (typeof value === 'string') return [`${writeAttrPath(path)} = ${value};`];
  const [only] = value;
  if (!open && value.size === 1 && only !== undefined)
    return settingLines([...path, only[0]], only[1], indentation);
  return [
    `${writeAttrPath(path)} = {`,
    ...treeLines(value, indentation).map((line) => indentation + line),
    '};',
  ];
}
