/** For tests only: expressions without an end, or without one within reach, and what they come to. */

const CYCLE = '«unknown: infinite recursion»';
const DEPTH = '«unknown: the evaluation nests too deeply»';
const LENGTH = '«unknown: the evaluation takes too long»';
const IMPORTS = '«unknown: the imports of modules do not come to an end»';

const evaluated = (modules: string): string => `(evalModules { modules = [ ${modules} ]; }).config.a`;

export const TABLE: readonly (readonly [string, string])[] = [
  ['let x = x; in x', CYCLE],
  ['rec { a = b; b = a; }.a', CYCLE],
  ['let l = [ 1 ] ++ l; in l', CYCLE],
  ['fix (self: self)', CYCLE],
  ['let s = { a = s; }; in s', '{ a = «repeated»; }'],
  ['let s = { a = s; }; in builtins.deepSeq s 1', '1'],
  ['let f = x: f x; in f 1', DEPTH],
  ['let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 10000', DEPTH],
  ['let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 200', '200'],
  ['let f = n: [ (f (n + 1)) ]; in builtins.deepSeq (f 0) 1', DEPTH],
  ['let f = n: [ (f (n + 1)) ]; in builtins.toJSON (f 0)', DEPTH],
  ['let f = n: [ (f (n + 1)) ]; in flatten (f 0)', DEPTH],
  ['let f = n: { a = f (n + 1); }; in collect isInt (f 0)', DEPTH],
  ['let f = n: { a = f (n + 1); }; in generators.toPretty { } (f 0)', DEPTH],
  ['let f = n: { __toString = self: "${f (n + 1)}"; }; in "${f 0}"', DEPTH],
  ['let f = n: { outPath = f (n + 1); }; in "${f 0}"', DEPTH],
  ['let f = self: { __functor = f; }; in (f 0) 1', DEPTH],
  ['let f = n: { __functor = self: f (n + 1); }; in f 0 1 2', DEPTH],
  ['builtins.length (builtins.genList (x: x) 10000000)', LENGTH],
  ['range 1 100000000 == [ ]', LENGTH],
  ['strings.replicate 1000000000 "a"', LENGTH],
  [
    'let f = s: n: if n == 0 then s else f (s + s) (n - 1); in stringLength (f "aaaaaaaaaa" 40)',
    '«unknown: a text or list becomes too long»',
  ],
  ["foldl' (a: b: a + b) 0 (range 1 100000)", '5000050000'],
  ['foldr (a: b: a + b) 0 (range 1 100000)', '5000050000'],
  ["(foldl' (a: b: c: a (c + 1)) (x: x) (range 1 100000)) 0", DEPTH],
  ["builtins.deepSeq (builtins.foldl' (a: b: { x = a; }) { } (range 1 100000)) 1", DEPTH],
  ['builtins.tryEval (throw "x")', '{ success = false; value = false; }'],
  ['builtins.tryEval (assert false; 1)', '{ success = false; value = false; }'],
  ['builtins.tryEval (builtins.deepSeq [ (throw "x") ] 1)', '{ success = false; value = false; }'],
  ['builtins.tryEval (abort "x")', "error: evaluation aborted with the following error message: 'x'"],
  ['builtins.tryEval (1 + "a")', 'error: cannot coerce an integer to a string'],
  ['builtins.tryEval (let x = x; in x)', CYCLE],
  ['builtins.match "(a*)*b" (strings.replicate 5000 "a")', '«unknown: a regular expression takes too long»'],
  [evaluated('({ config, ... }: { options.a = mkOption { }; config.a = config.a; })'), CYCLE],
  [
    evaluated('({ config, ... }: { options.a = mkOption { }; config = mkIf config.a { a = true; }; })'),
    CYCLE,
  ],
  [evaluated('({ x, ... }: { options.a = mkOption { }; config._module.args.x = x; config.a = x; })'), CYCLE],
  [evaluated('({ options, ... }: { options.a = mkOption { default = options.a.value; }; })'), CYCLE],
  [`let m = { imports = [ m ]; }; in ${evaluated('m { options.a = mkOption { default = 1; }; }')}`, IMPORTS],
  ['let t = types.nullOr t; in t.description', DEPTH],
  [
    `builtins.fromJSON ''${'['.repeat(50_000)}${']'.repeat(50_000)}''`,
    '«unknown: JSON that nests too deeply»',
  ],
  ['let f = n: [ (f (n + 1)) ]; in toString (f 0)', DEPTH],
  [evaluated('(let f = n: mkMerge [ (f (n + 1)) ]; in { options.a = mkOption { }; config = f 0; })'), DEPTH],
  [
    `let t = types.attrsOf t; in ${evaluated('{ options.a = mkOption { type = t; }; } { a.b.c = { }; }')}`,
    '{ b = { c = { }; }; }',
  ],
];
