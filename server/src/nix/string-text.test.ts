import { beforeAll, describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import type { NixParser } from './parser';
import { HOLE, stringText } from './string-text';

let parser: NixParser;
beforeAll(async () => {
  parser = await testParser();
});

/** Each character of a literal's text with what is written at its place. */
function follow(nix: string): { text: string; written: string } {
  const file = parser.parse('/a.nix', nix);
  const node = file.root.expression;
  if (node?.kind !== 'string') throw new Error(`${nix} is no string`);
  const found = stringText(file, node);
  if (found === null) throw new Error(`${nix} cannot be followed`);
  return {
    text: found.text,
    written: found.text
      .split('')
      .map((_, index) => nix[found.offsetAt(index)])
      .join(''),
  };
}

describe('the text of a string', () => {
  it('stands where it is written', () => {
    expect(follow('"Host(`a`)"')).toEqual({ text: 'Host(`a`)', written: 'Host(`a`)' });
  });

  it('has a hole for each interpolation', () => {
    expect(follow('"a${b}c${(d)}e${"}"}f"')).toEqual({
      text: `a${HOLE}c${HOLE}e${HOLE}f`,
      written: 'a$c$e$f',
    });
  });

  it('has what escapes mean, at the place of the escape', () => {
    expect(follow('"a\\"\\\\.b\\${c}$${d}"')).toEqual({
      text: 'a"\\.b${c}$${d}',
      written: 'a\\\\.b\\{c}$${d}',
    });
    expect(follow("''a'''b''${c}''\\td$${e}''")).toEqual({
      text: "a''b${c}\td$${e}",
      written: "a''b'{c}'d$${e}",
    });
  });

  it('leaves the indentation out', () => {
    const { text, written } = follow(["''", '    Host(`a`)', '      || Host(`${b}`)', "  ''"].join('\n'));
    expect(text).toBe(`Host(\`a\`)\n  || Host(\`${HOLE}\`)\n`);
    expect(written).toBe('Host(`a`)\n  || Host(`$`)\n');
  });

  it('stands where it is written between other line ends, too', () => {
    const { text, written } = follow(["''", '    Host(`a`)', '      || Host(`${b}`)', "  ''"].join('\r\n'));
    expect(text.replace(/\s/g, '')).toBe(`Host(\`a\`)||Host(\`${HOLE}\`)`);
    expect(written.replace(/\s/g, '')).toBe('Host(`a`)||Host(`$`)');
  });

  it('ends behind the last character', () => {
    const file = parser.parse('/a.nix', '"ab"');
    const node = file.root.expression;
    expect(node?.kind === 'string' ? stringText(file, node)?.offsetAt(2) : null).toBe(3);
  });
});
