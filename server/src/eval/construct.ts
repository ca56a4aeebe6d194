import { ready, type Thunk } from './thunk';
import type {
  Attr,
  AttrsValue,
  BoolValue,
  FloatValue,
  IntValue,
  ListValue,
  NullValue,
  Origin,
  PathValue,
  Primop,
  PrimopValue,
  StringValue,
  Unknown,
  Value,
} from './value';

/** Constructors of values. `origin` is the syntax that wrote the value, null where the engine made it. */

export function nullValue(origin: Origin = null): NullValue {
  return { type: 'null', origin };
}
export function bool(value: boolean, origin: Origin = null): BoolValue {
  return { type: 'bool', value, origin };
}
export function int(value: bigint | number, origin: Origin = null): IntValue {
  return { type: 'int', value: BigInt.asIntN(64, BigInt(value)), origin };
}
export function float(value: number, origin: Origin = null): FloatValue {
  return { type: 'float', value, origin };
}
export function string(text: string, origin: Origin = null): StringValue {
  return { type: 'string', text, origin };
}
export function path(absolute: string, origin: Origin = null): PathValue {
  return { type: 'path', path: absolute, origin };
}
export function list(items: readonly Thunk[], origin: Origin = null, open: Unknown | null = null): ListValue {
  return { type: 'list', items, open, origin };
}
export function attrs(
  entries: ReadonlyMap<string, Attr>,
  origin: Origin = null,
  open: Unknown | null = null,
): AttrsValue {
  return { type: 'attrs', entries, open, origin };
}
/** A set of the engine's own. */
export function record(fields: Record<string, Value | Thunk>, origin: Origin = null): AttrsValue {
  return attrs(
    new Map(
      Object.entries(fields).map(([name, value]) => [name, attr('type' in value ? ready(value) : value)]),
    ),
    origin,
  );
}
export function attr(value: Thunk, at: Origin = null): Attr {
  return { value, at, maybe: null };
}
export function listOf(values: readonly Value[], origin: Origin = null): ListValue {
  return list(values.map(ready), origin);
}
export function primop(definition: Primop, origin: Origin = null): PrimopValue {
  return { type: 'primop', primop: definition, given: [], origin };
}
/** A function of one argument made by the engine, e.g. what a curried library function returns. */
export function fn(name: string, run: (argument: Thunk) => Value): PrimopValue {
  return primop({ name, arity: 1, run: ([argument]) => run(argument as Thunk) });
}
