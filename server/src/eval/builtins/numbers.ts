import { forceInt } from '../arguments';
import { compare } from '../compare';
import { bool, int } from '../construct';
import { arithmetic } from '../operators';
import { printedFloat } from '../float-text';
import { define, type FunctionTable } from '../primop';
import type { Thunk } from '../thunk';
import { fail, typeName, type Call, type FloatValue, type IntValue, type Value } from '../value';

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

function forceNumber(thunk: Thunk, call: Call): IntValue | FloatValue {
  const value = thunk.force();
  if (value.type === 'int' || value.type === 'float') return value;
  return fail('type', `value is ${typeName(value)} while a float was expected`, call.at);
}

function operation(name: string, operator: '+' | '-' | '*' | '/'): FunctionTable[string] {
  return define(name, 2, (call, a, b) => arithmetic(operator, a.force(), b.force(), call.at));
}

function bits(name: string, combine: (a: bigint, b: bigint) => bigint): FunctionTable[string] {
  return define(name, 2, (call, a, b) => int(combine(forceInt(a, call), forceInt(b, call)), call.at));
}

/** `ceil` and `floor`; an integer must survive the way through a float, as it must in Nix (its issue 12899). */
function rounding(name: string, round: (value: number) => number): FunctionTable[string] {
  return define(name, 1, (call, number): Value => {
    const value = forceNumber(number, call);
    const rounded = round(Number(value.value));
    if (rounded >= Number(LEAST) && rounded < -Number(LEAST)) {
      const result = BigInt(rounded);
      if (value.type === 'float' || result === value.value) return int(result, call.at);
    }
    if (value.type === 'float')
      return fail(
        'type',
        `NixFloat argument ${printedFloat(value.value)} is not in the range of NixInt`,
        call.at,
      );
    return fail('type', `${name} of ${value.value} loses precision`, call.at);
  });
}

export const NUMBERS: FunctionTable = {
  add: operation('add', '+'),
  sub: operation('sub', '-'),
  mul: operation('mul', '*'),
  div: operation('div', '/'),
  bitAnd: bits('bitAnd', (a, b) => a & b),
  bitOr: bits('bitOr', (a, b) => a | b),
  bitXor: bits('bitXor', (a, b) => a ^ b),
  ceil: rounding('ceil', Math.ceil),
  floor: rounding('floor', Math.floor),
  lessThan: define('lessThan', 2, (call, a, b) =>
    bool(compare(a.force(), b.force(), call.at, call.machine) < 0, call.at),
  ),
};

/** A whole number that Nix can hold; null for one that it cannot. */
export function asInt(value: bigint): IntValue | null {
  return value < LEAST || value > MOST ? null : int(value);
}
