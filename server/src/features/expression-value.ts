import { builtinNames } from '../eval/builtins';
import { attr, attrs } from '../eval/construct';
import { argumentScope, letScope } from '../eval/bindings';
import { evaluate } from '../eval/interpret';
import type { ModuleSystem } from '../eval/modules/system';
import { sourceOf, type Source } from '../eval/provenance';
import { Scope } from '../eval/scope';
import { attempt, inspect, ready, thunkOf, type Thunk } from '../eval/thunk';
import { traced } from '../eval/tracing';
import { Failure, raise, Unknown, type Attr, type Value } from '../eval/value';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { Expr, LambdaExpr } from '../nix/syntax';
import { isModuleRoot, optionPath, type OptionPath } from './cursor/place';
import { scanBefore } from './cursor/scan';
import { writtenPlace } from './cursor/written-path';
import type { HomelabIndex } from './homelab-index';
import { systemAt } from './option-value';
import { syntaxAt, type PlacedNode } from './syntax-at';

/**
 * The value that an expression of a module has on a host. The names around it mean what they mean there: bindings by
 * the language's own rules, arguments of modules as the host passes them; those of other functions are unknown.
 * @param chain the syntax around the expression, outermost first, as `syntaxAt` gives it
 */
export function valueOfExpression(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  chain: readonly PlacedNode[],
  expr: Expr,
): Value | Unknown | Failure {
  const value = attempt(() => evaluate(expr, scopeAt(index, host, file, chain, expr)));
  return orHidden(file, value);
}

/** The same, with where the value comes from. */
export function sourceOfExpression(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  chain: readonly PlacedNode[],
  expr: Expr,
): Source {
  return traced(() => {
    const thunk = lazilyIn(expr, () => scopeAt(index, host, file, chain, expr));
    const source = sourceOf(thunk);
    return { ...source, value: orHidden(file, source.value) };
  });
}

/** An expression in a scope that may fail to be. */
function lazilyIn(expr: Expr, scope: () => Scope): Thunk {
  const found = attempt(scope);
  return found instanceof Unknown || found instanceof Failure ? ready(found) : thunkOf(expr, found);
}

/** A name that nothing binds may be one that a syntax error hides. */
function orHidden(file: SourceFile, value: Value | Unknown | Failure): Value | Unknown | Failure {
  return value instanceof Failure && value.kind === 'undefined' && file.errors.length > 0
    ? new Unknown('syntax', `${value.message} (a syntax error may hide it)`, value.at)
    : value;
}

/** The names in force where an expression stands. Throws what keeps them from being known. */
function scopeAt(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  chain: readonly PlacedNode[],
  expr: Expr,
): Scope {
  let scope = Scope.global(host.system.machine, builtinNames());
  for (const [number, { node, range }] of chain.entries()) {
    if (node === expr) break;
    switch (node.kind) {
      case 'let':
        scope = letScope(node, scope);
        break;
      case 'attrs':
        if (node.recursive) scope = letScope({ ...node, kind: 'let', body: null }, scope);
        break;
      case 'with':
        if (chain[number + 1]?.node !== node.environment && node.environment !== expr)
          scope = scope.with(thunkOf(node.environment, scope));
        break;
      case 'lambda':
        scope = argumentScope(
          { ...node, ellipsis: true },
          scope,
          argumentOf(index, host, file, node, range.start),
          node,
        );
        break;
      default:
    }
  }
  return scope;
}

/**
 * The value of names one after the other, `constants.network`, as they would mean at a place; null where no syntax is.
 * @param offset UTF-16, from 0
 */
export function valueOfNames(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  offset: number,
  [first = '', ...rest]: readonly string[],
): Value | Unknown | Failure | null {
  const chain = syntaxAt(file, offset);
  const at = chain.at(-1)?.node;
  if (at === undefined) return null;
  const { anchor, start } = at;
  const empty = { anchor, start, end: start } as const;
  let value = valueOfExpression(index, host, file, chain, { kind: 'variable', ...empty, name: first });
  for (const name of rest) {
    if (!('type' in value) || value.type !== 'attrs') return null;
    const found = value.entries.get(name);
    if (found === undefined) return null;
    value = inspect(found.value);
  }
  return value;
}

/** What a function is called with: for a module, what the module system passes. */
function argumentOf(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  lambda: LambdaExpr,
  start: number,
): Thunk {
  const path = modulePathAt(index, file, start);
  const system = path === null ? null : systemOfModule(index, host, path);
  if (system === null)
    return ready(new Unknown('external', 'what this function is called with depends on its caller'));
  const entries = new Map<string, Attr>();
  for (const { name } of lambda.formals ?? []) {
    const passed = attempt(() => argumentThunk(system, name.name));
    entries.set(name.name, attr('force' in passed ? passed : ready(passed)));
  }
  return ready(
    attrs(entries, null, new Unknown('external', 'not every argument of a module is in the repository')),
  );
}

/** The place of the module that a function is, by where it begins; null where it is none. */
export function modulePathAt(index: HomelabIndex, file: SourceFile, start: number): OptionPath | null {
  const { frames } = scanBefore(file.text, start, file.errors.length > 0);
  if (frames.at(-1)?.items.length !== 0) return null;
  const path = optionPath(writtenPlace(frames).path, index.roleOf(file.path));
  return path !== null && isModule(path) ? path : null;
}

function isModule(path: OptionPath): boolean {
  return isModuleRoot(path) || (path.length === 2 && path[0] === 'containers');
}

/** The system that a module at a path is part of on a host; null where that is not known. */
export function systemOfModule(index: HomelabIndex, host: Host, path: OptionPath): ModuleSystem | null {
  return isModule(path) ? (systemAt(index, host, path)?.system ?? null) : null;
}

/** What a module system passes under a name. Throws where that is not known. */
export function argumentThunk(system: ModuleSystem, name: string): Thunk {
  const special = system.spec.specialArgs.get(name);
  if (special !== undefined) return special.maybe === null ? special.value : raise(special.maybe);
  if (name === 'config') return system.config;
  const set = attempt(() => system.option(['_module', 'args', name]));
  if (set !== null && !(set instanceof Unknown) && !(set instanceof Failure)) {
    const value = inspect(set.value);
    if (!(value instanceof Unknown) && !(value instanceof Failure)) return set.value;
  }
  return (
    system.spec.fallbackArgs.get(name) ??
    raise(new Unknown('external', `the argument \`${name}\` is not set in the repository`))
  );
}
