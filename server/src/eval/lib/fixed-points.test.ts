import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.fixedPoints', [
  [
    'fix (self: { foo = "foo"; bar = "bar"; foobar = self.foo + self.bar; })',
    '{ bar = "bar"; foo = "foo"; foobar = "foobar"; }',
  ],
  ["(fix' (self: { a = 1; b = self.a; })).b", '1'],
  ["(fix' (self: { a = 1; b = self.a; })).__unfix__ { a = 5; }", '{ a = 1; b = 5; }'],
  ['converge (x: x / 2) 16', '0'],
  [
    'fix (extends (final: prev: { a = prev.a + 1; c = final.a; }) (final: { a = 1; b = final.a; }))',
    '{ a = 2; b = 2; c = 2; }',
  ],
  [
    'fix (extends (composeExtensions (final: prev: { a = prev.a + 1; }) (final: prev: { a = prev.a * 10; d = final.b; })) (final: { a = 1; b = final.a; }))',
    '{ a = 20; b = 20; d = 20; }',
  ],
  [
    'fix (extends (composeManyExtensions [ (f: p: { a = p.a + 1; }) (f: p: { a = p.a * 10; }) (f: p: { z = f.a; }) ]) (final: { a = 1; b = final.a; }))',
    '{ a = 20; b = 20; z = 20; }',
  ],
  ['composeManyExtensions [] {} {}', '{ }'],
  ['(makeExtensible (final: { a = 1; b = final.a; })).b', '1'],
  [
    'let o = (makeExtensible (final: { a = 1; b = final.a; })).extend (f: p: { a = p.a + 5; c = "x"; }); in [ o.a o.b o.c (attrNames o) ]',
    '[ 6 6 "x" [ "__unfix__" "a" "b" "c" "extend" ] ]',
  ],
  [
    'let o = ((makeExtensible (final: { a = 1; b = final.a; })).extend (f: p: { a = p.a + 5; })).extend (f: p: { a = p.a * 2; }); in [ o.a o.b ]',
    '[ 12 12 ]',
  ],
  [
    '(makeExtensibleWithCustomName "foo" (final: { a = 1; })) .foo (f: p: { a = p.a + 1; b = 2; }) .a',
    'error: value is a function while a set was expected',
  ],
  ['attrNames (makeExtensibleWithCustomName "foo" (final: { a = 1; }))', '[ "__unfix__" "a" "foo" ]'],
  ['(toExtension { a = 1; } null null)', '{ a = 1; }'],
  ['(toExtension (prev: { a = prev.b; }) null { b = 3; })', '{ a = 3; }'],
  ['(toExtension (final: prev: { a = prev.b; }) null { b = 3; })', '{ a = 3; }'],
  ['(lib.extend (final: prev: { foo = prev.toUpper "x"; bar = final.foo; })).bar', '"X"'],
  ['((lib.extend (final: prev: { foo = 1; })).extend (final: prev: { bar = final.foo + 1; })).bar', '2'],
  ['(lib.extend (final: prev: { })).toLower "ABC"', '"abc"'],
]);
