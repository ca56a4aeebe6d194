import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { contributes } from '../../package.json';

/**
 * Grammar cases are Nix with the expected scopes under each line:
 *
 *     #- title
 *       a.b = 1;
 *     # ^ ^ entity.other.attribute-name.nix
 *     #     ^ keyword.operator.assignment.nix !string
 *
 * Each run of carets must be exactly one stretch of characters that have all the scopes named (a name also
 * stands for the longer ones that begin with it) and none of those behind a `!`; blanks at its ends aside.
 * A title that begins with "half-typed" says that the text is not whole Nix.
 */
export interface Case {
  readonly title: string;
  readonly whole: boolean;
  readonly lines: readonly string[];
  readonly assertions: readonly Assertion[];
}

interface Assertion {
  readonly line: number;
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
  readonly text: string;
}

export function parseCases(text: string): Case[] {
  return text.split(/^#- /m).flatMap((part, index) => {
    if (index === 0) return [];
    const [title = '', ...rest] = part.trimEnd().split('\n');
    const lines: string[] = [];
    const assertions: Assertion[] = [];
    for (const line of rest) {
      const carets = /^#[ ^]*\^(?= )/.exec(line)?.[0];
      if (carets === undefined) {
        lines.push(line);
        continue;
      }
      const scopes = line.slice(carets.length).trim().split(/\s+/);
      assertions.push({
        line: lines.length - 1,
        ranges: [...carets.matchAll(/\^+/g)].map((run) => [run.index, run.index + run[0].length] as const),
        wanted: scopes.filter((scope) => !scope.startsWith('!')),
        unwanted: scopes.filter((scope) => scope.startsWith('!')).map((scope) => scope.slice(1)),
        text: line,
      });
    }
    return [{ title, whole: !title.startsWith('half-typed'), lines, assertions }];
  });
}

/** What is wrong with `scopes`, the scopes of each character of each line; nothing when the case holds. */
export function failures({ lines, assertions }: Case, scopes: readonly string[][][]): string[] {
  return assertions.flatMap(({ line, ranges, wanted, unwanted, text }) => {
    const characters = scopes[line] ?? [];
    const holds = (at: number): boolean => {
      const has = (scope: string) =>
        characters[at]?.some((one) => one === scope || one.startsWith(`${scope}.`)) ?? false;
      return at < (lines[line]?.length ?? 0) && wanted.every(has) && !unwanted.some(has);
    };
    return ranges.flatMap(([from, to]) => {
      let [start, end] = [from, from];
      while (holds(end)) end++;
      while (start > 0 && end > from && holds(start - 1)) start--;
      const blank = (at: number): boolean => lines[line]?.[at]?.trim() === '';
      while (start < from && blank(start)) start++;
      while (end > to && blank(end - 1)) end--;
      if (start === from && end === to) return [];
      const found =
        end === from ? `only ${(characters[from] ?? []).join(' ')}` : `it from ${start} to ${end}`;
      return [`${lines[line] ?? ''}\n${text}\nfrom ${from} to ${to}: found ${found}`];
    });
  });
}

export interface Tokenised {
  /** The scopes of each character of each line. */
  readonly scopes: string[][][];
  /** Whether the text ends where it began: no string, comment or brace is left open. */
  readonly closed: boolean;
}

/** The scope by which VS Code knows our grammar. */
export const OUR_SCOPE = 'source.nix.nixos-containers';

/**
 * Our grammar as VS Code would use it.
 * @param others grammars that other extensions bring, by scope; none is the usual case
 * @param scope of the grammar to use
 */
export async function loadGrammar(
  others: Readonly<Record<string, object>> = {},
  scope = OUR_SCOPE,
): Promise<(lines: readonly string[]) => Tokenised> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const ours = new Map(
    contributes.grammars.map(({ scopeName, path }) => [scopeName, new URL(`../../${path}`, import.meta.url)]),
  );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (wanted) => {
      const other = others[wanted];
      const file = ours.get(wanted);
      const text =
        file !== undefined ? readFileSync(file, 'utf8') : other === undefined ? null : JSON.stringify(other);
      return Promise.resolve(text === null ? null : textmate.parseRawGrammar(text, 'grammar.json'));
    },
    // VS Code injects into a scope and into those that begin with it.
    getInjections: (into) =>
      contributes.grammars
        .filter((one) => one.injectTo?.some((name) => `${into}.`.startsWith(`${name}.`)) === true)
        .map(({ scopeName: injected }) => injected),
  });
  const grammar = await registry.loadGrammar(scope);
  if (!grammar) throw new Error(`there is no grammar of ${scope}`);

  return (lines) => {
    let stack = textmate.INITIAL;
    const scopes = lines.map((line) => {
      const result = grammar.tokenizeLine(line, stack);
      stack = result.ruleStack;
      return result.tokens.flatMap(({ startIndex, endIndex, scopes }) =>
        Array.from({ length: Math.min(endIndex, line.length) - startIndex }, () => scopes),
      );
    });
    return { scopes, closed: stack.depth === 1 };
  };
}
