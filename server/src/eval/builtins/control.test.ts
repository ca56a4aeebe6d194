import { describe, expect, test } from 'vitest';
import { printedShape, printedText } from '../testing';

describe('control', () => {
  test.each([
    ['builtins.seq [ (throw "not needed") ] 1', '1'],
    ['builtins.seq (throw "needed") 1', 'error: needed'],
    ['builtins.deepSeq [ { a = throw "needed"; } ] 1', 'error: needed'],
    ['builtins.deepSeq (let set = { a = 1; inherit set; }; in set) 1', '1'],
    ['builtins.tryEval (throw "no")', '{ success = false; value = false; }'],
    ['builtins.tryEval (assert false; 1)', '{ success = false; value = false; }'],
    ['builtins.tryEval { a = 1; }', '{ success = true; value = { a = 1; }; }'],
    ['builtins.tryEval (abort "now")', "error: evaluation aborted with the following error message: 'now'"],
    ['builtins.tryEval { }.a', "error: attribute 'a' missing"],
    ['throw "port ${toString 80} is taken"', 'error: port 80 is taken'],
    ['builtins.trace "seen" 1', '1'],
    ['builtins.warn "seen" 1', '1'],
    ['builtins.traceVerbose (throw "not needed") 1', '1'],
    ['builtins.addErrorContext "here" 1', '1'],
    ["builtins.foldl' (sum: n: sum + n) 0 [ 1 2 3 ]", '6'],
    ['builtins.foldl\' (_: n: n) (throw "not needed") [ 1 2 ]', '2'],
    ["builtins.foldl' (_: n: n) 7 [ ]", '7'],
    ['builtins.foldl\' (_: n: n) 0 [ (throw "no") 2 ]', 'error: no'],
    [
      'map (e: e.key) (builtins.genericClosure { startSet = [ { key = 1; } ]; operator = { key }: if key > 3 then [ ] else [ { key = key + 1; } { key = key * 2; } ]; })',
      '[ 1 2 3 4 6 ]',
    ],
    ['builtins.genericClosure { startSet = [ { } ]; operator = e: [ ]; }', "error: attribute 'key' missing"],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('control with unknowns', () => {
  test.each([
    ['builtins.trace x 1', '1'],
    ['builtins.seq x 1', '?'],
    ['builtins.tryEval x', '?'],
    ['throw x', 'error: ?'],
    ['(builtins.tryEval (throw x)).success', 'false'],
    ["builtins.foldl' (a: b: a // b) { } [ { a = 1; } x { b = 2; } ]", '{ a = 1; b = 2; ? }'],
    ["builtins.foldl' (a: b: a + b) 0 ([ 1 ] ++ x)", '?'],
    ['builtins.genericClosure { startSet = [ { key = 1; } x ]; operator = e: [ ]; }', '[ { key = 1; } ? ]'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});
