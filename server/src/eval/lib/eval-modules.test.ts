import { examples, shapes } from './testing';

/**
 * Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib (`with import ./lib; …`), in a folder
 * that holds these files; of its messages the first sentence.
 */

const FILES = {
  '/m/a.nix': '{ list = [ "a" ]; }\n',
  '/m/b.nix': '{ ... }: { imports = [ ./a.nix ]; list = [ "b" ]; }\n',
  '/m/curried.nix': '{ word }: { config, ... }: { list = [ word (toString config.n) ]; }\n',
  '/m/darwin.nix': '{ _class = "darwin"; n = 1; }\n',
  '/m/dir/default.nix': '{ imports = [ ../a.nix ]; config.list = [ "dir" ]; }\n',
  '/m/fn.nix': 'name: { lib, ... }: { config.list = lib.mkAfter [ name ]; }\n',
  '/m/keyed.nix': 'word: { key = "keyed"; list = [ word ]; }\n',
  '/m/nixos.nix': '{ _class = "nixos"; n = 2; }\n',
  '/m/opts.nix':
    '{ lib, ... }: { options.list = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; }; options.n = lib.mkOption { type = lib.types.int; default = 0; }; }\n',
  '/m/sub/notes.txt': 'no module\n',
  '/m/sub/one.nix': '{ list = [ "one" ]; }\n',
  '/m/sub/two.nix': '{ list = [ "two" ]; }\n',
};

