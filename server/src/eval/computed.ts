import { Readers, type Reading } from './readers';
import { tracing } from './tracing';
import { Failure, isProblem, raise, Unknown, unknown, type Origin } from './value';

/**
 * Results that are kept until something they read changes. Whoever reads a changeable result while computing its own is
 * remembered as its reader; a change takes the results of all readers away, and of theirs. Where equal results are
 * common (`same`), a result is computed anew first, and its readers only hear of it when it is another.
 */

/**
 * How many levels of evaluation are open now, in all evaluations together: they share JavaScript's one stack. Measured
 * on Node 20 with its default stack (984 KB), the most wasteful recursion overflows at about 2,350 levels.
 */
export const nesting = { depth: 0, limit: 2000 };

/** What fits into the stack of a web worker, which in Chromium has 500 KB. Nothing of a real configuration nests as deep. */
export const WORKER_NESTING = 1000;

/** Runs what takes the stack of so many levels at once. */
export function deepen<T>(levels: number, run: () => T): T {
  if (nesting.depth + levels > nesting.limit) return unknown('budget', 'the evaluation nests too deeply');
  nesting.depth += levels;
  try {
    return run();
  } finally {
    nesting.depth -= levels;
  }
}

/**
 * How many results have been computed, how many of them were kept, and how often the stack was outgrown, since the
 * program started. Progress is what was kept: `lsp/slice.ts` goes by that; the others are for tests and benchmarks.
 */
export const counter = { computed: 0, kept: 0, overflows: 0 };

type Reader = Computed<unknown>;

/** What is computing now. */
let current: Reader | null = null;
/** Results that may have changed and are compared before their readers are told. */
let suspects: Reader[] = [];

/** What an evaluation that outgrew JavaScript's stack, or its texts and lists, comes to; null for anything else. */
export function exhausted(caught: unknown): Unknown | null {
  if (!(caught instanceof RangeError)) return null;
  if (caught.message.includes('call stack')) {
    counter.overflows++;
    return new Unknown('budget', 'the evaluation nests too deeply');
  }
  if (/^Invalid (string|array) length/.test(caught.message))
    return new Unknown('budget', 'a text or list becomes too long');
  return null;
}

/** What depends on where the evaluation started, so that another start may know better. */
export function isPassing(problem: Unknown | Failure): boolean {
  return problem instanceof Unknown && (problem.cause === 'cycle' || problem.cause === 'budget');
}

/** A result that needs itself: passes through all that it is made of, back to where it was asked for first. */
export class Cycle extends Unknown {
  private readonly through: Computed<unknown>[] = [];
  private isWhole = false;

  /** @param of what needs itself */
  constructor(
    readonly of: Computed<unknown>,
    at: Origin,
  ) {
    super('cycle', 'infinite recursion', at);
  }

  /** @internal Ends a computation. */
  pass(through: Computed<unknown>): void {
    if (this.isWhole) return;
    this.through.push(through);
    this.isWhole = through === this.of;
  }

  /** What needs itself, from inside out; null where something on the way took the recursion for an answer. */
  get loop(): readonly Computed<unknown>[] | null {
    return this.isWhole ? this.through : null;
  }
}

/** A result that is computed when it is first needed, and kept until something it read changes. */
export abstract class Computed<T> {
  private result: T | Unknown | Failure | undefined = undefined;
  private running = false;
  private readers: Readers | null = null;

  /** Never undefined. May throw `Unknown` and `Failure`, which are kept like results. */
  protected abstract compute(): T;

  /** Whether two results are the same to every reader; undefined where that is not worth asking. */
  protected same?(before: T | Unknown | Failure, after: T | Unknown | Failure): boolean;

  /** Called when the result is there and can never change. */
  protected settledForGood?(): void;

  /** The result. Throws `Unknown` or `Failure`. */
  force(): T {
    tracing.forced?.push(this);
    const known = this.result;
    if (known === undefined) return this.run();
    if (this.readers !== null) this.noteReader();
    if (known instanceof Unknown || known instanceof Failure) {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw known;
    }
    return known;
  }

  /** Whether it has been computed. */
  get forced(): boolean {
    return this.result !== undefined;
  }

