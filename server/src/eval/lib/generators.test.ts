import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.generators', [
  [
    'generators.toKeyValue { } { a = 1; b = "x=y"; "c=d" = true; n = null; f = 1.5; }',
    String.raw`"a=1\nb=x=y\nc\\=d=true\nf=1.500000\nn=null\n"`,
  ],
  [
    'generators.toKeyValue { listsAsDuplicateKeys = true; indent = "  "; } { a = [ 1 2 ]; b = 3; }',
    String.raw`"  a=1\n  a=2\n  b=3\n"`,
  ],
  [
    'generators.toKeyValue { mkKeyValue = k: v: "${k} -> ${toString v}"; } { a = 1; b = [ 1 2 ]; }',
    String.raw`"a -> 1\nb -> 1 2\n"`,
  ],
  [
    'generators.toKeyValue { mkKeyValue = generators.mkKeyValueDefault { mkValueString = v: if v == true then "yes" else "no"; } ": "; } { a = true; b = false; }',
    String.raw`"a: yes\nb: no\n"`,
  ],
  [
    'generators.toKeyValue { } { a = [ 1 ]; }',
    'error: generators.mkValueStringDefault: lists not supported: [\n  1\n]',
  ],
  [
    'generators.toKeyValue { } { a = { }; }',
    'error: generators.mkValueStringDefault: attrsets not supported: { }',
  ],
  [
    'generators.toKeyValue { } { a = x: x; }',
    'error: generators.mkValueStringDefault: functions not supported: <function>',
  ],
  ['generators.toKeyValue { foo = 1; } { a = 1; }', "error: function called with unexpected argument 'foo'"],
  [
    'generators.toINI { } { foo = { hi = "\\${test}"; ciao = "bar"; }; baz = { "also, integers" = 42; }; "br[]" = { }; }',
    '"[baz]\\nalso, integers=42\\n\\n[br\\\\[\\\\]]\\n\\n[foo]\\nciao=bar\\nhi=\\${test}\\n"',
  ],
  [
    'generators.toINI { listsAsDuplicateKeys = true; mkSectionName = toUpper; } { s = { a = [ 1 2 ]; }; }',
    String.raw`"[S]\na=1\na=2\n"`,
  ],
  ['generators.toINI { } { }', '""'],
  [
    'generators.toINI { } { s = { a = [ 1 2 ]; }; }',
    'error: generators.mkValueStringDefault: lists not supported: [\n  1\n  2\n]',
  ],
  [
    'generators.toINIWithGlobalSection { } { globalSection = { someGlobalKey = "hi"; }; sections = { foo = { hi = "x"; }; }; }',
    String.raw`"someGlobalKey=hi\n\n[foo]\nhi=x\n"`,
  ],
  [
    'generators.toINIWithGlobalSection { } { globalSection = { }; sections = { foo = { hi = "x"; }; }; }',
    String.raw`"[foo]\nhi=x\n"`,
  ],
  ['generators.toINIWithGlobalSection { } { globalSection = { a = 1; }; }', String.raw`"a=1\n\n"`],
  [
    'generators.toGitINI { url."ssh://git@github.com/".insteadOf = "https://github.com"; user.name = "edolstra"; }',
    String.raw`"[url \"ssh://git@github.com/\"]\n\tinsteadOf = \"https://github.com\"\n\n[user]\n\tname = \"edolstra\"\n"`,
  ],
  [
    String.raw`generators.toGitINI { user = { email = "a\"b\tc\\"; name = "x"; }; core.list = [ 1 "b" ]; a.b.c.d = true; "x.y".z = 1; "q\"x.y".z = 1; }`,
    String.raw`"[a \"b.c\"]\n\td = true\n\n[core]\n\tlist = 1\n\tlist = \"b\"\n\n[q\"x.y]\n\tz = 1\n\n[user]\n\temail = \"a\\\"b\\tc\\\\\"\n\tname = \"x\"\n\n[x \"y\"]\n\tz = 1\n"`,
  ],
  [
    'generators.toGitINI { a = { b = 1; c.d = 2; }; e.f = null; }',
    String.raw`"[a]\n\tb = 1\n\n[a \"c\"]\n\td = 2\n\n[e]\n\tf = null\n"`,
  ],
  ['generators.mkValueStringDefault { } 1', '"1"'],
  ['generators.mkValueStringDefault { } { type = "derivation"; outPath = "/x"; }', '"/x"'],
  ['generators.mkValueStringDefault { } null', '"null"'],
  ['generators.mkValueStringDefault { } "a"', '"a"'],
  ['generators.mkKeyValueDefault { } ":" "f:oo" "bar"', String.raw`"f\\:oo:bar"`],
  ['generators.toJSON { } { a = [ 1 "x" ]; }', String.raw`"{\"a\":[1,\"x\"]}"`],
  ['generators.toYAML { } { a = [ 1 "x" ]; }', String.raw`"{\"a\":[1,\"x\"]}"`],
  [
    String.raw`generators.toPretty { multiline = false; } { a = [ 1 2 { b = "x\ny"; } ]; }`,
    String.raw`"{ a = [ 1 2 { b = \"x\\ny\"; } ]; }"`,
  ],
  [
    'generators.toPretty { indent = "    "; } { a = [ 1 2 ]; }',
    String.raw`"{\n      a = [\n        1\n        2\n      ];\n    }"`,
  ],
  [
    'generators.toPretty { } { a = { __functor = self: x: x; b = 1; }; }',
    String.raw`"{\n  a = <function>;\n}"`,
  ],
  [
    'generators.toPretty { } (generators.withRecursion { throwOnDepthLimit = false; depthLimit = 2; } { a.b.c.d = 1; l = [ [ [ 1 ] ] ]; })',
    String.raw`"{\n  a = {\n    b = {\n      c = \"<unevaluated>\";\n    };\n  };\n  l = [\n    [\n      \"<unevaluated>\"\n    ]\n  ];\n}"`,
  ],
  [
    'generators.withRecursion { depthLimit = 2; } { a.b.c.d = 1; }',
    "error: Exceeded maximum eval-depth limit of 2 while trying to evaluate with `generators.withRecursion'!",
  ],
  ['generators.withRecursion { depthLimit = 9; } { a.b.c.d = 1; }', '{ a = { b = { c = { d = 1; }; }; }; }'],
  [String.raw`generators.toPretty { } "'''a\n''''b"`, String.raw`"''\n  ''''a\n  ''''''b''"`],
  [
    'generators.toDhall { } { a = 1; b = [ true "x" (-3) ]; c = { d = 1.5; }; }',
    String.raw`"{ a = +1, b = [ True, \"x\", -3 ], c = { d = 1.5 } }"`,
  ],
  ['generators.toDhall { } null', 'error: generators.toDhall: cannot convert a null to Dhall'],
  [
    'generators.toLua { } { a = 1; b = [ true "x" null ]; c = { }; d = [ ]; e = generators.mkLuaInline "f()"; g.h = 1.5; }',
    String.raw`"{\n  [\"a\"] = 1,\n  [\"b\"] = {\n    true,\n    \"x\",\n    nil\n  },\n  [\"c\"] = {},\n  [\"d\"] = {},\n  [\"e\"] = (f()),\n  [\"g\"] = {\n    [\"h\"] = 1.5\n  }\n}"`,
  ],
  [
    'generators.toLua { multiline = false; } { a = 1; b = [ true ]; }',
    String.raw`"{ [\"a\"] = 1, [\"b\"] = { true } }"`,
  ],
  [
    'generators.toLua { asBindings = true; } { a = 1; b.c = { x = 1; }; }',
    String.raw`"a = 1\nb = {\n  [\"c\"] = {\n    [\"x\"] = 1\n  }\n}\n"`,
  ],
  [
    'generators.toLua { asBindings = true; indent = "  "; } { a = [ 1 ]; }',
    String.raw`"  a = {\n    1\n  }\n"`,
  ],
  ['generators.toLua { asBindings = true; } { "a b" = 1; }', 'error: Bad Lua var names: a b'],
  ['generators.toLua { } (x: x)', 'error: generators.toLua: type lambda is unsupported'],
  [
    'generators.toYAML { } { http.routers.x = { rule = "Host(`a`)"; }; }',
    '"{\\"http\\":{\\"routers\\":{\\"x\\":{\\"rule\\":\\"Host(`a`)\\"}}}}"',
  ],
]);

