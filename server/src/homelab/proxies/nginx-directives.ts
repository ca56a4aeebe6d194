/** The language of nginx' configuration, as far as lines that homelabs add to their sites need it. */

/** One directive: its name, its arguments without quotes, and what stands in its braces. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly string[];
  /** Null where it ends with `;`. */
  readonly block: readonly NginxDirective[] | null;
}

/** The directives of a text, in order. What is not closed ends with the text. */
export function parseNginx(text: string): NginxDirective[] {
  const tokens = [
    ...text.matchAll(/#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[{};]|(?:\$\{[^}]*\}|\\.|[^\s{};])+/gs),
  ]
    .filter(([token]) => !token.startsWith('#'))
    .map(([token, double, single]) => ({
      text: double ?? single ?? token,
      quoted: double !== undefined || single !== undefined,
    }));
  let at = 0;
  const directives = (): NginxDirective[] => {
    const found: NginxDirective[] = [];
    let words: string[] = [];
    const end = (block: readonly NginxDirective[] | null): void => {
      const [name, ...args] = words;
      if (name !== undefined) found.push({ name, args, block });
      words = [];
    };
    while (at < tokens.length) {
      const { text: token, quoted } = tokens[at++] ?? { text: ';', quoted: false };
      if (quoted || !/^[{};]$/.test(token)) words.push(token);
      else if (token === ';') end(null);
      else if (token === '{') end(directives());
      else return found;
    }
    end(null);
    return found;
  };
  const all: NginxDirective[] = [];
  while (at < tokens.length) all.push(...directives());
  return all;
}

/** The first argument of the last directive of a name; null where there is none. */
export function argumentOf(directives: readonly NginxDirective[], name: string): string | null {
  return directives.filter((directive) => directive.name === name).at(-1)?.args[0] ?? null;
}