  /** Whether it is being computed now. */
  get busy(): boolean {
    return this.running;
  }

  /** Whether the result may change: something it read may. */
  get changeable(): boolean {
    return this.readers !== null;
  }

  /** What is said where the computation needs its own result. */
  protected cycle(): never {
    return raise(new Cycle(this, this.where()));
  }

  protected where(): Origin {
    return null;
  }

  /** Gives a result that is there from the start. */
  protected settle(result: T | Unknown | Failure): void {
    this.result = result;
  }

  /** @internal Whether a read made in that generation still counts. */
  reads(generation: number): boolean {
    return this.readers !== null && this.readers.generation === generation;
  }

  private run(): T {
    if (this.running) return this.cycle();
    if (nesting.depth >= nesting.limit)
      return unknown('budget', 'the evaluation nests too deeply', this.where());
    const outer = current;
    const known = this.readers;
    if (known !== null) {
      known.generation++;
      known.stale = false;
    }
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    current = this;
    this.running = true;
    nesting.depth++;
    try {
      for (;;) {
        counter.computed++;
        let result: T | Unknown | Failure;
        try {
          result = this.compute();
        } catch (caught) {
          const problem = exhausted(caught) ?? caught;
          if (!isProblem(problem)) throw problem;
          if (isPassing(problem)) {
            if (problem instanceof Cycle) problem.pass(this);
            this.forgetBefore();
            return raise(problem);
          }
          result = problem;
        }
        if (this.readers?.stale === true) {
          this.readers.stale = false;
          this.readers.generation++;
          continue;
        }
        counter.kept++;
        this.keep(result);
        break;
      }
    } finally {
      nesting.depth--;
      this.running = false;
      current = outer;
      if (this.readers !== null) this.noteReader();
    }
    const result = this.result as T | Unknown | Failure;
    if (result instanceof Unknown || result instanceof Failure) {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw result;
    }
    return result;
  }

  private keep(result: T | Unknown | Failure): void {
    const { readers } = this;
    if (readers === null) {
      this.result = result;
      this.settledForGood?.();
      return;
    }
    const before = readers.before as T | Unknown | Failure | undefined;
    readers.before = undefined;
    if (before === undefined) this.result = result;
    else if (before === result || this.same?.(before, result) === true) this.result = before;
    else {
      this.result = result;
      tell(readers);
    }
  }

  /** The result before is no longer worth comparing with: there is none to compare. */
  private forgetBefore(): void {
    const { readers } = this;
    if (readers?.before === undefined) return;
    readers.before = undefined;
    this.lost?.();
    tell(readers);
  }

  /** Called when there is no result any more that could be compared. */
  protected lost?(): void;

  private noteReader(): void {
    if (current === null) return;
    const reader = current.changeableReader();
    (this.readers as Readers).add(current, reader.generation);
  }

  private changeableReader(): Readers {
    return (this.readers ??= new Readers());
  }

  /** @internal Something this read has changed. Returns whose readers are to be told; null when nobody's yet. */
  doubt(): Readers | null {
    const readers = this.readers as Readers;
    if (this.running) {
      readers.stale = true;
      return null;
    }
    if (this.same !== undefined) {
      if (this.result !== undefined) {
        readers.before = this.result;
        this.result = undefined;
        suspects.push(this);
        return null;
      }
      if (readers.before !== undefined) return null;
    }
    readers.generation++;
    this.result = undefined;
    return readers;
  }

  /** @internal Computes a suspected result, if anybody still wants it. */
  confirm(): void {
    const { readers } = this;
    if (this.result !== undefined || readers?.before === undefined) return;
    if (!this.wanted()) {
      readers.before = undefined;
      return;
    }
    try {
      this.force();
    } catch (problem) {
      if (!isProblem(problem)) throw problem;
    }
  }

  /** Whether somebody who counts has read the result. */
  protected wanted(): boolean {
    return this.readers?.any === true;
  }

  /** Who read the result, directly; those count that still read it in that generation, and would compute again. */
  get readings(): Reading | null {
    return this.readers?.readings ?? null;
  }