examples('lib.cli', [
  [
    'cli.toGNUCommandLine { } { data = builtins.toJSON { id = 0; }; X = "PUT"; retry = 3; retry-delay = null; url = [ "https://a" "https://b" ]; silent = false; verbose = true; }',
    String.raw`[ "-X" "PUT" "--data" "{\"id\":0}" "--retry" "3" "--url" "https://a" "--url" "https://b" "--verbose" ]`,
  ],
  ['cli.toGNUCommandLineShell { } { X = "PUT it"; v = true; }', String.raw`"-X 'PUT it' -v"`],
  [
    'cli.toGNUCommandLine { optionValueSeparator = "="; } { a = 1; foo = [ "x" "y" ]; }',
    '[ "-a=1" "--foo=x" "--foo=y" ]',
  ],
  [
    'cli.toGNUCommandLine { mkOptionName = k: "-${k}"; mkBool = k: v: [ "${k}${boolToString v}" ]; mkList = k: v: [ k ] ++ v; } { a = false; foo = [ "x" "y" ]; b = 2; }',
    '[ "afalse" "-b" "2" "foo" "x" "y" ]',
  ],
  [
    'cli.toCommandLineGNU { } { v = true; verbose = [ true true false null ]; i = ".bak"; color = "auto"; jobs = 3; no = false; }',
    '[ "--color=auto" "-i.bak" "--jobs=3" "-v" "--verbose" "--verbose" ]',
  ],
  ['cli.toCommandLineShellGNU { } { v = true; i = ".b ak"; }', String.raw`"'-i.b ak' -v"`],
  [
    'cli.toCommandLineGNU { explicitBool = true; isLong = n: true; formatArg = v: "<${toString v}>"; } { v = true; n = null; }',
    '[ "--v=<1>" ]',
  ],
  [
    'cli.toCommandLine (n: { option = "-${n}"; sep = null; explicitBool = false; }) { a = 1; b = [ 2 3 ]; c = true; }',
    '[ "-a" "1" "-b" "2" "-b" "3" "-c" ]',
  ],
  [
    'cli.toCommandLineShell (n: { option = "-${n}"; sep = ":"; explicitBool = true; formatArg = toString; }) { a = 1; c = true; }',
    '"-a:1 -c:1"',
  ],
]);
