/** For tests only: evaluation of expressions that use `lib`. */
import { describe, expect, it } from 'vitest';
import { apply } from '../interpret';
import { printNix } from '../print';
import { evaluationOf } from '../testing';
import { attempt, lazily, ready } from '../thunk';
import { Failure } from '../value';
import { libValue } from './index';

/** An expression and its value, as Nix prints it; `error: …` with Nix's message where there is none. */
export type Example = readonly [expression: string, printed: string];

/** What an expression is worth, as `nix-instantiate --eval --strict` prints it. The names of `lib` are in scope. */
export async function printed(
  expression: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const evaluation = await evaluationOf({ ...files, '/test.nix': `lib: with lib; ${expression}` });
  const value = lazily(() => {
    const fn = evaluation.fileThunk('/test.nix').force();
    return apply(fn, ready(libValue()), null, evaluation);
  });
  const text = attempt(() => printNix(value));
  if (typeof text === 'string') return text;
  return text instanceof Failure ? `error: ${text.message}` : `«unknown: ${text.reason}»`;
}

/** A table of examples as tests. */
export function examples(
  title: string,
  table: readonly Example[],
  files: Readonly<Record<string, string>> = {},
): void {
  describe(title, () => {
    it.each(table)('%s', async (expression, expected) => {
      expect(await printed(expression, files)).toBe(expected);
    });
  });
}

/** As `examples`, with `outside` and `lost` in scope, which are unknown; all that prints as unknown is `?`. */
export function shapes(title: string, table: readonly Example[]): void {
  describe(title, () => {
    it.each(table)('%s', async (expression, expected) => {
      const text = await printed(
        `let outside = builtins.getEnv "X"; lost = builtins.appendContext "" { }; in ${expression}`,
      );
      expect(text.replace(/«unknown: [^»]*»/g, '?')).toBe(expected);
    });
  });
}
