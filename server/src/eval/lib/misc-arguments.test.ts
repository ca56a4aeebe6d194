import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib (`with import ./lib; …`). */

examples('lib.misc: flags, closures, arguments', [
  [
    'map (checkFlag { flags = [ "a" ]; b = true; c = false; }) [ "true" "false" "a" "b" "c" "d" ]',
    '[ true false true true false false ]',
  ],
  [
    'map (getValue { flags = [ "a" ]; b = 5; } [ [ "c" 7 ] [ "d" null ] ]) [ "a" "b" "c" "d" "e" ]',
    '[ true 5 7 null null ]',
  ],
  ['checkReqs { flags = [ "a" ]; } [ ] [ [ "a" "b" ] ]', 'false'],
  ['checkReqs { flags = [ "a" "b" ]; } [ ] [ [ "a" "b" ] [ "c" "d" ] ]', 'true'],
  ['checkReqs { a = true; } [ [ "b" 1 ] ] [ [ "a" "b" ] ]', 'true'],
  [
    'checkReqs { a = 5; } [ [ "b" 1 ] ] [ [ "a" "b" ] ]',
    'error: value is an integer while a Boolean was expected',
  ],
  ['uniqListExt { inputList = [ 1 2 1 3 ]; }', '[ 1 2 3 ]'],
  [
    'uniqListExt { inputList = [ { a = 1; b = 2; } { a = 1; b = 3; } ]; getter = x: x.a; }',
    '[ { a = 1; b = 2; } ]',
  ],
  [
    'uniqListExt { inputList = [ 1 11 2 ]; compare = a: b: mod a 10 == mod b 10; outputList = [ 2 ]; }',
    '[ 2 1 ]',
  ],
  ['condConcat "n" [ true "-a" false "-b" true "-c" ] (x: x)', '"n-a-c"'],
  ['condConcat "n" [ ] (x: x)', '"n"'],
  [
    'lazyGenericClosure { startSet = [ { key = 1; } { key = 5; } ]; operator = x: if x.key < 4 then [ { key = x.key + 1; } ] else [ ]; }',
    '[ { key = 4; } { key = 3; } { key = 2; } { key = 5; } { key = 1; } ]',
  ],
  [
    'modifySumArgs (a: b: { inherit a; }) { x = 1; } { p = 1; } { q = 2; } null',
    '{ a = { p = 1; q = 2; }; x = 1; }',
  ],
  [
    'closePropagation [ { outPath = "a"; propagatedBuildInputs = [ { outPath = "b"; } null ]; } { outPath = "c"; propagatedNativeBuildInputs = [ { outPath = "a"; } { outPath = "d"; } ]; } null ]',
    '[ { outPath = "a"; propagatedBuildInputs = [ { outPath = "b"; } null ]; } { outPath = "c"; propagatedNativeBuildInputs = [ { outPath = "a"; } { outPath = "d"; } ]; } «repeated» «repeated» ]',
  ],
  [
    'closePropagationSlow [ { outPath = "a"; propagatedBuildInputs = [ { outPath = "b"; } null ]; } { outPath = "c"; propagatedNativeBuildInputs = [ { outPath = "b"; } { outPath = "d"; } ]; } null 5 ]',
    "error: undefined variable 'closePropagationSlow'",
  ],
  [
    'closePropagationSlow [ { outPath = "a"; propagatedBuildInputs = [ { outPath = "b"; } { outPath = "c"; } ]; } { outPath = "c"; } ]',
    "error: undefined variable 'closePropagationSlow'",
  ],
  [
    'innerClosePropagation [ { outPath = "z"; } ] [ { outPath = "a"; propagatedBuildInputs = [ { outPath = "z"; } ]; } ]',
    '[ { outPath = "a"; propagatedBuildInputs = [ { outPath = "z"; } ]; } { outPath = "z"; } ]',
  ],
  [
    'let r = foldArgs (a: b: a // b) (x: { inherit x; }) { a = 1; } { b = 2; }; in [ r.x r.passthru.args (r.override { c = 3; }).x (r.passthru.function (old: { d = old.a; })).x ]',
    '[ { a = 1; b = 2; } { b = 2; } { a = 1; b = 2; c = 3; } { a = 1; b = 2; d = 1; } ]',
  ],
  [
    'mergeAttrsNoOverride { } { buildInputs = [ 1 ]; a = 1; } { buildInputs = [ 2 ]; b = 2; }',
    '{ a = 1; b = 2; buildInputs = [ 2 1 ]; }',
  ],
  [
    'mergeAttrsNoOverride { } { a = 1; } { a = 2; }',
    'error: error mergeAttrsNoOverride, attribute a given in both attributes - no merge func defined',
  ],
  ['mergeAttrsNoOverride { } { buildPhase = 1; } { buildPhase = 2; }', '{ buildPhase = 1; }'],
  ['mergeAttrsNoOverride { mergeLists = [ "a" ]; } { a = [ 1 ]; } { a = [ 2 ]; }', '{ a = [ 2 1 ]; }'],
  [
    'removeAttrs (mergeAttrByFunc { inherit mergeAttrBy; buildInputs = [ 1 ]; meta = { a = 1; }; x = 1; } { buildInputs = [ 2 ]; meta = { b = 2; }; x = 2; }) [ "mergeAttrBy" ]',
    '{ buildInputs = [ 1 2 ]; meta = { a = 1; b = 2; }; x = 2; }',
  ],
  [
    'attrNames (mergeAttrByFunc { inherit mergeAttrBy; } { }).mergeAttrBy',
    '[ "buildInputs" "cfg" "configureFlags" "flags" "meta" "nativeBuildInputs" "passthru" "patches" "postAll" "postInstall" "preConfigure" "prePhases" "propagatedBuildInputs" ]',
  ],
  [
    'mergeAttrsByFuncDefaultsClean [ { buildInputs = [ 1 ]; preConfigure = "a"; } { buildInputs = [ 2 ]; preConfigure = "b"; y = 1; } { y = 2; } ]',
    String.raw`{ buildInputs = [ 1 2 ]; preConfigure = "a\nb"; y = 2; }`,
  ],
  ['mergeAttrByFunc { a = 1; } { b = 2; }', '{ a = 1; b = 2; }'],
]);

examples('lib.kernel.whenHelpers', [
  ['(kernel.whenHelpers "5.10").whenAtLeast "5.4" "x"', '{ _type = "if"; condition = true; content = "x"; }'],
  ['(kernel.whenHelpers "5.10").whenOlder "5.4" "x"', '{ _type = "if"; condition = false; content = "x"; }'],
  [
    '(kernel.whenHelpers "5.10").whenBetween "5.10" "5.11" "x"',
    '{ _type = "if"; condition = true; content = "x"; }',
  ],
]);