examples(
  'evalModules',
  [
    ['(evalModules { modules = [ ./m/opts.nix ./m/a.nix ]; }).config.list', '[ "a" ]'],
    ['(evalModules { modules = [ ./m/opts.nix ./m/b.nix ]; }).config.list', '[ "a" "b" ]'],
    ['(evalModules { modules = [ ./m/opts.nix ./m/b.nix ./m/a.nix ]; }).config.list', '[ "a" "b" ]'],
    ['(evalModules { modules = [ ./m/opts.nix ./m/dir ]; }).config.list', '[ "a" "dir" ]'],
    ['(evalModules { modules = [ ./m/opts.nix (./m + "/dir") ]; }).config.list', '[ "a" "dir" ]'],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = [ { list = [ "set" ]; } ({ ... }: { list = [ "function" ]; }) ]; } ]; }).config.list',
      '[ "function" "set" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (import ./m/fn.nix "late") { list = [ "early" ]; } ]; }).config.list',
      '[ "early" "late" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = [ (import ./m/curried.nix { word = "w"; }) ]; n = 7; } ]; }).config.list',
      '[ "w" "7" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = map (name: import ./m/fn.nix name) [ "x" "y" ]; } ]; }).config.list',
      '[ "y" "x" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = map (name: ./m/sub + "/${name}") (builtins.filter (hasSuffix ".nix") (attrNames (builtins.readDir ./m/sub))); } ]; }).config.list',
      '[ "two" "one" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = mapAttrsToList (name: kind: ./m/sub + "/${name}") (filterAttrs (name: kind: kind == "regular" && hasSuffix ".nix" name) (builtins.readDir ./m/sub)); } ]; }).config.list',
      '[ "two" "one" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = filter (hasSuffix ".nix") (map toString (filesystem.listFilesRecursive ./m/sub)); } ]; }).config.list',
      '[ "two" "one" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (modules.importApply ./m/fn.nix "applied") ]; }).config.list',
      '[ "applied" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (setDefaultModuleLocation ./m/a.nix { list = [ "located" ]; }) ]; }).config.list',
      '[ "located" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { imports = [ ]; require = [ ./m/a.nix ]; } ]; }).config.list',
      '[ "a" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/b.nix { disabledModules = [ ./m/a.nix ]; } ]; }).config.list',
      '[ "b" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/b.nix { disabledModules = [ ./m/b.nix ]; } ]; }).config.list',
      '[ ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (import ./m/keyed.nix "first") (import ./m/keyed.nix "second") ]; }).config.list',
      '[ "first" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (import ./m/keyed.nix "first") { disabledModules = [ { key = "keyed"; } ]; } ]; }).config.list',
      '[ ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { key = "k"; list = [ "k" ]; } { disabledModules = [ "k" ]; } ]; specialArgs.modulesPath = ./m; }).config.list',
      '[ "k" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/b.nix { disabledModules = [ "a.nix" ]; } ]; specialArgs.modulesPath = ./m; }).config.list',
      '[ "b" ]',
    ],
    [
      '(evalModules { modules = [ ({ word, ... }: { options.o = mkOption { default = word; }; }) ]; specialArgs.word = "special"; }).config.o',
      '"special"',
    ],
    [
      '(evalModules { modules = [ ({ word, ... }: { options.o = mkOption { default = word; }; config._module.args.word = "arg"; }) ]; }).config.o',
      '"arg"',
    ],
    [
      '(evalModules { modules = [ ({ word ? "fallback", ... }: { options.o = mkOption { default = word; }; }) ]; }).config.o',
      "error: attribute 'word' missing",
    ],
    [
      '(evalModules { modules = [ ({ config, options, lib, ... }@args: { options.o = mkOption { default = attrNames args; }; }) ]; }).config.o',
      '[ "_class" "_prefix" "config" "lib" "options" "specialArgs" ]',
    ],
    [
      '(evalModules { modules = [ { options.p = mkPackageOption { hello = { name = "hi"; }; } "hello" { }; } ]; }).config.p.name',
      "error: A definition for option `p' is not of type `package'.",
    ],
    [
      '(evalModules { modules = [ { options.p = mkPackageOption { hello = { name = "hi"; }; } "hello" { nullable = true; default = null; }; } ]; }).config.p',
      'null',
    ],
    [
      '(evalModules { modules = [ { options.p = mkPackageOption { a.b = 5; } "it" { default = [ "a" "b" ]; }; } ]; }).options.p.defaultText.text',
      '"pkgs.a.b"',
    ],
    ['(evalModules { modules = [ { options.e = mkEnableOption "it"; } ]; }).config.e', 'false'],
    [
      '(evalModules { modules = [ { options.e = mkEnableOption "it" // { default = true; }; } ]; }).config.e',
      'true',
    ],
    [
      'let mkOpt = type: default: description: mkOption { inherit type default description; }; mkBoolOpt = mkOpt types.bool; in (evalModules { modules = [ { options = { on = mkBoolOpt true "on"; ip = mkOpt types.str "10.0.0.2" "address"; }; } { on = false; } ]; }).config',
      '{ ip = "10.0.0.2"; on = false; }',
    ],
    [
      '(evalModules { modules = [ { freeformType = types.attrsOf types.int; options.a = mkOption { default = 1; }; } { b = 2; } { c = 3; } ]; }).config',
      '{ a = 1; b = 2; c = 3; }',
    ],
    [
      '(evalModules { modules = [ { freeformType = types.attrsOf types.int; } { b = "x"; } ]; }).config.b',
      "error: A definition for option `b' is not of type `signed integer'.",
    ],
    [
      '(evalModules { modules = [ { freeformType = types.lazyAttrsOf (types.listOf types.int); } { b = [ 1 ]; } { b = [ 2 ]; } ]; }).config',
      '{ b = [ 2 1 ]; }',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { freeformType = types.attrsOf types.str; options.port = mkOption { type = types.port; default = 80; }; }; default = { }; }; } { s.host = "h"; } ]; }).config',
      '{ s = { host = "h"; port = 80; }; }',
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.int; apply = x: x + 1; }; } { a = 1; } ]; }).config.a',
      '2',
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.listOf types.int; apply = length; default = [ ]; }; } { a = [ 1 2 ]; } { a = [ 3 ]; } ]; }).config.a',
      '3',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { n = 1; } { n = mkForce 2; } { n = mkDefault 3; } ]; }).config.n',
      '2',
    ],
    ['(evalModules { modules = [ ./m/opts.nix { n = mkDefault 3; } ]; }).config.n', '3'],
    [
      '(evalModules { modules = [ ./m/opts.nix { n = mkOptionDefault 3; } ]; }).config.n',
      "error: The option `n' has conflicting definition values.",
    ],
    ['(evalModules { modules = [ ./m/opts.nix { n = mkOverride 90 3; } { n = 4; } ]; }).config.n', '3'],
    [
      '(evalModules { modules = [ ./m/opts.nix { n = mkIf false 3; } { n = mkIf true 4; } ]; }).config.n',
      '4',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (mkIf false { n = 3; }) (mkIf true { n = 4; }) ]; }).config.n',
      '4',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { config = mkMerge [ { n = 3; } (mkIf false { n = 4; }) ]; } ]; }).config.n',
      '3',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { list = mkAfter [ "z" ]; } { list = [ "m" ]; } { list = mkBefore [ "a" ]; } { list = mkOrder 700 [ "f" ]; } ]; }).config.list',
      '[ "a" "f" "m" "z" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { list = mkForce (mkBefore [ "a" ]); } { list = [ "x" ]; } ]; }).config.list',
      '[ "a" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix { n = 1; } { n = 2; } ]; }).config.n',
      "error: The option `n' has conflicting definition values.",
    ],
    ['(evalModules { modules = [ ./m/opts.nix { n = 1; } { n = 1; } ]; }).config.n', '1'],
    [
      '(evalModules { modules = [ ./m/opts.nix { n = "x"; } ]; }).config.n',
      "error: A definition for option `n' is not of type `signed integer'.",
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.str; }; } ]; }).config.a',
      "error: The option `a' was accessed but has no value defined. Try setting the option.",
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.attrsOf types.int; }; } { a.x = 1; } { a.y = mkIf false 2; a.z = mkForce 3; } { a.z = 4; } ]; }).config.a',
      '{ x = 1; z = 3; }',
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.enum [ "x" ]; }; } { options.a = mkOption { type = types.enum [ "y" ]; }; } { a = "y"; } ]; }).config.a',
      '"y"',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { options.x = mkOption { default = 1; }; }; default = { }; }; } { options.s.y = mkOption { default = 2; }; } ]; }).config.s',
      '{ x = 1; y = 2; }',
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } { b = 1; } ]; }).config.a',
      "error: The option `b' does not exist.",
    ],
    [
      '(evalModules { modules = [ { options.a.c = mkOption { default = 1; }; } { a.b = 1; } ]; }).config.a',
      "error: The option `a.b' does not exist.",
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } { b = mkIf false 1; } ]; }).config.a',
      "error: The option `b' does not exist.",
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } { _module.check = false; b = 1; } ]; }).config',
      '{ a = 1; }',
    ],
    [
      '(evalModules { modules = [ ({ config, ... }: { options.a = mkOption { default = config.b or "none"; }; config = { _module.check = false; b = 1; }; }) ]; }).config.a',
      '"none"',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.attrsOf (types.submodule { options.x = mkOption { default = 1; }; }); }; } { s.one.y = 2; } ]; }).config.s',
      "error: The option `s.one.y' does not exist.",
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.attrsOf (types.submodule { options.x = mkOption { default = 1; }; }); }; } { s.one.x = 2; } ]; }).config.s',
      '{ one = { x = 2; }; }',
    ],
    ['(evalModules { modules = [ { a = 1; } ]; }).config', "error: The option `a' does not exist."],
    [
      '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } (evalModules { modules = [ ]; }) ]; }).config.a',
      'error: Expected a module, but found a value of type "configuration"',
    ],
    [
      '((extend (final: prev: { word = "own"; })).evalModules { modules = [ ({ lib, ... }: { options.a = lib.mkOption { default = lib.word; }; }) ]; }).config.a',
      '"own"',
    ],
    [
      '((((extend (final: prev: { word = "own"; })).extend (final: prev: { more = "${prev.word}!"; })).modules.evalModules { modules = [ ({ lib, ... }: { options.a = lib.mkOption { default = lib.more; }; }) ]; }).extendModules { modules = [ ({ lib, ... }: { a = lib.more + lib.word; }) ]; }).config.a',
      '"own!own"',
    ],
    [
      '((evalModules { modules = [ ./m/opts.nix { n = 1; } ]; }).extendModules { modules = [ { n = mkForce 2; } ]; }).config.n',
      '2',
    ],
    [
      '(evalModules { modules = [ ({ extendModules, ... }: { options.a = mkOption { default = 1; }; options.b = mkOption { default = (extendModules { modules = [ { a = 5; b = 0; } ]; }).config.a; }; }) ]; }).config.b',
      '5',
    ],
    [
      '(evalModules { modules = [ ({ moduleType, ... }: { options.v = mkOption { type = types.lazyAttrsOf moduleType; default = { }; }; options.a = mkOption { type = types.attrsOf types.int; }; config.a.r = 0; config.v.x.a.s = 1; config.v.x.v.y.a.t = 2; }) ]; }).config.v.x.v.y.a',
      '{ r = 0; s = 1; t = 2; }',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { default = { }; type = types.submodule ({ extendModules, ... }: { options.p = mkOption { default = 1; }; options.q = mkOption { default = (extendModules { modules = [ { p = 9; q = 0; } ]; }).config.p; }; }); }; } ]; }).config.s.q',
      '9',
    ],
    [
      '(evalModules { modules = [ { options.a = mkOption { type = types.either (types.submodule { }) types.bool; }; } ]; }).options.a.type.description',
      '"(submodule) or boolean"',
    ],
    [
      '(evalModules { modules = [ (mkRenamedOptionModule [ "old" ] [ "n" ]) ./m/opts.nix { options.warnings = mkOption { default = [ ]; type = types.listOf types.str; }; } { old = 4; } ]; }).config.n',
      '4',
    ],
    [
      '(evalModules { modules = [ ({ _prefix, ... }: { options.a = mkOption { default = _prefix; }; }) ]; prefix = [ "x" ]; }).config.a',
      '[ "x" ]',
    ],
  ],
  FILES,
);

