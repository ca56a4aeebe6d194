import { Kept } from './kept';
import { inspect, type Thunk } from './thunk';
import { Failure, raise, Unknown, unknown, type Machine } from './value';

/** Names in force at a place: lexical ones first, then what `with` brings, innermost first. */
export class Scope {
  private constructor(
    readonly machine: Machine,
    private readonly parent: Scope | null,
    private readonly names: ReadonlyMap<string, Thunk> | null,
    private readonly environment: Thunk | null,
    private readonly hasWith: boolean,
    private ownKept: Kept | null,
  ) {}

  /** What is made in it and is to be found again; null where evaluations begin anew. */
  get kept(): Kept | null {
    if (this.ownKept === null && this.machine.comesBack === true) this.ownKept = new Kept();
    return this.ownKept;
  }

  /** The outermost scope: the language's own names. */
  static global(machine: Machine, names: ReadonlyMap<string, Thunk>): Scope {
    return new Scope(machine, null, names, null, false, null);
  }

  /** A scope inside this one, in which these names are bound. The map may still be filled by the caller. */
  bind(names: ReadonlyMap<string, Thunk>, kept: Kept | null = null): Scope {
    return new Scope(this.machine, this, names, null, this.hasWith, kept);
  }

  /** The scope of the body of `with environment;`. */
  with(environment: Thunk): Scope {
    return new Scope(this.machine, this, null, environment, true, null);
  }

  /** What a name stands for; null when nothing binds it. Throws `Unknown` when an unknown `with` may bind it. */
  lookup(name: string): Thunk | null {
    return Scope.lexical(this, name) ?? (this.hasWith ? Scope.throughWith(this, name) : null);
  }

  /** What binds a name by `let`, an argument or the like; null where at most a `with` does. */
  nearest(name: string): Thunk | null {
    return Scope.lexical(this, name);
  }

  private static lexical(innermost: Scope, name: string): Thunk | null {
    for (let scope: Scope | null = innermost; scope !== null; scope = scope.parent) {
      const found = scope.names?.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }

  private static throughWith(innermost: Scope, name: string): Thunk | null {
    for (let scope: Scope | null = innermost; scope !== null; scope = scope.parent) {
      if (scope.environment === null) continue;
      const environment = inspect(scope.environment);
      if (environment instanceof Unknown) {
        return unknown(
          environment.cause,
          `\`${name}\` may come from a \`with\` whose set is unknown: ${environment.reason}`,
          environment.at,
        );
      }
      if (environment instanceof Failure) return raise(environment);
      if (environment.type !== 'attrs') continue;
      const found = environment.entries.get(name);
      if (found?.maybe != null) return raise(found.maybe);
      if (found !== undefined) return found.value;
      if (environment.open !== null) return raise(environment.open);
    }
    return null;
  }
}
