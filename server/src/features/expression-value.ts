import { builtinNames } from '../eval/builtins';
import { attr, attrs } from '../eval/construct';
import { evaluate } from '../eval/interpret';
import type { ModuleSystem } from '../eval/modules/system';
import { Scope } from '../eval/scope';
import { attempt, inspect, lazily, ready, type Thunk } from '../eval/thunk';
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
  const names = new Map<string, Thunk>();
  let wrapped: Expr = expr;
  // From the inside out, each thing that binds names is put around the expression anew, with nothing else in it.
  for (const { node, range } of [...chain].reverse()) {
    if (node === expr) continue;
    switch (node.kind) {
      case 'let':
        if (node.body !== null) wrapped = { ...node, body: wrapped };
        break;
      case 'attrs':
        if (node.recursive) wrapped = { ...node, kind: 'let', body: wrapped };
        break;
      case 'with':
        wrapped = { ...node, body: wrapped };
        break;
      case 'lambda': {
        const name = `the argument at ${range.start}`;
        names.set(name, argumentOf(index, host, file, node, range.start));
        wrapped = {
          kind: 'apply',
          anchor: node.anchor,
          start: node.start,
          end: node.end,
          fn: { ...node, ellipsis: true, body: wrapped },
          argument: { kind: 'variable', anchor: node.anchor, start: node.start, end: node.start, name },
        };
        break;
      }
      default:
    }
  }
  const scope = Scope.global(host.system.machine, builtinNames()).bind(names);
  return attempt(() => evaluate(wrapped, scope));
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
  const { frames } = scanBefore(file.text, start, file.errors.length > 0);
  const top = frames.at(-1);
  const direct = top?.items.length === 0;
  const path = direct ? optionPath(writtenPlace(frames).path, index.roleOf(file.path)) : null;
  const system = path === null ? null : systemOfModule(index, host, path);
  if (system === null)
    return ready(new Unknown('external', 'what this function is called with depends on its caller'));
  const entries = new Map<string, Attr>();
  for (const { name } of lambda.formals ?? [])
    entries.set(name.name, attr(lazily(() => moduleArgument(system, name.name))));
  return ready(
    attrs(entries, null, new Unknown('external', 'not every argument of a module is in the repository')),
  );
}

function systemOfModule(index: HomelabIndex, host: Host, path: OptionPath): ModuleSystem | null {
  if (!isModuleRoot(path) && !(path.length === 2 && path[0] === 'containers')) return null;
  return systemAt(index, host, path)?.system ?? null;
}

/** What a module system passes under a name. Throws where that is not known. */
export function moduleArgument(system: ModuleSystem, name: string): Value {
  const special = system.spec.specialArgs.get(name);
  if (special !== undefined) return special.maybe === null ? special.value.force() : raise(special.maybe);
  if (name === 'config') return system.config.force();
  const set = attempt(() => system.option(['_module', 'args', name]));
  if (set !== null && !(set instanceof Unknown) && !(set instanceof Failure)) {
    const value = inspect(set.value);
    if (!(value instanceof Unknown) && !(value instanceof Failure)) return value;
  }
  const fallback = system.spec.fallbackArgs.get(name);
  return fallback === undefined
    ? raise(new Unknown('external', `the argument \`${name}\` is not set in the repository`))
    : fallback.force();
}
