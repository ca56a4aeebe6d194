import { examples } from './testing';

examples('what an evaluation of modules gives', [
  ['(evalModules {modules=[{options.a=mkOption{type=types.int;};config.a=1;}];}).config', '{ a = 1; }'],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.int;};} {a=1;} {a=2;}];}).config.a',
    "error: The option `a' has conflicting definition values.",
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.int;default=5;};} ({config,...}: {options.b=mkOption{};config.b=config.a+1;})];}).config',
    '{ a = 5; b = 6; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.listOf types.int;};} {a=[1];} {a=[2];} {a=mkBefore [0];}];}).config.a',
    '[ 0 2 1 ]',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.lazyAttrsOf types.int;};} {a.x=1;} {a.y=mkIf false 2;}];}).config.a ? y',
    'true',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.nullOr types.int;};} {a=null;} {a=mkForce 1;}];}).config.a',
    '1',
  ],
  ['(evalModules {modules=[{options.a=mkOption{type=types.nullOr types.int;};}];}).config.a', 'null'],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.listOf types.int;};} {a=[1 (mkIf false 2) (mkIf true 3) (mkMerge [4])];}];}).config.a',
    '[ 1 3 4 ]',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.submodule {options.b=mkOption{default=1;};};default={};};}];}).config',
    '{ a = { b = 1; }; }',
  ],
  ['(evalModules {modules=[{options.a=mkOption{};} {a=[1];} {a=[2];}];}).config', '{ a = [ 2 1 ]; }'],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.bool;apply=x: if x then "y" else "n";};} {a=true;}];}).config.a',
    '"y"',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.deferredModule;};} {a={options.b=mkOption{default=1;};};} ({config,...}: {options.c=mkOption{};config.c=(evalModules{modules=[config.a];}).config.b;})];}).config.c',
    '1',
  ],
  ['(evalModules {modules=[{imports=[{options.a=mkOption{default=1;};}];}];}).config.a', '1'],
  [
    '(evalModules {modules=[({x,...}: {options.a=mkOption{default=x;};}) {_module.args.x=3;}];}).config.a',
    '3',
  ],
  ['(evalModules {specialArgs.x=3;modules=[({x,...}: {options.a=mkOption{default=x;};})];}).config.a', '3'],
  ['(evalModules {modules=[{options.a=mkOption{};config=mkIf true {a=1;};}];}).config.a', '1'],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.int;};config=mkMerge [{a=mkDefault 1;} (mkIf false {a=2;})];}];}).config.a',
    '1',
  ],
  ['(evalModules {modules=[{options.a=mkOption{type=types.int;readOnly=true;default=1;};}];}).config.a', '1'],
  [
    '((evalModules {modules=[{options.a=mkOption{default=1;};}];}).extendModules {modules=[{a=mkForce 5;}];}).config.a',
    '5',
  ],
  [
    String.raw`(evalModules {modules=[{options.a=mkOption{type=mkOptionType {name="sum";check=isInt;merge=loc: defs: foldl' (a: d: a + d.value) 0 defs;};};} {a=1;} {a=2;}];}).config.a`,
    '3',
  ],
  [
    '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { options.a = mkOption { default = 1; }; }; default = { }; }; } { options.s.b = mkOption { default = 2; }; } ]; }).config.s',
    '{ a = 1; b = 2; }',
  ],
  [
    '(evalModules { modules = [ { options.s = mkOption { type = types.submodule { options.a = mkOption { default = 1; }; }; }; } ]; }).config.s',
    '{ a = 1; }',
  ],
  [
    'attrNames (evalModules { modules = [ { options.s = mkOption { type = types.submodule { freeformType = types.attrsOf types.int; }; }; } { s.a = 1; } ]; }).config.s',
    '[ "a" ]',
  ],
  [
    '(evalModules { modules = [ { freeformType = types.attrsOf types.lines; } { a = "x"; } { a = mkBefore "y"; } ]; }).config.a',
    String.raw`"y\nx"`,
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { default = [ ]; type = types.listOf types.int; }; } (modules.mkDefinition { file = "f"; value = 1; }) ]; }).config.a',
    'error: Expected a module, but found a value of type "definition"',
  ],
  [
    '(evalModules { class = "lab"; modules = [ ({ _class, _prefix, ... }: { options.a = mkOption { default = [ _class _prefix ]; }; }) ]; }).config.a',
    '[ "lab" [ ] ]',
  ],
  [
    '(evalModules { modules = [ { options.a = mkOption { }; options.b.c = mkOption { default = 1; }; } { b = mkIf false { c = 2; }; } ]; }).config ? b',
    'true',
  ],
]);

