import { describe, expect, it } from 'vitest';
import { duplicateNames } from './duplicates';
import { testParser } from './testing';

/** The names that are found defined twice in an expression. */
async function found(text: string): Promise<string[]> {
  const { root } = (await testParser()).parse('/a.nix', text);
  return duplicateNames(root).map(({ second }) =>
    second.kind === 'variable' ? second.name : (second.text ?? ''),
  );
}

// Made with `nix-instantiate --parse` 2.8.0, which refuses exactly the texts under "refused".
describe('defined twice', () => {
  it.each([
    '{ a.b = 1; a.c = 2; }',
    '{ a = { b = 1; }; a.c = 2; }',
    '{ a.b = 1; a = { c = 2; }; }',
    '{ a = { b = 1; }; a = { c = 2; }; }',
    '{ a = rec { b = 1; }; a = { c = 2; }; }',
    '{ a = { b = 1; }; a = rec { c = 2; }; }',
    '{ a = rec { b = 1; }; a.c = 2; }',
    '{ a = ({ b = 1; }); a.c = 2; }',
    '{ a.b.c = 1; a.b.d = 2; a.e = 3; }',
    '{ a.b.c = 1; a.b = { d = 2; }; }',
    '{ a = { b = { c = 1; }; }; a.b.d = 2; }',
    '{ ${x} = 1; ${x} = 2; }',
    '{ "${x}" = 1; "${x}" = 2; }',
    '{ a.${x} = 1; a.${x} = 2; }',
    '{ a.${x} = 1; a.b = 2; }',
    '{ a = { ${x} = 1; }; a.b = 2; }',
    '{ a = { ${x} = 1; }; a = { ${x} = 2; }; }',
    '{ a.${x}.c = 1; a.${x}.c = 2; }',
    '{ ${x}.a = 1; ${x}.a = 2; }',
    '{ a.b = 1; } // { a.b = 2; }',
    '[ { a = 1; } { a = 2; } ]',
    'let a.b = 1; a.c = 2; in a',
    'rec { a.b = 1; a.c = 2; }',
    '{ a, ... }@b: a',
    'a@{ b, ... }: a',
  ])('not: %s', async (text) => {
    expect(await found(text)).toEqual([]);
  });

  it.each([
    ['{ a = 1; a = 2; }', 'a'],
    ['{ a.b = 1; a.b = 2; }', 'b'],
    ['{ a = { b = 1; }; a.b = 2; }', 'b'],
    ['{ a.b = 1; a = { b = 2; }; }', 'b'],
    ['{ a = { b = 1; }; a = { b = 2; }; }', 'b'],
    ['{ a = { b.c = 1; }; a = { b.c = 2; }; }', 'c'],
    ['{ a = x; a.b = 1; }', 'a'],
    ['{ a.b = 1; a = x; }', 'a'],
    ['{ a = x: x; a.b = 1; }', 'a'],
    ['{ a = let x = 1; in { b = x; }; a.c = 2; }', 'a'],
    ['{ a = { } // { b = 1; }; a.c = 2; }', 'a'],
    ['{ a.b = { c = 1; }; a.b.c = 2; }', 'c'],
    ['{ a.b = 1; a.b.c = 2; }', 'b'],
    ['{ a.b.c = 1; a.b = 2; }', 'b'],
    ['{ a = { b = { c = 1; }; }; a.b.c = 2; }', 'c'],
    ['{ a = { b = 1; b = 2; }; }', 'b'],
    ['{ a.b = [ ]; a.b = [ ]; }', 'b'],
    ['{ inherit a; a = 1; }', 'a'],
    ['{ a = 1; inherit a; }', 'a'],
    ['{ inherit a a; }', 'a'],
    ['{ inherit a; inherit a; }', 'a'],
    ['{ inherit (x) a; inherit (y) a; }', 'a'],
    ['{ inherit a; a.b = 1; }', 'a'],
    ['{ inherit a; a = { b = 1; }; }', 'a'],
    ['{ a = { }; inherit a; }', 'a'],
    ['{ a = { inherit x; }; a.x = 1; }', 'x'],
    ['{ a = { inherit x; }; a = { inherit x; }; }', 'x'],
    ['{ "a" = 1; a = 2; }', 'a'],
    ['{ ${"a"} = 1; a = 2; }', 'a'],
    ['{ "a b" = 1; "a b" = 2; }', 'a b'],
    ['{ a."b" = 1; a.b = 2; }', 'b'],
    ['{ a.or = 1; a.or = 2; }', 'or'],
    ['let a = 1; a = 2; in a', 'a'],
    ['let a.b = 1; a.b = 2; in a', 'b'],
    ['let inherit a; a = 1; in a', 'a'],
    ['let { a = 1; a = 2; body = a; }', 'a'],
    ['let a = { b = 1; }; a.b = 3; in a', 'b'],
    ['rec { a = 1; a = 2; }', 'a'],
    ['{ a, a }: a', 'a'],
    ['{ a, b ? 1, a ? 2 }: a', 'a'],
    ['{ a, ... }@a: a', 'a'],
    ['a@{ a, ... }: a', 'a'],
  ])('refused: %s', async (text, name) => {
    expect(await found(text)).toEqual([name]);
  });

  // Nix 2.8.0 refuses this, newer ones merge it.
  it('not, where that depends on the version', async () => {
    expect(await found('{ a = { b.c = 1; }; a = { b.d = 2; }; }')).toEqual([]);
  });

  it('not in a set that is being typed', async () => {
    expect(await found('{ a = 1; b = \n a = 2; }')).toEqual([]);
  });
});
