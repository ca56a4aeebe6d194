import { describe, expect, test } from 'vitest';
import { printedShape, printedText } from '../testing';

describe('types', () => {
  test.each([
    [
      'map builtins.typeOf [ null true 1 1.5 "a" ./a [ ] { } (a: a) map ]',
      '[ "null" "bool" "int" "float" "string" "path" "list" "set" "lambda" "lambda" ]',
    ],
    ['map isNull [ null 0 ]', '[ true false ]'],
    ['map builtins.isBool [ true "true" ]', '[ true false ]'],
    ['map builtins.isInt [ 1 1.0 ]', '[ true false ]'],
    ['map builtins.isFloat [ 1 1.0 ]', '[ false true ]'],
    ['map builtins.isString [ "" ./a ]', '[ true false ]'],
    ['map builtins.isPath [ "" ./a ]', '[ false true ]'],
    ['map builtins.isList [ [ ] { } ]', '[ true false ]'],
    ['map builtins.isAttrs [ [ ] { } ]', '[ false true ]'],
    [
      'map builtins.isFunction [ (a: a) map (map (a: a)) { __functor = self: a: a; } ]',
      '[ true true true false ]',
    ],
    ['builtins.functionArgs ({ port, address ? "::", ... }: port)', '{ address = true; port = false; }'],
    ['builtins.functionArgs (args: args)', '{ }'],
    ['builtins.functionArgs map', '{ }'],
    ['builtins.functionArgs { }', "error: 'functionArgs' requires a function"],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('types of what is unknown', () => {
  test.each([
    ['builtins.isString x', '?'],
    ['builtins.isList ([ 1 ] ++ x)', 'true'],
    ['builtins.isAttrs ({ a = 1; } // x)', 'true'],
    ['builtins.typeOf [ x ]', '"list"'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});