examples('former names of options', [
  [
    '(evalModules {modules=[(mkRenamedOptionModule ["a"] ["b"]) {options.b=mkOption{type=types.int;};} {a=1;}];}).config.b',
    '1',
  ],
  [
    '(evalModules {modules=[(mkAliasOptionModule ["a"] ["b"]) {options.b=mkOption{type=types.int;default=1;};} {a=mkForce 2;} {b=3;}];}).config.b',
    '2',
  ],
  [
    '(evalModules {modules=[(mkAliasOptionModule ["a"] ["b"]) {options.b=mkOption{type=types.int;};} {b=3;}];}).config.a',
    '3',
  ],
  [
    '(evalModules {modules=[(mkChangedOptionModule ["a"] ["b"] (c: c.a * 2)) {options.b=mkOption{type=types.int;};options.warnings=mkOption{};} {a=3;}];}).config.b',
    '6',
  ],
  [
    '(evalModules {modules=[(mkMergedOptionModule [["a"] ["c"]] ["b"] (c: c.a + c.c)) {options.b=mkOption{type=types.int;};options.warnings=mkOption{};} {a=3;c=4;}];}).config.b',
    '7',
  ],
  [
    '(evalModules {modules=[(mkRemovedOptionModule ["a"] "gone") {options.assertions=mkOption{};}];}).config.assertions',
    '[ { assertion = true; message = "The option definition `a\' in  no longer has any effect; please remove it.\\ngone\\n"; } ]',
  ],
  [
    '(evalModules { modules = [ (mkRemovedOptionModule [ "a" ] "Use b.") { options.assertions = mkOption { }; } { a = 1; } ]; }).config.a',
    "error: The option `a' can no longer be used since it's been removed. Use b.",
  ],
  [
    '(evalModules { modules = [ (doRename { from = [ "a" ]; to = [ "b" "c" ]; visible = true; warn = true; use = x: x + 1; }) { options.b.c = mkOption { type = types.int; }; options.warnings = mkOption { type = types.listOf types.str; }; } { a = 1; } ]; }).config.a',
    '2',
  ],
  [
    'length (evalModules { modules = [ (mkRenamedOptionModule [ "a" ] [ "b" ]) { options.b = mkOption { }; options.warnings = mkOption { type = types.listOf types.str; default = [ ]; }; } { a = 1; } ]; }).config.warnings',
    '1',
  ],
]);

examples('definitions and their properties', [
  ['mkIf true {a=1;}', '{ _type = "if"; condition = true; content = { a = 1; }; }'],
  ['mkForce 1', '{ _type = "override"; content = 1; priority = 50; }'],
  ['mkOverride 5 1', '{ _type = "override"; content = 1; priority = 5; }'],
  ['mkBefore [1]', '{ _type = "order"; content = [ 1 ]; priority = 500; }'],
  ['mkOptionDefault 1', '{ _type = "override"; content = 1; priority = 1500; }'],
  ['mkMerge [1 2]', '{ _type = "merge"; contents = [ 1 2 ]; }'],
  ['mkVMOverride 1', '{ _type = "override"; content = 1; priority = 10; }'],
  ['mkImageMediaOverride 1', '{ _type = "override"; content = 1; priority = 60; }'],
  ['dischargeProperties (mkMerge [(mkIf true 1) (mkIf false 2) (mkMerge [3])])', '[ 1 3 ]'],
  [
    'modules.pushDownProperties (mkIf true {a=1;b=mkIf false 2;})',
    '[ { a = { _type = "if"; condition = true; content = 1; }; b = { _type = "if"; condition = true; content = { _type = "if"; condition = false; content = 2; }; }; } ]',
  ],
  ['modules.filterOverrides [{value=mkForce 1;} {value=2;}]', '[ { value = 1; } ]'],
  ['modules.filterOverrides [{value=mkDefault 1;} {value=2;}]', '[ { value = 2; } ]'],
  [
    'modules.sortProperties [{value=mkAfter 1;} {value=2;} {value=mkBefore 3;}]',
    '[ { priority = 500; value = 3; } { value = 2; } { priority = 1500; value = 1; } ]',
  ],
  [
    '(modules.mergeDefinitions ["a"] types.int [{file="f";value=mkDefault 1;} {file="g";value=2;}]).mergedValue',
    '2',
  ],
  [
    '(modules.mergeDefinitions ["a"] (types.listOf types.int) [{file="f";value=mkAfter [1];} {file="g";value=[2];}]).mergedValue',
    '[ 2 1 ]',
  ],
  ['(modules.mergeDefinitions ["a"] types.int [{file="f";value=mkIf false 1;}]).isDefined', 'false'],
]);
