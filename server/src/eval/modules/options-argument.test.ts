import { examples, shapes } from '../lib/testing';

const read = (declared: string, question: string): string =>
  `(evalModules { modules = [ ${declared} ({ options, ... }: { options.answer = mkOption { }; config.answer = ${question}; }) ]; }).config.answer`;

examples('the argument `options` of a module', [
  [read('{ options.a = mkOption { }; }', '[ (options ? a) (options ? b) ]'), '[ true false ]'],
  [read('{ options.a.b = mkOption { }; }', '[ (options.a ? b) (options ? a.c) ]'), '[ true false ]'],
  [read('{ options.a = mkOption { default = 1; }; }', 'options.a.default'), '1'],
  [read('{ options.a = mkOption { }; } { a = 2; }', 'options.a.value'), '2'],
  [read('{ options.a = mkOption { }; }', 'options.a.isDefined'), 'false'],
  [read('{ options.a = mkOption { default = 1; }; }', 'options.a.isDefined'), 'true'],
  [read('{ options.a = mkOption { }; } { a = mkIf false 1; }', 'options.a.isDefined'), 'false'],
  [read('{ options.a = mkOption { default = 1; }; } { a = mkForce 2; }', 'options.a.highestPrio'), '50'],
  [read('{ options.a = mkOption { default = 1; }; }', 'options.a.highestPrio'), '1500'],
  [
    read(
      '{ options.a = mkOption { type = types.listOf types.int; }; } { a = [ 1 ]; } { a = [ 2 ]; }',
      'options.a.definitions',
    ),
    '[ [ 2 ] [ 1 ] ]',
  ],
  [read('{ options.a = mkOption { }; } { a = 1; }', 'options.a.files'), '[ "/test.nix" ]'],
  [read('{ options.a.b = mkOption { }; }', 'options.a.b.loc'), '[ "a" "b" ]'],
  [read('{ options.a.b = mkOption { }; }', '"${options.a.b}"'), '"a.b"'],
  [
    read('{ options.a = mkOption { type = types.port; }; }', 'options.a.type.description'),
    '"16 bit unsigned integer; between 0 and 65535 (both inclusive)"',
  ],
  [read('{ options.a = mkOption { }; }', 'options.a.type.name'), '"unspecified"'],
  [
    read(
      '{ options.a = mkOption { default = 1; }; config = mkIf (true) { a = 2; }; }',
      'optionalAttrs (options ? nothing) { x = 1; }',
    ),
    '{ }',
  ],
]);

shapes('what is not known of options', [
  [read('{ options.a = mkOption { }; } { a = mkIf outside 1; }', 'options.a.isDefined'), '?'],
  [read('{ options.a = mkOption { default = 0; }; } { a = mkIf outside 1; }', 'options.a.isDefined'), 'true'],
  [read('{ options.a = mkOption { }; } { a = mkIf outside 1; }', 'options.a.definitions'), '[ ? ]'],
  [read('{ options.a = mkOption { }; } { a = outside; }', 'options.a.definitions'), '[ ? ]'],
  [read('{ options = { a = mkOption { }; } // outside; }', '[ (options ? a) (options ? b) ]'), '[ true ? ]'],
  [
    read('{ imports = [ outside ]; options.a = mkOption { }; }', '[ (options ? a) (options ? b) ]'),
    '[ true ? ]',
  ],
  [read('{ options.a = mkOption { }; }', 'options.a.valueMeta'), '?'],
]);
