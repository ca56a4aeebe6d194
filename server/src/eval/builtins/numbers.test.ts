import { describe, expect, test } from 'vitest';
import { printedText } from '../testing';

describe('numbers', () => {
  test.each([
    ['with builtins; [ (add 1 2) (sub 1 2) (mul 3 4) (div 7 2) ]', '[ 3 -1 12 3 ]'],
    ['builtins.div (-7) 2', '-3'],
    ['builtins.div 7 2.0', '3.5'],
    ['builtins.add 1 0.5', '1.5'],
    ['with builtins; [ (bitAnd 12 10) (bitOr 12 10) (bitXor 12 10) ]', '[ 8 14 6 ]'],
    ['with builtins; [ (ceil 1.2) (floor 1.8) (ceil (-1.2)) (floor (-1.2)) (floor 3) ]', '[ 2 1 -1 -2 3 ]'],
    [
      'map (b: builtins.lessThan [ 1 2 ] b) [ [ 1 ] [ 1 2 ] [ 1 3 ] [ 2 ] [ 1 2 0 ] ]',
      '[ false false true true true ]',
    ],
    ['builtins.lessThan "a" "B"', 'false'],
    ['builtins.lessThan ./a ./b', 'true'],
    ['builtins.lessThan 1 1.5', 'true'],
    ['9223372036854775807 + 1', 'error: integer overflow in adding 9223372036854775807 + 1'],
    ['builtins.mul 4294967296 4294967296', 'error: integer overflow in multiplying 4294967296 * 4294967296'],
    ['1 / 0', 'error: division by zero'],
    ['builtins.floor 1.0e30', 'error: NixFloat argument 1e+30 is not in the range of NixInt'],
    ['builtins.add "1" 2', 'error: value is a string while an integer was expected'],
    ['1 < "a"', 'error: cannot compare an integer with a string'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));

  test.each([
    [
      '[ 1.0 0.5 1.0e6 123456.0 1234567.0 0.0001 0.00001 (0.1 + 0.2) (-0.25) ]',
      '[ 1 0.5 1e+06 123456 1.23457e+06 0.0001 1e-05 0.3 -0.25 ]',
    ],
    ['map toString [ 1.0 0.1 1.0e22 ]', '[ "1.000000" "0.100000" "10000000000000000000000.000000" ]'],
    ['map toString [ 0.0078125 0.0234375 (-2.5) ]', '[ "0.007812" "0.023438" "-2.500000" ]'],
    [
      'builtins.toJSON [ 1.0 0.1 1.0e15 123456789.25 1.0e-5 0.001 (-2.5) ]',
      '"[1.0,0.1,1e+15,123456789.25,1e-05,0.001,-2.5]"',
    ],
  ])('a float is written as %s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});
