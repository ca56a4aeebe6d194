import type { ParsedFiles } from '../eval/evaluation';
import { PRIORITY } from '../eval/modules/definition';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import type { SourceFile } from '../nix/source-file';
import type { Binding, Expr, LambdaExpr, SelectExpr } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { isWritten } from './certainty';

/**
 * Whether a value follows from what the repository says, and from nothing that NixOS may set by itself: the default of
 * an option of NixOS is known here, and its modules may well define the option too, as Nextcloud's does PostgreSQL's.
 * So what is read of `config` must be an option that the repository declares, or one that it sets.
 */
export class OwnWords {
  private readonly seen = new Set<Expr | OptionNode>();
  private steps = 0;

  /** @param isGuest whether `config` is that of an inner function, and not of the file's own */
  constructor(
    private readonly files: ParsedFiles,
    private readonly system: ModuleSystem,
    private readonly isGuest: boolean,
  ) {}

  /** Whether all that thunks evaluate is of the repository's own words. */
  holds(thunks: readonly Thunk[]): boolean {
    return thunks.every(({ origin }) => this.isOwn(origin));
  }

  private isOwn(origin: Origin): boolean {
    if (origin === null) return true;
    if (origin.kind === 'attr-name' || origin.kind === 'binding' || origin.kind === 'inherit') return false;
    const file = this.files.parsed(origin.anchor.source);
    const around = file === null ? null : surroundings(file, origin);
    return around !== null && this.walk(origin, around);
  }

  private walk(expr: Expr, around: readonly Surrounding[]): boolean {
    if (this.seen.has(expr)) return true;
    this.seen.add(expr);
    if (++this.steps > MOST_STEPS) return false;
    switch (expr.kind) {
      case 'variable':
        return this.variable(expr.name, around);
      case 'select': {
        const path = this.pathOf(expr, around);
        if (path === 'unsure') return false;
        if (path !== null)
          return this.option(path) && (expr.fallback === null || this.walk(expr.fallback, around));
        break;
      }
      case 'broken':
        return false;
      default:
    }
    const inside = opens(expr) ? [...around, expr] : around;
    return childrenOf(expr).every((child) => this.walk(child, inside));
  }

  private variable(name: string, around: readonly Surrounding[]): boolean {
    const found = resolve(name, around);
    switch (found.kind) {
      case 'bound':
        return this.walk(found.value, found.around);
      case 'argument':
        return name !== 'config' && name !== 'options';
      case 'global':
        return true;
      case 'unsure':
        return false;
    }
  }

  /** The option that is selected from `config`; null for another selection. */
  private pathOf({ subject, path }: SelectExpr, around: readonly Surrounding[]): string[] | 'unsure' | null {
    const base = this.configPath(subject, around);
    if (base === null || base === 'unsure') return base;
    const names = path.map(({ text }) => text);
    return names.some((text) => text === null) ? 'unsure' : [...base, ...names.map((text) => text ?? '')];
  }

  private configPath(expr: Expr, around: readonly Surrounding[]): string[] | 'unsure' | null {
    if (expr.kind === 'select') return expr.fallback === null ? this.pathOf(expr, around) : 'unsure';
    if (expr.kind !== 'variable') return null;
    const found = resolve(expr.name, around);
    if (found.kind === 'bound') return this.configPath(found.value, found.around);
    if (found.kind !== 'argument' || expr.name !== 'config') return null;
    return found.isOutermost === this.isGuest ? 'unsure' : [];
  }

