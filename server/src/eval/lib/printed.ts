/** For tests only: what expressions that use `lib` print as. */
import { apply } from '../interpret';
import { printNix } from '../print';
import { evaluationOf } from '../testing';
import { attempt, lazily, ready } from '../thunk';
import { Failure } from '../value';
import { libValue } from './index';

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
