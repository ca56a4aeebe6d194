/** For tests only: evaluation of expressions that use `lib`. */
import { describe, expect, it } from 'vitest';
import { printed } from './printed';

export { printed };

/** An expression and its value, as Nix prints it; `error: …` with Nix's message where there is none. */
export type Example = readonly [expression: string, printed: string];

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
