import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.meta', [
  ['addMetaAttrs { a = 1; } { meta = { b = 2; }; }', '{ meta = { a = 1; b = 2; }; }'],
  ['addMetaAttrs { a = 1; } { name = "x"; }', '{ meta = { a = 1; }; name = "x"; }'],
  ['(addMetaAttrs { a = 1; } { overrideAttrs = f: f { meta.z = 2; }; })', '{ meta = { a = 1; z = 2; }; }'],
  ['dontDistribute { }', '{ meta = { hydraPlatforms = [ ]; }; }'],
  ['setName "n" { name = "o"; }', '{ name = "n"; }'],
  ['updateName (n: n + "x") { name = "o"; }', '{ name = "ox"; }'],
  ['appendToName "s" { name = "foo-1.2"; }', '{ name = "foo-s-1.2"; }'],
  ['mapDerivationAttrset (p: 1) { a = { type = "derivation"; }; b = 2; }', '{ a = 1; b = 2; }'],
  ['setPrio 7 { }', '{ meta = { priority = 7; }; }'],
  ['lowPrio { }', '{ meta = { priority = 10; }; }'],
  ['hiPrio { }', '{ meta = { priority = -10; }; }'],
  [
    'hiPrioSet { a = { type = "derivation"; }; b = 1; }',
    '{ a = { meta = { priority = -10; }; type = "derivation"; }; b = 1; }',
  ],
  [
    'getExe { type = "derivation"; outPath = "/x"; name = "foo-1"; meta.mainProgram = "bar"; }',
    '"/x/bin/bar"',
  ],
  ['getExe { type = "derivation"; outPath = "/x"; name = "foo-1"; }', '"/x/bin/foo"'],
  ['getExe { type = "derivation"; outPath = "/x"; pname = "pn"; name = "foo-1"; }', '"/x/bin/pn"'],
  [
    String.raw`getExe' { type = "derivation"; outPath = "/x"; bin = { outPath = "/b"; }; } "prog"`,
    '"/b/bin/prog"',
  ],
  [
    String.raw`getExe' { type = "derivation"; outPath = "/x"; } "a/b"`,
    String.raw`error: lib.meta.getExe': The second argument "a/b" is a nested path with a "/" character, but it should just be the name of the executable instead.`,
  ],
  [
    String.raw`getExe' "x" "b"`,
    "error: lib.meta.getExe': The first argument is of type a string, but it should be a derivation instead.",
  ],
  ['meta.cpeFullVersionWithVendor "v" "1"', '{ update = "*"; vendor = "v"; version = "1"; }'],
  ['meta.defaultPriority', '5'],
  ['meta.platformMatch { system = "x"; } "x"', 'true'],
  ['meta.platformMatch { } "x"', 'false'],
]);
