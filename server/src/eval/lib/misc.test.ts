import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.versions', [
  ['versions.major "1.2.3"', '"1"'],
  ['versions.minor "1.2.3"', '"2"'],
  ['versions.patch "1.2"', 'error: list index 2 is out of bounds'],
  ['versions.patch "1.2.3-rc1"', '"3"'],
  ['versions.majorMinor "1.2.3"', '"1.2"'],
  ['versions.pad 3 "1.2"', '"1.2.0"'],
  ['versions.pad 3 "1.3-rc1"', '"1.3.0-rc1"'],
  ['versions.pad 3 "1.2.3.4"', '"1.2.3"'],
  ['versions.splitVersion "1.2.3"', '[ "1" "2" "3" ]'],
]);

examples('lib.misc', [
  ['imap (i: v: i) [1 1]', '[ 1 2 ]'],
  ['fakeHash', '"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'],
  ['fakeSha256', '"0000000000000000000000000000000000000000000000000000000000000000"'],
  [
    'fakeSha512',
    '"00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"',
  ],
  ['nixType { outPath = 1; }', '"derivation"'],
  [
    'map nixType [ {} [] 1 "a" true null (x: x) 1.5 ]',
    '[ "attrs" "list" "int" "string" "bool" "null" "function" "string" ]',
  ],
  ['ifEnable true 1', '1'],
  ['map (ifEnable false) [ [1] { a = 1; } true 3 ]', '[ [ ] { } false null ]'],
  ['maybeAttr "a" 1 { a = 2; }', '2'],
  ['maybeAttr "z" 1 { a = 2; }', '1'],
  ['nvs "a" 1', '{ a = 1; }'],
  ['setAttr { a = 1; } "b" 2', '{ a = 1; b = 2; }'],
  ['setAttrMerge "a" [ ] { a = [ 1 ]; } (x: x ++ [ 2 ])', '{ a = [ 1 2 ]; }'],
  ['mergeAttrsWithFunc (a: b: a + b) { a = 1; b = 2; } { b = 3; c = 4; }', '{ a = 1; b = 5; c = 8; }'],
  [
    'mergeAttrsConcatenateValues { a = 1; b = [ 2 ]; } { b = 3; c = 4; }',
    '{ a = 1; b = [ 2 3 ]; c = [ 4 4 ]; }',
  ],
  ['uniqList { inputList = [ 1 2 1 ]; }', '[ 1 2 ]'],
  ['uniqList { inputList = [ 1 2 1 ]; acc = [ 2 ]; }', '[ 1 ]'],
  ['defaultMerge { a = 1; } { b = 2; }', '{ a = 1; b = 2; }'],
  ['defaultMerge { a = 1; } (x: { b = x.a + 1; })', '{ a = 1; b = 2; }'],
]);

examples('lib.stringsWithDeps, lib.kernel, lib.derivations', [
  [
    'textClosureList { a = fullDepEntry "A" [ "b" ]; b = noDepEntry "B"; c = packEntry [ "a" ]; } [ "c" "b" ]',
    '[ "B" "A" "" ]',
  ],
  ['textClosureMap id { a = fullDepEntry "A" [ "b" ]; b = noDepEntry "B"; } [ "a" ]', String.raw`"B\nA"`],
  ['stringAfter [ "a" ] "b"', '{ deps = [ "a" ]; text = "b"; }'],
  ['textClosureList { } [ "z" ]', "error: attribute 'z' missing"],
  ['kernel.option kernel.yes', '{ optional = true; tristate = "y"; }'],
  ['kernel.freeform "x"', '{ freeform = "x"; optional = false; }'],
  ['kernel.unset', '{ optional = false; tristate = null; }'],
  ['optionalDrvAttr true 1', '1'],
  ['optionalDrvAttr false 1', 'null'],
]);

examples('lib.types: tags', [
  ['isType "a" (setType "a" { x = 1; })', 'true'],
  ['isType "a" { }', 'false'],
  ['isOptionType types.int', 'true'],
  ['isOptionType { }', 'false'],
]);