examples('what evalModules refuses, files aside', [
  [
    '(evalModules { modules = [ { options.a = types.str; } { a = "x"; } ]; }).config.a',
    "error: In module /test.nix: expected an option declaration at option path `a' but got an attribute set with type option-type",
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { type = types.int; }; } { options.a = mkOption { type = types.str; }; } ]; }).config.a',
    "error: The option `a' in `/test.nix' is already declared in `/test.nix'.",
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } { options.a = mkOption { default = 2; }; } ]; }).config.a',
    "error: The option `a' in `/test.nix' is already declared in `/test.nix'.",
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { type = types.int; }; } { options.a.b = mkOption { }; } ]; }).config.a',
    "error: The option `a' in module `/test.nix' would be a parent of other options, but its type `signed integer' does not support nested options.",
  ],
]);

examples(
  'the class of modules, and which are disabled',
  [
    ['(evalModules { class = "nixos"; modules = [ ./m/opts.nix ./m/nixos.nix ]; }).config.n', '2'],
    [
      '(evalModules { class = "nixos"; modules = [ ./m/opts.nix ./m/darwin.nix ]; }).config.n',
      'error: The module `/m/darwin.nix` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".',
    ],
    [
      '(evalModules { class = "nixos"; modules = [ ./m/opts.nix { imports = [ ./m/darwin.nix ]; } ]; }).config.list',
      'error: The module `/m/darwin.nix` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".',
    ],
    ['(evalModules { modules = [ ./m/opts.nix ./m/darwin.nix ]; }).config.n', '1'],
    [
      '(evalModules { class = "nixos"; modules = [ ./m/opts.nix { _class = null; n = 3; } ]; }).config.n',
      '3',
    ],
    [
      '(evalModules { class = "nixos"; modules = [ ./m/opts.nix ./m/darwin.nix { disabledModules = [ ./m/darwin.nix ]; } ]; }).config.n',
      'error: The module `/m/darwin.nix` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.submoduleWith { class = "nixos"; modules = [ ./m/opts.nix ]; }; default = { }; }; } { s = ./m/nixos.nix; } ]; }).config.s.n',
      '2',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.submoduleWith { class = "nixos"; modules = [ ./m/opts.nix ]; }; default = { }; }; } { s.imports = [ ./m/darwin.nix ]; } ]; }).config.s.n',
      'error: The module `/m/darwin.nix` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/a.nix { disabledModules = [ { outPath = ./m/a.nix; } ]; } ]; }).config.list',
      '[ ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/a.nix { disabledModules = [ { __toString = self: toString ./m/a.nix; } ]; } ]; }).config.list',
      '[ ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix (import ./m/keyed.nix "a") { disabledModules = [ { key = "keyed"; } ]; } ]; }).config.list',
      '[ ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/a.nix { disabledModules = [ 5 null true ]; } ]; }).config.list',
      '[ "a" ]',
    ],
    [
      '(evalModules { modules = [ ./m/opts.nix ./m/a.nix { disabledModules = ./m/a.nix; } ]; }).config.list',
      'error: value is a path while a list was expected',
    ],
    [
      '(evalModules { modules = [ (args@{ ... }: { options.n = mkOption { default = attrNames args.specialArgs; }; }) ]; specialArgs.word = "w"; }).config.n',
      '[ "word" ]',
    ],
    [
      '(evalModules { modules = [ { options.s = mkOption { type = types.submoduleWith { modules = [ ]; specialArgs.word = "w"; }; }; } { s = args@{ ... }: { options.n = mkOption { default = attrNames args.specialArgs; }; }; } ]; }).config.s.n',
      '[ "word" ]',
    ],
  ],
  FILES,
);

