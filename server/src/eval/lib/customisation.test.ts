import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.customisation', [
  ['(makeOverridable ({ a, b ? 2 }: { sum = a + b; }) { a = 1; }).sum', '3'],
  ['((makeOverridable ({ a, b ? 2 }: { sum = a + b; }) { a = 1; }).override { b = 10; }).sum', '11'],
  [
    '(((makeOverridable ({ a, b ? 2 }: { sum = a + b; }) { a = 1; }).override (old: { a = old.a + 5; })).override { b = 0; }).sum',
    '6',
  ],
  ['functionArgs (makeOverridable ({ a, b ? 2 }: { sum = a + b; }))', '{ a = false; b = true; }'],
  [
    'functionArgs (makeOverridable ({ a, b ? 2 }: { sum = a + b; }) { a = 1; }).override',
    '{ a = false; b = true; }',
  ],
  [
    'attrNames (makeOverridable ({ a, b ? 2 }: { sum = a + b; }) { a = 1; })',
    '[ "override" "overrideDerivation" "sum" ]',
  ],
  ['makeOverridable ({ a }: 5) { a = 1; }', '5'],
  ['(makeOverridable ({ a }: x: x + a) { a = 1; }) 5', '6'],
  ['((makeOverridable ({ a }: x: x + a) { a = 1; }).override { a = 7; }) 5', '12'],
  ['(callPackageWith { a = 1; z = 3; } ({ a, b ? 2 }: { sum = a + b; }) { }).sum', '3'],
  ['(callPackageWith { a = 1; } ({ a, b ? 2 }: { sum = a + b; }) { b = 5; }).sum', '6'],
  [
    '(callPackageWith { } ({ a, b ? 2 }: { sum = a + b; }) { b = 5; }).sum',
    'error: lib.customisation.callPackageWith: Function called without required argument "a"',
  ],
  ['((callPackageWith { a = 1; } ({ a, b ? 2 }: { sum = a + b; }) { }).override { a = 9; }).sum', '11'],
  ['(callPackagesWith { a = 1; } ({ a }: { p = { v = a; }; q = { v = a + 1; }; }) { }).q.v', '2'],
  [
    '((callPackagesWith { a = 1; } ({ a }: { p = { v = a; }; q = { v = a + 1; }; }) { }).q.override { a = 5; }).v',
    '6',
  ],
  [
    'callPackagesWith { } ({ }: { type = "derivation"; }) { }',
    'error: function `callPackages` was called on a *single* derivation',
  ],
  [
    'let s = makeScope (extra: callPackageWith ({ a = 1; } // extra)) (self: { b = self.callPackage ({ a }: { v = a; }) { }; c = self.callPackage ({ b }: { v = b.v + 1; }) { }; }); in [ s.b.v s.c.v ((s.overrideScope (f: p: { b = { v = 10; }; })).c.v) ]',
    '[ 1 2 11 ]',
  ],
  [
    'attrNames (makeScope (extra: callPackageWith extra) (self: { b = 1; }))',
    '[ "b" "callPackage" "newScope" "overrideScope" "packages" ]',
  ],
  [
    '(extendDerivation true { x = 1; } { type = "derivation"; outputs = [ "out" ]; out = { type = "derivation"; outPath = "/o"; drvPath = "/d"; outputName = "out"; }; outPath = "/o"; drvPath = "/d"; }).out.x',
    '1',
  ],
  ['(extendDerivation true { x = 1; } { type = "derivation"; outPath = "/o"; drvPath = "/d"; }).x', '1'],
  [
    '(extendDerivation false { x = 1; } { type = "derivation"; outPath = "/o"; drvPath = "/d"; }).outPath',
    'error: assertion failed',
  ],
  [
    'renameCrossIndexFrom "p" { pBuildBuild = 1; pBuildHost = 2; pBuildTarget = 3; pHostHost = 4; pHostTarget = 5; pTargetTarget = 6; }',
    '{ buildBuild = 1; buildHost = 2; buildTarget = 3; hostHost = 4; hostTarget = 5; targetTarget = 6; }',
  ],
  [
    'renameCrossIndexTo "p" { buildBuild = 1; buildHost = 2; buildTarget = 3; hostHost = 4; hostTarget = 5; targetTarget = 6; }',
    '{ pBuildBuild = 1; pBuildHost = 2; pBuildTarget = 3; pHostHost = 4; pHostTarget = 5; pTargetTarget = 6; }',
  ],
  [
    'mapCrossIndex (x: x * 2) { buildBuild = 1; buildHost = 2; buildTarget = 3; hostHost = 4; hostTarget = 5; targetTarget = 6; }',
    '{ buildBuild = 2; buildHost = 4; buildTarget = 6; hostHost = 8; hostTarget = 10; targetTarget = 12; }',
  ],
]);