  /** @internal For sources, which change by themselves. */
  protected changed(): void {
    if (this.readers !== null) tell(this.readers);
  }

  /** @internal For sources: counts as read now. */
  protected read(): void {
    this.changeableReader();
    this.noteReader();
  }
}

function tell(first: Readers): void {
  const waiting = [first];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reader of next.take()) {
      const further = reader.doubt();
      if (further !== null) waiting.push(further);
    }
  }
}

/**
 * Compares what may have changed, until everybody who read something that did knows of it. To be called after sources
 * have changed and before results are read.
 */
export function settleChanges(): void {
  for (let index = 0; index < suspects.length; index++) {
    try {
      (suspects[index] as Reader).confirm();
    } catch (interruption) {
      suspects = suspects.slice(index);
      throw interruption;
    }
  }
  suspects = [];
}

/** Something that changes from outside, such as a file: whoever looks at it is its reader. */
export class Source extends Computed<true> {
  /** Remembers who reads, and tells when it changes. */
  look(): void {
    this.read();
  }

  /** Whether somebody who counts has looked at it. */
  get watched(): boolean {
    return this.wanted();
  }

  /** It is not what it was. */
  change(): void {
    this.changed();
  }

  protected compute(): true {
    return true;
  }
}

/** Runs without anybody being a reader of what is read. */
export function unread<T>(run: () => T): T {
  const outer = current;
  current = null;
  try {
    return run();
  } finally {
    current = outer;
  }
}

class Memo<T> extends Computed<T> {
  constructor(private readonly run_: () => T) {
    super();
  }
  protected compute(): T {
    return this.run_();
  }
}

class ComparedMemo<T> extends Memo<T> {
  constructor(
    run: () => T,
    private readonly equal: (before: T, after: T) => boolean,
  ) {
    super(run);
  }
  protected override same(before: T | Unknown | Failure, after: T | Unknown | Failure): boolean {
    if (before instanceof Unknown || before instanceof Failure) return sameProblem(before, after);
    if (after instanceof Unknown || after instanceof Failure) return false;
    return this.equal(before, after);
  }
}

/** A result of the engine's own. With `equal`, readers only hear of a result that is another. */
export function memo<T>(run: () => T, equal?: (before: T, after: T) => boolean): Computed<T> {
  return equal === undefined ? new Memo(run) : new ComparedMemo(run, equal);
}

/** A result for each of many things, kept as long as the thing and until something it read changes. */
export function memoOf<K extends object, T>(
  run: (of: K) => T,
  equal?: (before: T, after: T) => boolean,
): (of: K) => T {
  const kept = new WeakMap<K, Computed<T>>();
  return (of) => {
    let result = kept.get(of);
    if (result === undefined) kept.set(of, (result = memo(() => run(of), equal)));
    return result.force();
  };
}

/** The same for things that are known by a name, such as the path of a file. */
export function memoByName<T>(
  run: (name: string) => T,
  equal?: (before: T, after: T) => boolean,
): (name: string) => T {
  const kept = new Map<string, Computed<T>>();
  return (name) => {
    let result = kept.get(name);
    if (result === undefined) kept.set(name, (result = memo(() => run(name), equal)));
    return result.force();
  };
}

/** Whether two problems say the same of the same place. */
export function sameProblem(before: Unknown | Failure, after: unknown): boolean {
  if (before instanceof Unknown)
    return (
      after instanceof Unknown &&
      before.cause === after.cause &&
      before.reason === after.reason &&
      before.at === after.at
    );
  return (
    after instanceof Failure &&
    before.constructor === Failure &&
    after.constructor === Failure &&
    before.kind === after.kind &&
    before.message === after.message &&
    before.at === after.at
  );
}

/** Whether two reasons for not knowing, or their absence, are the same. */
export function sameReason(before: Unknown | null, after: Unknown | null): boolean {
  return before === after || (before !== null && after !== null && sameProblem(before, after));
}

/** Whether two lists hold the same elements. */
export function sameItems<T>(before: readonly T[], after: readonly T[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  for (let index = 0; index < before.length; index++) if (before[index] !== after[index]) return false;
  return true;
}
