import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib (`with import ./lib; …`). */

examples('lib.customisation: build helpers', [
  ['hydraJob null', 'null'],
  [
    'hydraJob { name = "n"; system = "s"; meta = { }; out = { outPath = "/o"; drvPath = "/d"; }; }',
    '{ drvPath = "/d"; meta = { }; name = "n"; out = «repeated»; outPath = "/o"; outputName = "out"; outputs = [ "out" ]; system = "s"; type = "derivation"; }',
  ],
  [
    'hydraJob { name = "n"; system = "s"; meta = { }; outputs = [ "a" "b" ]; a = { outPath = "/o"; drvPath = "/d"; }; b = { outPath = "/o2"; drvPath = "/d2"; }; }',
    '{ a = «repeated»; b = { a = «repeated»; b = «repeated»; drvPath = "/d2"; meta = { }; name = "n"; outPath = "/o2"; outputName = "b"; outputs = [ "a" "b" ]; system = "s"; type = "derivation"; }; drvPath = "/d"; meta = { }; name = "n"; outPath = "/o"; outputName = "a"; outputs = «repeated»; system = "s"; type = "derivation"; }',
  ],
  [
    "let s = makeScopeWithSplicing' { splicePackages = x: x.pkgsHostTarget; newScope = extra: callPackageWith ({ a = 1; } // extra); } { otherSplices = { }; f = self: { b = self.callPackage ({ a }: { v = a; }) { }; c = self.callPackage ({ b }: { v = b.v + 1; }) { }; }; }; in [ s.b.v s.c.v ((s.overrideScope (f: p: { b = { v = 10; }; })).c.v) ]",
    '[ 1 2 11 ]',
  ],
  [
    'let s = makeScopeWithSplicing (x: x.pkgsHostTarget) (extra: callPackageWith ({ a = 1; } // extra)) { } (self: { }) (sp: { q = 5; }) (self: { b = self.callPackage ({ q }: { v = q; }) { }; }); in [ s.b.v (attrNames s) ]',
    '[ 5 [ "b" "callPackage" "newScope" "overrideScope" "packages" ] ]',
  ],
  ["functionArgs makeScopeWithSplicing'", '{ newScope = false; splicePackages = false; }'],
  [
    '(extendMkDerivation { constructDrv = f: fix f; extendDrvArgs = final: prev: { c = prev.a + 1; }; }) { a = 1; }',
    '{ a = 1; c = 2; }',
  ],
  [
    '(extendMkDerivation { constructDrv = f: fix f; excludeDrvArgNames = [ "a" ]; extendDrvArgs = final: { a, b ? 2, ... }: { c = a + b; }; }) (final: { a = 1; d = final.c; })',
    '{ c = 3; d = 3; }',
  ],
  [
    'functionArgs (extendMkDerivation { constructDrv = { x ? 1 }: x; extendDrvArgs = final: { a, b ? 2, ... }: { c = a + b; }; })',
    '{ a = false; b = true; x = true; }',
  ],
  [
    'functionArgs (extendMkDerivation { constructDrv = { x ? 1 }: x; excludeFunctionArgNames = [ "a" ]; inheritFunctionArgs = false; extendDrvArgs = final: { a, b ? 2, ... }: { c = a + b; }; })',
    '{ b = true; }',
  ],
  [
    'functionArgs extendMkDerivation',
    '{ constructDrv = false; excludeDrvArgNames = true; excludeFunctionArgNames = true; extendDrvArgs = false; inheritFunctionArgs = true; transformDrv = true; }',
  ],
  [
    '(extendMkDerivation { constructDrv = f: fix f; transformDrv = x: x // { t = 1; }; extendDrvArgs = final: prev: { c = prev.a + 1; }; }) { a = 1; }',
    '{ a = 1; c = 2; t = 1; }',
  ],
  [
    'attrNames (makeOverridable ({ a }: { overrideAttrs = f: { z = f; }; }) { a = 1; })',
    '[ "override" "overrideAttrs" "overrideDerivation" ]',
  ],
  [
    '((makeOverridable ({ a }: { v = a; overrideAttrs = f: { z = f; v = a; }; }) { a = 1; }).overrideAttrs 5).z',
    '5',
  ],
  [
    '(((makeOverridable ({ a }: { v = a; overrideAttrs = f: { z = f; v = a; }; }) { a = 1; }).overrideAttrs 5).override { a = 9; }).v',
    '9',
  ],
]);
