import type { Computed } from './computed';
import type { Thunk } from './thunk';

/**
 * What an evaluation leaves behind for questions about where a value comes from. Off but for such a question: thunks
 * then stay able to say in which scope they were evaluated, which costs memory.
 */
interface Tracing {
  on: boolean;
  /** The thunks forced since somebody began to listen; null while nobody does. */
  forced: Computed<unknown>[] | null;
  /** By thunk: the node of the option whose value it is. */
  readonly options: WeakMap<Thunk, object>;
}

export const tracing: Tracing = { on: false, forced: null, options: new WeakMap() };

/** Runs something whose evaluations, started in it, can be traced; the questions are asked in it too. */
export function traced<T>(run: () => T): T {
  const before = tracing.on;
  tracing.on = true;
  try {
    return run();
  } finally {
    tracing.on = before;
  }
}

/** Runs something and tells what it forced, in order; what was forced inside others too. */
export function listening<T>(run: () => T): {
  readonly result: T;
  readonly forced: readonly Computed<unknown>[];
} {
  const before = tracing.forced;
  const forced: Computed<unknown>[] = [];
  tracing.forced = forced;
  try {
    return { result: run(), forced };
  } finally {
    tracing.forced = before;
  }
}