  private option(path: readonly string[]): boolean {
    let node: OptionNode = this.system.root;
    for (const name of path) {
      if (node.declared !== null) break;
      const child = attempt(() => node.child(name));
      if (child === null || child instanceof Unknown || child instanceof Failure) return false;
      node = child;
    }
    if (this.seen.has(node)) return true;
    this.seen.add(node);
    // A set of options may hold more than is read of it.
    if (node.declared === null && (node === this.system.root || node.isDeclared)) return false;
    const declaredHere = node.declared !== null && node.declarationFiles().every((file) => file !== '');
    if (!declaredHere && !isSetPlainly(this.system, node)) return false;
    const fallback = node.declared?.set.entries.get('default')?.value;
    return (
      node.raw.every(({ file, value, conditions }) => file === '' || this.holds([value, ...conditions])) &&
      (!declaredHere || fallback === undefined || this.holds([fallback]))
    );
  }
}

/**
 * Whether the repository sets an option of NixOS to something that no module of NixOS adds to, or sets otherwise: one
 * value, and not as a default.
 */
function isSetPlainly(system: ModuleSystem, node: OptionNode): boolean {
  if (isWritten(system, node.path) !== true) return false;
  const definitions = attempt(() => node.definitions());
  const value = inspect(node.value);
  return (
    Array.isArray(definitions) &&
    definitions.every(({ priority, maybe }) => priority <= PRIORITY.normal && maybe === null) &&
    !(value instanceof Unknown) &&
    !(value instanceof Failure) &&
    value.type !== 'list' &&
    value.type !== 'attrs'
  );
}

/** A value that takes more to follow is not followed. */
const MOST_STEPS = 3000;

type Surrounding = Extract<Expr, { kind: 'lambda' | 'let' | 'with' | 'attrs' }>;

function opens(expr: Expr): expr is Surrounding {
  return (
    expr.kind === 'lambda' ||
    expr.kind === 'let' ||
    expr.kind === 'with' ||
    (expr.kind === 'attrs' && expr.recursive)
  );
}

/** What binds names around an expression, outermost first; null where it is not found in its file. */
function surroundings(file: SourceFile, expr: Expr): Surrounding[] | null {
  const target = file.rangeOf(expr);
  const around: Surrounding[] = [];
  let at: Expr | null = file.root.expression;
  while (at !== null && at !== expr) {
    if (opens(at)) around.push(at);
    at =
      childrenOf(at).find((child) => {
        const range = file.rangeOf(child);
        return range !== null && target !== null && range.start <= target.start && target.end <= range.end;
      }) ?? null;
  }
  return at === null ? null : around;
}

type Resolved =
  | { readonly kind: 'bound'; readonly value: Expr; readonly around: readonly Surrounding[] }
  | { readonly kind: 'argument'; readonly isOutermost: boolean }
  | { readonly kind: 'global' | 'unsure' };

function resolve(name: string, around: readonly Surrounding[]): Resolved {
  for (let index = around.length - 1; index >= 0; index--) {
    const frame = around[index] as Surrounding;
    if (frame.kind === 'with') return { kind: 'unsure' };
    if (frame.kind === 'lambda') {
      if (!takes(frame, name)) continue;
      const isOutermost = !around.slice(0, index).some(({ kind }) => kind === 'lambda');
      return { kind: 'argument', isOutermost };
    }
    for (const binding of frame.bindings) {
      const value = valueIn(binding, name);
      if (value === 'other') continue;
      if (value === null) return { kind: 'unsure' };
      if (value !== 'outer') return { kind: 'bound', value, around: around.slice(0, index + 1) };
      return resolve(name, around.slice(0, index));
    }
  }
  return { kind: 'global' };
}

function takes({ argument, formals }: LambdaExpr, name: string): boolean {
  return argument?.name === name || formals?.some((formal) => formal.name.name === name) === true;
}

/** What a binding gives a name: an expression, what the name means outside, null where that is not plain. */
function valueIn(binding: Binding, name: string): Expr | 'outer' | 'other' | null {
  if (binding.kind === 'inherit') {
    if (!binding.names.some(({ text }) => text === name)) return 'other';
    return binding.from === null ? 'outer' : null;
  }
  const [head, ...rest] = binding.path;
  if (head?.text !== name) return 'other';
  return rest.length === 0 ? binding.value : null;
}