// In nixpkgs' own words these messages go on; `<unknown-file>` stands there for a set in no file of its own.
examples('disabledModules that name nothing', [
  [
    '(evalModules { modules = [ { disabledModules = [ { list = [ ]; } ]; } ]; }).config',
    'error: Module `/test.nix` contains a disabledModules item that is an attribute set, presumably a module, that does not have a `key` attribute, so that nothing says which module is meant.',
  ],
  [
    '(evalModules { modules = [ { disabledModules = [ (x: x) ]; } ]; }).config',
    'error: Each disabledModules item must be a path, a string, or an attribute set with a `key` attribute, and one in `/test.nix` is a function.',
  ],
]);

examples('what a freeform type leaves out', [
  [
    '(evalModules { modules = [ { freeformType = types.attrsOf types.int; } { d = mkIf false 1; e = 1; } ]; }).config',
    '{ e = 1; }',
  ],
  [
    '(evalModules { modules = [ { freeformType = types.attrsOf types.int; } { d = mkIf false 1; e = 1; } ]; }).config ? d',
    'false',
  ],
  [
    '(evalModules { modules = [ { freeformType = types.attrsOf types.int; } { d = mkIf false 1; e = 1; } ]; }).config.d or 5',
    '5',
  ],
  [
    '(evalModules { modules = [ { freeformType = types.lazyAttrsOf types.int; } { d = mkIf false 1; e = 1; } ]; }).config ? d',
    'true',
  ],
  [
    '(evalModules { modules = [ { freeformType = types.attrsOf (types.attrsOf types.int); } { d.x = mkIf false 1; d.y = 2; } ]; }).config',
    '{ d = { y = 2; }; }',
  ],
  [
    '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { freeformType = types.attrsOf types.int; }; }; } { s.d = mkIf false 1; s.e = 1; } ]; }).config.s',
    '{ e = 1; }',
  ],
  [
    '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { freeformType = (types.nullOr (types.attrsOf types.anything)); }; }; } { s.d = mkIf false 1; s.e.f = mkIf false 2; } ]; }).config.s',
    '{ e = { }; }',
  ],
  [
    'attrNames (evalModules { modules = [ { options.s = mkOption { type = types.submodule { freeformType = types.attrsOf types.anything; }; }; } { s.d = mkIf false 1; s.e = 1; } ]; }).config.s',
    '[ "e" ]',
  ],
]);

