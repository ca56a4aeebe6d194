import { describe, expect, test } from 'vitest';
import { printedShape, printedText } from '../testing';

describe('lists', () => {
  test.each([
    ['builtins.length [ 1 (throw "not needed") ]', '2'],
    ['builtins.head [ 1 2 ]', '1'],
    ['builtins.tail [ 1 2 3 ]', '[ 2 3 ]'],
    ['builtins.elemAt [ "a" "b" ] 1', '"b"'],
    ['map (n: n * 2) [ 1 2 3 ]', '[ 2 4 6 ]'],
    ['builtins.length (map throw [ "a" "b" ])', '2'],
    ['map { __functor = self: n: n + self.by; by = 10; } [ 1 ]', '[ 11 ]'],
    ['builtins.genList (i: i * i) 4', '[ 0 1 4 9 ]'],
    ['builtins.filter (n: n > 1) [ 1 2 3 ]', '[ 2 3 ]'],
    ['builtins.partition (n: n > 1) [ 1 2 3 ]', '{ right = [ 2 3 ]; wrong = [ 1 ]; }'],
    [
      'builtins.groupBy (name: builtins.substring 0 1 name) [ "web" "db" "work" ]',
      '{ d = [ "db" ]; w = [ "web" "work" ]; }',
    ],
    ['builtins.elem { a = 1; } [ { a = 2; } { a = 1; } ]', 'true'],
    ['builtins.elem 1 [ 2 ]', 'false'],
    ['builtins.any (n: n > 1) [ 1 2 (throw "not needed") ]', 'true'],
    ['builtins.all (n: n > 1) [ 1 (throw "not needed") ]', 'false'],
    ['builtins.all (throw "no") [ ]', 'error: no'],
    ['builtins.concatLists [ [ 1 ] [ ] [ 2 3 ] ]', '[ 1 2 3 ]'],
    ['builtins.concatMap (n: [ n n ]) [ 1 2 ]', '[ 1 1 2 2 ]'],
    ['builtins.sort builtins.lessThan [ 3 1 2 ]', '[ 1 2 3 ]'],
    [
      'builtins.sort (a: b: a.n < b.n) [ { n = 2; v = "a"; } { n = 1; v = "b"; } { n = 2; v = "c"; } ]',
      '[ { n = 1; v = "b"; } { n = 2; v = "a"; } { n = 2; v = "c"; } ]',
    ],
    ['builtins.head [ ]', "error: 'builtins.head' called on an empty list"],
    ['builtins.tail [ ]', "error: 'builtins.tail' called on an empty list"],
    ['builtins.elemAt [ 1 ] 1', "error: 'builtins.elemAt' called with index 1 on a list of size 1"],
    ['builtins.genList (i: i) (-1)', 'error: cannot create list of size -1'],
    ['map 1 [ 2 ]', 'error: value is an integer while a function was expected'],
    ['map 1 [ ]', '[ ]'],
    ['builtins.filter (n: n) [ 1 ]', 'error: value is an integer while a Boolean was expected'],
    ['builtins.length { }', 'error: value is a set while a list was expected'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('lists that are partly unknown', () => {
  test.each([
    ['[ 1 ] ++ x', '[ 1 ? ]'],
    ['map (n: n + 1) ([ 1 ] ++ x)', '[ 2 ? ]'],
    ['builtins.length (map x [ 1 2 ])', '2'],
    ['builtins.length ([ 1 ] ++ x)', '?'],
    ['builtins.length [ x x ]', '2'],
    ['builtins.head ([ 1 ] ++ x)', '?'],
    ['builtins.head [ 1 x ]', '1'],
    ['builtins.elemAt [ 1 x 3 ] 2', '3'],
    ['builtins.elem 1 ([ 1 ] ++ x)', 'true'],
    ['builtins.elem 2 ([ 1 ] ++ x)', '?'],
    ['builtins.elem 2 [ x 2 ]', 'true'],
    ['builtins.elem 3 [ x 2 ]', '?'],
    ['builtins.filter (n: n > 1) ([ 1 2 ] ++ x)', '[ 2 ? ]'],
    ['builtins.filter (n: n > 1) [ 1 x 3 ]', '[ 3 ? ]'],
    ['builtins.partition (n: n > 1) [ 1 x 3 ]', '{ right = [ 3 ? ]; wrong = [ 1 ? ]; }'],
    [
      'builtins.groupBy (n: if n == 1 then "one" else "more") ([ 1 2 ] ++ x)',
      '{ more = [ 2 ? ]; one = [ 1 ? ]; ? }',
    ],
    ['builtins.any (n: n > 1) [ x 2 ]', 'true'],
    ['builtins.any (n: n > 1) [ x 1 ]', '?'],
    ['builtins.any (n: n > 1) [ x (throw "may not be reached") ]', '?'],
    ['builtins.all x [ ]', 'true'],
    ['builtins.all (n: n > 1) ([ 1 ] ++ x)', 'false'],
    ['builtins.all (n: n > 1) ([ 2 ] ++ x)', '?'],
    ['builtins.concatLists [ [ 1 ] x [ 2 ] ]', '[ 1 2 ? ]'],
    ['builtins.concatMap (n: if n == 1 then [ n ] else x) [ 1 2 ]', '[ 1 ? ]'],
    ['builtins.sort builtins.lessThan ([ 2 1 ] ++ x)', '[ 1 2 ? ]'],
    ['builtins.sort builtins.lessThan [ 2 x ]', '?'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});
