/** For tests only: the ways to write one path in a module. */

/** Stands in a text where the last name of the path is written. */
export const MARK = '§';

/** The bindings that write a path, with `§` where its last name stands. `*` is an element of a list. */
export type Spelling = (path: readonly string[]) => string;

/** `a.b = [ { § = 1; } ];`: a path with dots where there can be. */
export function dotted(path: readonly string[]): string {
  const at = path.indexOf('*');
  if (at === -1) return `${[...path, MARK].join('.')} = 1;`;
  return `${path.slice(0, at).join('.')} = [ { ${dotted(path.slice(at + 1))} } ];`;
}

/** `a = { b = [ { § = 1; } ]; };`: a set for each name. */
export function nested(path: readonly string[]): string {
  return path.reduceRight(
    (inside, step, at) =>
      step === '*'
        ? inside
        : path[at + 1] === '*'
          ? `${step} = [ { ${inside} } ];`
          : `${step} = { ${inside} };`,
    `${MARK} = 1;`,
  );
}

/** `a = lib.mkIf config.x ({ } // { b."§" = 1; });`: sets and dots, under a condition, the name in quotes. */
export function mixed(path: readonly string[]): string {
  const quoted = (text: string): string => text.replace(MARK, `"${MARK}"`);
  const [first = '', ...others] = path;
  if (path.length < 2 || others[0] === '*') return quoted(dotted(path));
  return `${first} = lib.mkIf config.x ({ } // { ${quoted(dotted(others))} });`;
}

export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'with dots': dotted,
  'in sets': nested,
  'mixed, quoted, under a condition': mixed,
};

/** The names of a table's path, with one that somebody chose for each `<…>`. */
export function chosen(path: string): string[] {
  return path.split('.').map((step) => (step.startsWith('<') ? 'x' : step));
}

/** The words that a name must not be cut to. */
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'in', 'or']);

/** The first two letters of a name: what somebody has typed of it. */
export function begun(name: string): string {
  const two = name.slice(0, 2);
  return KEYWORDS.has(two) ? name.slice(0, 3) : two;
}
