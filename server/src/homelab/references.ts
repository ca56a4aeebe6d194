import { memoByName, memoOf, sameItems } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { AttrName, Binding, Expr, Root } from '../nix/syntax';
import { childrenOf } from '../nix/walk';

/** `config.containers.<name>` in a host's module, where `config` is the host's. */
export interface ContainerReference {
  readonly file: string;
  readonly name: string;
  /** The name in the attribute path. */
  readonly at: AttrName;
  /** The whole selection. */
  readonly expr: Expr;
}

/** All references to containers in the modules of a host. */
export function containerReferences(files: ParsedFiles, host: ModuleSystem): readonly ContainerReference[] {
  return filesOfModules(host).flatMap((path) => referencesAt(files)(path));
}

const filesOfModules = memoOf((host: ModuleSystem): readonly string[] => {
  const collected = attempt(() => host.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return [];
  return [...new Set(collected.modules.map(({ file }) => file))];
}, sameItems);

const referencesAt = memoOf((files: ParsedFiles) =>
  memoByName(
    (path): readonly ContainerReference[] => {
      const file = files.parsed(path);
      return file === null ? [] : referencesIn(path, file.root);
    },
    (before, after) =>
      before.length === after.length &&
      before.every(({ at, expr }, index) => at === after[index]?.at && expr === after[index].expr),
  ),
);

const byRoot = new WeakMap<Root, ContainerReference[]>();

/** The references of one module file. What is named `config` is the host's unless another function takes it as its own. */
export function referencesIn(path: string, root: Root): ContainerReference[] {
  const known = byRoot.get(root);
  if (known !== undefined) return known;
  const found: ContainerReference[] = [];
  if (root.expression !== null) collect(path, root.expression, new Set(), false, found);
  byRoot.set(root, found);
  return found;
}

/**
 * @param aliases names that stand for the host's `config` here
 * @param inside whether a function has been entered: the outermost one is the module itself
 */
function collect(
  path: string,
  expr: Expr,
  aliases: ReadonlySet<string>,
  inside: boolean,
  found: ContainerReference[],
): void {
  if (expr.kind === 'lambda') {
    const own = new Set(aliases);
    for (const { name } of expr.formals ?? []) own.delete(name.name);
    if (expr.argument !== null) own.delete(expr.argument.name);
    if (!inside && expr.formals?.some(({ name }) => name.name === 'config') === true) own.add('config');
    for (const { fallback } of expr.formals ?? [])
      if (fallback !== null) collect(path, fallback, own, true, found);
    collect(path, expr.body, own, inside || own.size > aliases.size || expr.formals !== null, found);
    return;
  }
  if (expr.kind === 'let' || (expr.kind === 'attrs' && expr.recursive)) {
    const own = withBound(aliases, expr.bindings);
    for (const child of childrenOf(expr)) collect(path, child, own, inside, found);
    return;
  }
  if (expr.kind === 'select' && expr.subject.kind === 'variable' && aliases.has(expr.subject.name)) {
    const [first, second] = expr.path;
    if (first?.text === 'containers' && second?.text != null)
      found.push({ file: path, name: second.text, at: second, expr });
  }
  for (const child of childrenOf(expr)) collect(path, child, aliases, inside, found);
}

/** The aliases inside a `let` or `rec`: `hostConfig = config;` makes one, any other binding of a name hides it. */
function withBound(aliases: ReadonlySet<string>, bindings: readonly Binding[]): Set<string> {
  const own = new Set(aliases);
  for (const binding of bindings) {
    if (binding.kind === 'inherit') {
      if (binding.from !== null) for (const { text } of binding.names) if (text !== null) own.delete(text);
      continue;
    }
    const [name, ...rest] = binding.path;
    if (name?.text == null) continue;
    if (rest.length === 0 && binding.value.kind === 'variable' && aliases.has(binding.value.name))
      own.add(name.text);
    else own.delete(name.text);
  }
  return own;
}