shapes('what evalModules does not refuse, since more may be declared', [
  ['(evalModules { modules = [ outside { b = 1; } ]; }).config.b', '1'],
  ['(evalModules { modules = [ { imports = [ outside ]; b = 1; } ]; }).config.b', '1'],
  ['(evalModules { modules = [ { options = outside; config.b = 1; } ]; }).config.b', '1'],
  ['(evalModules { modules = [ { options.a = outside; config.a.b = 1; } ]; }).config.a.b', '1'],
  ['(evalModules { modules = [ { freeformType = outside; b = 1; } ]; }).config.b', '?'],
  [
    '(evalModules { class = "nixos"; modules = [ { options.b = mkOption { }; } { _class = outside; b = 1; } ]; }).config.b',
    '1',
  ],
  [
    '(evalModules { modules = [ { options.b = mkOption { }; } { disabledModules = [ outside ]; b = 1; } ]; }).config.b',
    '1',
  ],
  [
    '(evalModules { modules = [ { options.d = mkOption { default = 1; }; freeformType = types.attrsOf types.int // { merge = loc: defs: { all = length defs; }; }; } { b = 1; } ]; }).config',
    '{ b = ?; d = 1; ? }',
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { default = 1; }; } { _module.check = outside; b = 1; } ]; }).config.a',
    '?',
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { type = outside; }; } { a.b = 1; } ]; }).config.a',
    '{ b = 1; }',
  ],
]);
