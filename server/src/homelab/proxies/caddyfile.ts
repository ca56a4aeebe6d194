/** The language of Caddyfiles, as far as its structure goes. Source: Caddy's documentation of the Caddyfile. */

/** One line: its words without quotes, and the lines in the braces at its end. */
export interface CaddyLine {
  readonly words: readonly string[];
  /** Null where no brace is opened. */
  readonly block: readonly CaddyLine[] | null;
}

interface Token {
  readonly text: string;
  /** A brace that opens or closes a block, or the end of a line. */
  readonly mark: '{' | '}' | 'line' | null;
}

/** The lines of a Caddyfile, or of a block in one. What is not closed ends with the text. */
export function parseCaddyfile(text: string): CaddyLine[] {
  const tokens = tokensOf(text);
  let at = 0;
  const lines = (): CaddyLine[] => {
    const found: CaddyLine[] = [];
    let words: string[] = [];
    const end = (block: readonly CaddyLine[] | null): void => {
      if (words.length > 0 || block !== null) found.push({ words, block });
      words = [];
    };
    while (at < tokens.length) {
      const { text: word, mark } = tokens[at++] ?? { text: '', mark: 'line' };
      if (mark === null) words.push(word);
      else if (mark === '{') end(lines());
      else if (mark === '}') {
        end(null);
        return found;
      } else end(null);
    }
    end(null);
    return found;
  };
  const all: CaddyLine[] = [];
  while (at < tokens.length) all.push(...lines());
  return all;
}

/** Words, braces that stand alone, and ends of lines. A `#` begins a comment only at the start of a word. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /(\\\r?\n)|(\r?\n)|[^\S\n]+|(#[^\n]*)|<<(\w+)\r?\n(.*?)\r?\n[^\S\n]*\4\b|"((?:[^"\\]|\\.)*)"|`([^`]*)`|((?:\\.|[^\s\\])+)/gsy;
  for (const match of text.matchAll(pattern)) {
    const [, , newline, comment, , heredoc, double, raw, bare] = match;
    if (newline !== undefined) tokens.push({ text: '', mark: 'line' });
    else if (comment !== undefined) continue;
    else if (bare === '{' || bare === '}') tokens.push({ text: bare, mark: bare });
    else {
      const word = heredoc ?? double ?? raw ?? bare;
      if (word !== undefined) tokens.push({ text: word, mark: null });
    }
  }
  return tokens;
}

/** The snippets that a Caddyfile names, `(name) { … }`, by name. */
export function snippetsOf(lines: readonly CaddyLine[]): Map<string, readonly CaddyLine[]> {
  return new Map(
    lines.flatMap(({ words, block }): [string, readonly CaddyLine[]][] => {
      const name = /^\((.+)\)$/.exec(words[0] ?? '')?.[1];
      return name === undefined || block === null || words.length !== 1 ? [] : [[name, block]];
    }),
  );
}

/** Lines in which `import` of a known snippet is replaced by it, with its arguments; others stay as they are. */
export function withSnippets(
  lines: readonly CaddyLine[],
  snippets: ReadonlyMap<string, readonly CaddyLine[]>,
  depth = 0,
): CaddyLine[] {
  return lines.flatMap((line): CaddyLine[] => {
    const [directive, name = '', ...args] = line.words;
    const snippet = directive === 'import' && depth < 10 ? snippets.get(name) : undefined;
    if (snippet !== undefined)
      return withSnippets(
        snippet.map((own) => withArguments(own, args)),
        snippets,
        depth + 1,
      );
    return [line.block === null ? line : { ...line, block: withSnippets(line.block, snippets, depth) }];
  });
}

function withArguments({ words, block }: CaddyLine, args: readonly string[]): CaddyLine {
  return {
    words: words.flatMap((word) =>
      word === '{args[:]}'
        ? args
        : [
            word.replace(
              /\{args(?:\[(\d+)\]|\.(\d+))\}/g,
              (whole, index?: string, old?: string) => args[Number(index ?? old)] ?? whole,
            ),
          ],
    ),
    block: block === null ? null : block.map((line) => withArguments(line, args)),
  };
}
