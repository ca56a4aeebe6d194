import { describe, expect, it } from 'vitest';
import { parseCaddyfile, snippetsOf, withSnippets, type CaddyLine } from './caddyfile';

const line = (...words: string[]): CaddyLine => ({ words, block: null });

describe('parseCaddyfile', () => {
  it.each<[string, string, CaddyLine[]]>([
    ['words', 'a b\n\n  c', [line('a', 'b'), line('c')]],
    [
      'blocks',
      'a {\n b {\n  c\n }\n}\nd',
      [{ words: ['a'], block: [{ words: ['b'], block: [line('c')] }] }, line('d')],
    ],
    ['braces in words', 'a {b} c{d}', [line('a', '{b}', 'c{d}')]],
    ['comments', 'a # b\n#c {\nd#e', [line('a'), line('d#e')]],
    ['quotes', 'a "b c # {" `d "e"`', [line('a', 'b c # {', 'd "e"')]],
    ['long lines', 'a \\\n  b', [line('a', 'b')]],
    ['heredocs', 'a <<END\n b {\n END c\nd', [line('a', ' b {', 'c'), line('d')]],
    ['what is not closed', 'a {\n b', [{ words: ['a'], block: [line('b')] }]],
    ['what is closed too often', 'a\n}\nb', [line('a'), line('b')]],
    ['nothing', '', []],
  ])('reads %s', (_what, text, lines) => {
    expect(parseCaddyfile(text)).toEqual(lines);
    expect(parseCaddyfile(text.replaceAll('\n', '\r\n'))).toEqual(lines);
  });
});

it('imports snippets within snippets, not one within itself forever', () => {
  const lines = parseCaddyfile(
    '(a) {\n import b {args[0]} {args[1]}\n}\n(b) {\n x {args[:]}\n import b\n}\nimport a 1',
  );
  const found = withSnippets(lines.slice(2), snippetsOf(lines));
  expect(found[0]).toEqual(line('x', '1', '{args[1]}'));
  expect(found.at(-1)?.words[0]).toBe('import');
});
