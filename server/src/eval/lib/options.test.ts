import { examples } from './testing';

examples('options', [
  ['isOption (mkOption {})', 'true'],
  ['isType "a" {_type="a";}', 'true'],
  ['setType "x" {a=1;}', '{ _type = "x"; a = 1; }'],
  ['(mkEnableOption "foo").description', '"Whether to enable foo."'],
  ['(mkEnableOption "foo").type.name', '"bool"'],
  ['(mkOption {type=types.int;default=1;}).default', '1'],
  ['mkOption {bogus=1;}', String.raw`error: function called with unexpected argument 'bogus'`],
  ['showOption ["foo" "bar" "baz"]', '"foo.bar.baz"'],
  ['showOption ["foo" "bar.baz" "tux"]', String.raw`"foo.\"bar.baz\".tux"`],
  [
    'showOption ["windowManager" "2bwm" "enable" "*" "<name>"]',
    String.raw`"windowManager.\"2bwm\".enable.*.<name>"`,
  ],
  ['showFiles ["a" "b"]', '"`a\' and `b\'"'],
  [
    'options.showDefs [{file="a";value=1;} {file="b";value={x=[1 2];};}]',
    '"\\n- In `a\': 1\\n- In `b\':\\n    {\\n      x = [\\n        1\\n        2\\n      ];\\n    ..."',
  ],
  ['literalExpression "x"', '{ _type = "literalExpression"; text = "x"; }'],
  ['literalExpression 1', 'error: literalExpression expects a string.'],
  ['literalMD "x"', '{ _type = "literalMD"; text = "x"; }'],
  ['mergeDefaultOption ["a"] [{file="f";value=[1];} {file="g";value=[2];}]', '[ 1 2 ]'],
  ['mergeDefaultOption ["a"] [{file="f";value={a=1;};} {file="g";value={a=2;b=1;};}]', '{ a = 2; b = 1; }'],
  ['mergeDefaultOption ["a"] [{file="f";value="a";} {file="g";value="b";}]', '"ab"'],
  ['mergeDefaultOption ["a"] [{file="f";value=true;} {file="g";value=false;}]', 'true'],
  [
    'mergeDefaultOption ["a"] [{file="f";value=1;} {file="g";value=2;}]',
    "error: The option `a' has conflicting definition values.",
  ],
  ['mergeDefaultOption ["a"] [{file="f";value=1;} {file="g";value=1;}]', '1'],
  ['mergeOneOption ["a"] [{file="f";value=1;}]', '1'],
  [
    'mergeOneOption ["a"] [{file="f";value=1;} {file="f";value=1;}]',
    "error: The option `a' has conflicting definition values.",
  ],
  ['mergeEqualOption ["a"] [{file="f";value=1;} {file="f";value=1;}]', '1'],
  [
    'mergeEqualOption ["a"] [{file="f";value=1;} {file="f";value=2;}]',
    "error: The option `a' has conflicting definition values.",
  ],
  ['getValues [{value=1;} {value=2;}]', '[ 1 2 ]'],
  ['getFiles [{file="a";}]', '[ "a" ]'],
  ['mkOptionDefault 1', '{ _type = "override"; content = 1; priority = 1500; }'],
  ['isOptionType types.int', 'true'],
]);

examples('a package that can be chosen', [
  ['(mkPackageOption { hello = 1; } "hello" { }).default', '1'],
  ['(mkPackageOption { } "hello" { }).defaultText.text', '"pkgs.hello"'],
  ['(mkPackageOption { a.b = 2; } [ "a" "b" ] { }).default', '2'],
  ['(mkPackageOption { } "hello" { nullable = true; default = null; }).default', 'null'],
  ['(mkPackageOption { } "hello" { nullable = true; }).type.description', '"null or package"'],
  ['(mkPackageOption { } "hello" { }).default', 'error: hello cannot be found in pkgs'],
  ['mkPackageOption { } "hello" { } ? example', 'false'],
]);

examples('options as documentation lists them', [
  [
    'map (o: o.name) (optionAttrSetToDocList (evalModules { modules = [ { options.a.b = mkOption { type = types.attrsOf (types.submodule { options.c = mkOption { default = 1; }; }); }; } ]; }).options)',
    '[ "_module.args" "_module.check" "_module.freeformType" "_module.specialArgs" "a.b" "a.b.<name>._module.args" "a.b.<name>._module.check" "a.b.<name>._module.freeformType" "a.b.<name>._module.specialArgs" "a.b.<name>.c" ]',
  ],
  ['(options.renderOptionValue [ 1 ]).text', String.raw`"[\n  1\n]"`],
]);
