import { beforeAll, describe, expect, test } from 'vitest';
import { printedText, testParser } from '../eval/testing';
import type { NixParser } from './parser';

describe('pipe operators', () => {
  // What Nix makes of each: `|>` to the left, `<|` to the right, both below every other operator.
  test.each([
    ['1 |> (x: x + 1)', '2'],
    ["[ 1 2 ] |> map (x: x * 2) |> builtins.foldl' (a: b: a + b) 0", '6'],
    ['toString <| (x: x + 1) <| 4', '"5"'],
    ['1 + 2 |> toString', '"3"'],
    ['toString <| 1 + 2', '"3"'],
    ['[ 1 ] ++ [ 2 ] |> builtins.length', '2'],
    ['true -> false |> (x: [ x ])', '[ false ]'],
    ['false || true |> (x: [ x ])', '[ true ]'],
    ['true |> (x: !x) |> (x: !x)', 'true'],
    ['1 |> ((x: y: y x) <| 2)', 'error: attempt to call something which is not a function but an integer'],
    ['let i = 3; in "10.0.${i |> toString}.2"', '"10.0.3.2"'],
    ['{ a = 1; } |> builtins.attrNames |> (l: builtins.elemAt l 0)', '"a"'],
    ['if 1 |> (x: x == 1) then "yes" else "no"', '"yes"'],
    ['"a |> b <| c" + "" # |> <|', '"a |> b <| c"'],
    ['let f=x: x+1; in 1|>f', '2'],
    ['1 |> (x: x) |> (if true || false then (x: [ x ]) else (x: x))', '[ 1 ]'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));

  let nix: NixParser;
  beforeAll(async () => {
    nix = await testParser();
  });

  test('are no syntax error, and those that mix are no value', async () => {
    expect(nix.parse('/a.nix', '{ a = b |> c; d = e <| f; }').errors).toEqual([]);
    expect(await printedText('1 |> toString <| 2')).toContain('unknown');
  });

  test('are read again where an edit makes or unmakes one', () => {
    const document = nix.open('/a.nix', '{ a = b < c; z = 1; }');
    for (const text of [
      '{ a = b <| c; z = 1; }',
      '{ a = b | c; z = 1; }',
      '{ a = b |> c; z = 1; }',
      '{ a = b > c; z = 1; }',
    ]) {
      const edited = document.update(text);
      expect(edited.errors.map(({ message }) => message)).toEqual(
        nix.parse('/a.nix', text).errors.map(({ message }) => message),
      );
      const kinds = ({ root }: typeof edited): unknown =>
        root.expression?.kind === 'attrs'
          ? root.expression.bindings.map((binding) => (binding.kind === 'binding' ? binding.value.kind : ''))
          : null;
      if (edited.errors.length === 0) expect(kinds(edited)).toEqual(kinds(nix.parse('/a.nix', text)));
    }
    document.close();
  });
});
