import { describe, expect, test } from 'vitest';
import { toJson } from './print';
import { printedShape, printedText, thunkOfText } from './testing';
import { attempt, nesting } from './thunk';

describe('printed as nix-instantiate prints', () => {
  test.each([
    ['[ ]', '[ ]'],
    ['{ }', '{ }'],
    [
      '[ null true 1 1.5 "a" ./a (a: a) map (map (a: a)) ]',
      '[ null true 1 1.5 "a" /a <LAMBDA> <PRIMOP> <PRIMOP-APP> ]',
    ],
    [String.raw`"q\" b\\ n\n r\r t\t \${d} $e"`, String.raw`"q\" b\\ n\n r\r t\t \${d} $e"`],
    [
      '{ a.b = 1; "c d" = 2; "1" = 3; or = 4; "if" = 5; a-b = 6; "" = 7; }',
      '{ "" = 7; "1" = 3; a = { b = 1; }; a-b = 6; "c d" = 2; "if" = 5; or = 4; }',
    ],
    ['let s = { inherit s; n = 1; }; in s', '{ n = 1; s = «repeated»; }'],
    ['let l = [ 1 l ]; in l', '[ 1 [ 1 «repeated» ] ]'],
    ['let s = { n = 1; }; in [ s s { } { } ]', '[ { n = 1; } «repeated» { } { } ]'],
    ['throw "no"', 'error: no'],
    ['[ 1 (throw "no") ]', 'error: no'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));

  test.each([
    ['x', '?'],
    ['[ 1 x ]', '[ 1 ? ]'],
    ['{ a = x; b = 1; }', '{ a = ?; b = 1; }'],
    ['let a = a; in [ 1 a ]', '[ 1 ? ]'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});

describe('as JSON', () => {
  const reason = '`getEnv` reads the environment';
  test.each([
    ['{ a = [ 1 2.5 null true "s" ./p ]; }', { a: [1, 2.5, null, true, 's', '/p'] }],
    ['{ outPath = "/o"; name = "n"; }', '/o'],
    ['let s = { inherit s; n = 1; }; in s', { n: 1, s: '«repeated»' }],
    ['let s = { n = 1; }; in [ s s ]', [{ n: 1 }, { n: 1 }]],
    ['builtins.getEnv "X"', { unknown: reason }],
    ['[ 1 ] ++ builtins.getEnv "X"', [1, { unknown: reason }]],
    ['{ a = 1; } // builtins.getEnv "X"', { a: 1, complete: false }],
    ['9007199254740993', '9007199254740993'],
  ])('%s', async (text, json) => expect(toJson(await thunkOfText(text))).toEqual(json));

  test('a function has none', async () => {
    const thunk = await thunkOfText('{ f = a: a; }');
    expect(attempt(() => toJson(thunk))).toMatchObject({ message: 'cannot convert a function to JSON' });
  });
});

describe('depth', () => {
  const deep = "builtins.foldl' (tail: head: { inherit head tail; }) null (builtins.genList (i: i) 20000)";
  test.each([
    ['let f = n: 1 + f (n + 1); in f 0'],
    ['let f = n: let r = rec { inherit (f (n + 1)) v; w = v; }; in { v = r.w; }; in (f 0).v'],
    ['let f = n: { __toString = self: "${f (n + 1)}"; }; in "${f 0}"'],
    [
      "builtins.head (builtins.foldl' (a: i: [ (builtins.head a + 1) ]) [ 0 ] (builtins.genList (i: i) 20000))",
    ],
    [`builtins.toJSON (${deep})`],
    [`builtins.deepSeq (${deep}) 1`],
    ['let s = { outPath = s; }; in toString s'],
    ['let s = { __functor = self: n: 1 + self (n + 1); }; in s 0'],
  ])('%s is unknown instead of exhausting the stack', async (text) => {
    expect(await printedText(text)).toMatch(/^«unknown: the evaluation nests too deeply»$/);
    expect(nesting.depth).toBe(0);
  });

  test('what is deep is printed as far as it goes, and compared as a whole', async () => {
    expect(await printedShape(deep)).toMatch(/^\{ head = 19999; tail = \{ head = 19998; .*tail = \?; \}/);
    expect(await printedText(`${deep} == ${deep}`)).toBe('true');
  });
});

describe('equality', () => {
  test.each([
    ['[ 1 [ 2 ] ] == [ 1 [ 2 ] ]', 'true'],
    ['1 == 1.0', 'true'],
    ['(a: a) == (a: a)', 'false'],
    ['let f = a: a; in f == f', 'false'],
    ['let f = a: a; in [ f ] == [ f ]', 'true'],
    ['[ x 1 ] == [ x 2 ]', 'false'],
    ['[ x 1 ] == [ 3 1 ]', '?'],
    ['{ a = x; } == { b = 1; }', 'false'],
    ['({ a = 1; } // x) == { b = 1; }', 'false'],
    ['({ a = 1; } // x) == { a = 1; b = 1; }', '?'],
    ['({ a = 1; } // x) == { a = 2; }', 'false'],
    ['({ a = 1; } // x) == { a = 1; }', '?'],
    ['([ 1 ] ++ x) == [ 2 ]', '?'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});
