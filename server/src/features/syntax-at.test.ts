import { describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import { syntaxAt } from './syntax-at';

/** The kinds of the syntax around `$0`, outermost first. */
async function kindsAt(marked: string): Promise<string[]> {
  const offset = marked.indexOf('$0');
  const text = marked.slice(0, offset) + marked.slice(offset + 2);
  return syntaxAt((await testParser()).parse('/test.nix', text), offset).map(({ node }) => node.kind);
}

describe('the syntax around a place', () => {
  it.each([
    ['{ a = "x$0"; }', ['attrs', 'binding', 'string']],
    ['{ a = "x"$0; }', ['attrs', 'binding', 'string']],
    ['{ a$0.b = 1; }', ['attrs', 'binding', 'attr-name']],
    ['/* 🏠 */ { a = x.y$0.z; }', ['attrs', 'binding', 'select', 'attr-name']],
    ['{ a = "${x$0}"; }', ['attrs', 'binding', 'string', 'variable']],
    ['{ inherit (x$0) y; }', ['attrs', 'inherit', 'variable']],
    ['x: let a = 1; in a$0', ['lambda', 'let', 'variable']],
    ['{ a = 1; $0 }', ['attrs']],
    ['$0', []],
  ])('in %s is %j', async (text, kinds) => {
    expect(await kindsAt(text)).toEqual(kinds);
  });

  it('is nothing past the end', async () => {
    expect(syntaxAt((await testParser()).parse('/test.nix', '{ }'), 99)).toEqual([]);
  });
});
