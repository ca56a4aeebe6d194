import { examples } from './testing';

examples('what a type says and takes', [
  ['types.str.description', '"string"'],
  ['(types.listOf types.str).description', '"list of string"'],
  ['(types.attrsOf (types.listOf types.int)).description', '"attribute set of list of signed integer"'],
  ['(types.nullOr (types.either types.int types.str)).description', '"null or signed integer or string"'],
  ['(types.listOf (types.nullOr types.int)).description', '"list of (null or signed integer)"'],
  ['(types.enum ["a" 1 true null]).description', String.raw`"one of \"a\", 1, true, <null>"`],
  ['(types.enum ["a"]).description', String.raw`"value \"a\" (singular enum)"`],
  ['(types.submodule {}).description', '"submodule"'],
  ['(types.ints.between 1 5).description', '"integer between 1 and 5 (both inclusive)"'],
  ['(types.oneOf [types.int types.str types.bool]).description', '"signed integer or string or boolean"'],
  ['(types.functionTo types.str).description', '"function that evaluates to a(n) string"'],
  ['types.lines.description', String.raw`"strings concatenated with \"\\n\""`],
  ['types.path.description', '"absolute path"'],
  ['types.path.check "/a"', 'true'],
  ['types.path.check "a"', 'false'],
  ['types.port.check 65536', 'false'],
  ['types.ints.u8.check 255', 'true'],
  ['types.nonEmptyStr.check " "', 'false'],
  [String.raw`types.singleLineStr.check "a\nb"`, 'false'],
  ['(types.separatedString ",").description', String.raw`"strings concatenated with \",\""`],
  ['(types.coercedTo types.str toInt types.int).description', '"signed integer or string convertible to it"'],
  ['(types.addCheck types.int (x: x>3)).check 2', 'false'],
  ['(types.mergeTypes (types.enum ["a"]) (types.enum ["b"])).description', String.raw`"one of \"a\", \"b\""`],
  ['types.mergeTypes types.str types.int', '{ _type = "merge-error"; error = "Cannot merge types"; }'],
  ['types.str.functor.name', '"str"'],
  ['(types.listOf types.int).nestedTypes.elemType.name', '"int"'],
  ['types.int.emptyValue', '{ }'],
  ['(types.attrsOf types.int).emptyValue', '{ value = { }; }'],
  ['isOptionType types.int', 'true'],
  ['types.number.description', '"signed integer or floating point number"'],
  ['types.ints.positive.description', '"positive integer, meaning >0"'],
  [
    '(types.either types.ints.positive (types.enum ["auto"])).description',
    String.raw`"positive integer, meaning >0, or value \"auto\" (singular enum)"`,
  ],
  ['types.numbers.positive.check 0', 'false'],
  ['types.optionDescriptionPhrase (c: c=="noun") types.str', '"string"'],
  ['types.package.check 5', 'false'],
  ['types.package.check { type = "derivation"; }', 'true'],
  [
    '(types.attrTag { a = mkOption { type = types.int; }; b = mkOption { }; }).description',
    '"attribute-tagged union with choices: a, b"',
  ],
  ['(types.pathWith { inStore = true; }).check "/etc/x"', 'false'],
  ['(types.pathWith { absolute = false; }).check "etc/x"', 'true'],
  ['(types.nonEmptyListOf types.int).check [ ]', 'false'],
  ['(types.passwdEntry types.str).check "a:b"', 'false'],
  ['(types.passwdEntry types.str).description', '"string, not containing newlines or colons"'],
  ['attrNames ((types.submodule { options.a = mkOption { }; }).getSubOptions [ ])', '[ "_module" "a" ]'],
  [
    '((types.attrsOf (types.submodule { options.a = mkOption { }; })).getSubOptions [ "x" ]).a.loc',
    '[ "x" "<name>" "a" ]',
  ],
  ['let t = types.nullOr (types.attrsOf t); in t.check { a = { }; }', 'true'],
  ['(types.str // { check = x: x == "a"; }).check "b"', 'false'],
]);

examples('how definitions merge', [
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.lines;};} {a="x";} {a=mkBefore "y";}];}).config.a',
    String.raw`"y\nx"`,
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrsOf types.int;};} {a.x=1;} {a.y=mkIf false 2;} {a.z=mkDefault 3;} {a.z=4;}];}).config.a',
    '{ x = 1; z = 4; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrsOf (types.nullOr types.int);};} {a.x=mkIf false 1;}];}).config.a',
    '{ }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrsOf (types.submodule ({name,...}: {options.n=mkOption{default=name;};}));};} {a.x={};}];}).config',
    '{ a = { x = { n = "x"; }; }; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.submodule {freeformType=types.attrsOf types.int;options.b=mkOption{default=1;};};};} {a.c=3;}];}).config',
    '{ a = { b = 1; c = 3; }; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.anything;};} {a.b.c=1;} {a.b.d=[1];}];}).config',
    '{ a = { b = { c = 1; d = [ 1 ]; }; }; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.anything;};} {a=[1];} {a=[2];}];}).config',
    "error: The option `a' has conflicting definition values.",
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrs;};} {a.b.c=1;} {a.b.d=1;}];}).config',
    '{ a = { b = { c = 1; }; }; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.coercedTo types.int toString types.str;};} {a=1;}];}).config.a',
    '"1"',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.enum ["x" "y"];};} {a="z";}];}).config.a',
    'error: A definition for option `a\' is not of type `one of "x", "y"\'.',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.port;};} {a=70000;}];}).config.a',
    "error: A definition for option `a' is not of type `16 bit unsigned integer; between 0 and 65535 (both inclusive)'.",
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.functionTo types.int;};} {a=x: x+1;}];}).config.a 2',
    '3',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.uniq types.int;};} {a=1;} {a=1;}];}).config.a',
    "error: The option `a' is defined multiple times while it's expected to be unique.",
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.strMatching "a+";};} {a="aa";}];}).config.a',
    '"aa"',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.either types.int (types.listOf types.int);};} {a=[1];} {a=[2];}];}).config.a',
    '[ 2 1 ]',
  ],
  [
    String.raw`(evalModules {modules=[{options.a=mkOption{type=types.singleLineStr;};} {a="aa\n";}];}).config.a`,
    '"aa"',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.boolByOr;};} {a=true;} {a=false;}];}).config.a',
    'true',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.json;};} {a.x=[1];} {a.x=[2];a.y=null;}];}).config.a',
    '{ x = [ 2 1 ]; y = null; }',
  ],
  [
    '(evalModules {modules=[{freeformType=types.attrsOf types.int;} {a=1;b=2;}];}).config',
    '{ a = 1; b = 2; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrTag {x=mkOption{type=types.int;};};};} {a.x=1;}];}).config.a',
    '{ x = 1; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.optionType;};} {a=types.int;}];}).config.a.name',
    '"int"',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.attrsOf (types.attrsOf types.int);};} {a.b.c=1;} {a=mkForce {b.d=2;};}];}).config.a',
    '{ b = { d = 2; }; }',
  ],
  [
    '(evalModules {modules=[{options.a=mkOption{type=types.str // {merge=loc: defs: concatMapStrings (d: d.value) defs;};};} {a="x";} {a="y";}];}).config.a',
    '"yx"',
  ],
  ['types.int.merge ["x"] [{file="f";value=1;} {file="f";value=1;}]', '1'],
  ['types.commas.merge ["x"] [{file="f";value="a";} {file="f";value="b";}]', '"a,b"'],
  ['(types.listOf types.int).merge ["x"] [{file="f";value=[1];} {file="f";value=[2];}]', '[ 1 2 ]'],
]);
