import { primop } from './construct';
import type { Thunk } from './thunk';
import { unknown, type Call, type Primop, type PrimopValue, type Value } from './value';

/** Functions by name, as `builtins` and each part of `lib` list theirs. */
export type FunctionTable = Readonly<Record<string, Primop>>;

type Arguments<N extends number, T extends Thunk[] = []> = T['length'] extends N
  ? T
  : Arguments<N, [...T, Thunk]>;

/**
 * Defines a function of the engine.
 * @param name as Nix knows it, for messages
 * @param arity how many arguments it takes, one after the other
 * @param run gets exactly that many unevaluated arguments; returns a value, or throws `Unknown` or `Failure`
 */
export function define<N extends 1 | 2 | 3 | 4>(
  name: string,
  arity: N,
  run: (call: Call, ...args: Arguments<N>) => Value,
): Primop {
  return { name, arity, run: (args, call) => run(call, ...(args as Arguments<N>)) };
}

/** A function that this engine knows by name only. */
export function notSupported(name: string, arity: number): Primop {
  return {
    name,
    arity,
    run: (_args, call) => unknown('unsupported', `\`${name}\` is not something this tool evaluates`, call.at),
  };
}

export function functionValue(definition: Primop): PrimopValue {
  return primop(definition);
}
