import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.asserts', [
  ['assertMsg true "x"', 'true'],
  ['assertMsg false "x"', 'error: x'],
  ['assertOneOf "a" 1 [ 1 2 ]', 'true'],
  ['assertOneOf "a" 3 [ 1 2 ]', 'error: a must be one of [\n  1\n  2\n], but is: 3'],
  ['lib.asserts.assertEachOneOf "a" [1 2] [1 2 3]', 'true'],
  [
    'lib.asserts.assertEachOneOf "a" [1 4] [1 2 3]',
    'error: each element in a must be one of [\n  1\n  2\n  3\n], but is: [\n  1\n  4\n]',
  ],
  ['lib.asserts.checkAssertWarn [ { assertion = true; message = "m"; } ] [ "w" ] 5', '5'],
  [
    'lib.asserts.checkAssertWarn [ { assertion = false; message = "m"; } ] [ ] 5',
    'error: \nFailed assertions:\n- m',
  ],
]);

examples('lib.debug', [
  ['traceVal 5', '5'],
  ['traceIf true "x" 1', '1'],
  ['traceValFn (x: x) 1', '1'],
  ['traceSeq { a = 1; } 2', '2'],
  ['traceSeqN 2 { a.b.c = 3; } null', 'null'],
  ['traceValSeq [1]', '[ 1 ]'],
  ['traceValSeqN 2 { a.b.c = 3; }', '{ a = { b = { c = 3; }; }; }'],
  ['traceFnSeqN 2 "id" (x: x) { a.b = 3; }', '{ a = { b = 3; }; }'],
  ['traceSeq (throw "x") 1', 'error: x'],
  [
    'runTests { testA = { expr = 1; expected = 1; }; testB = { expr = 1; expected = 2; }; other = { expr = 1; expected = 2; }; }',
    '[ { expected = 2; name = "testB"; result = 1; } ]',
  ],
  [
    'runTests { tests = ["other"]; testB = { expr = 1; expected = 2; }; other = { expr = 1; expected = 2; }; }',
    '[ { expected = 2; name = "other"; result = 1; } ]',
  ],
  ['testAllTrue [ true false ]', '{ expected = [ true true ]; expr = [ true false ]; }'],
  ['addErrorContext "x" 1', '1'],
]);
