import { memoOf } from '../eval/computed';
import { parts, type RawDefinition } from '../eval/modules/definition';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin, type Value } from '../eval/value';
import type { Container } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, AttrSetExpr, SyntaxNode } from '../nix/syntax';
import type { OptionPath } from './cursor/place';
import type { HomelabIndex } from './homelab-index';
import { syntaxAt } from './syntax-at';

/**
 * The places that sets have by what they evaluate to: what a helper function gives, a set bound by `let`, a set in another
 * file that is read with `import`. Where a file itself spells the place, `cursor/written-path.ts` reads it from there.
 */

/** Sets, and the names in them, of one file, each with its path from the root of the system that it is part of. */
type PlacesOfFile = ReadonlyMap<SyntaxNode, readonly string[]>;

const DEEPEST = 12;
const MOST = 20_000;

/** What defines the options of a system, by file; of what is a system itself, nothing. */
const placesOf = memoOf((system: ModuleSystem): ReadonlyMap<string, PlacesOfFile> => {
  const found = new Map<string, Map<SyntaxNode, readonly string[]>>();
  // What is met again, by another name or inside itself, has its place already.
  const seen = new Set<Value>();
  let left = MOST;
  const note = (node: Origin, path: readonly string[]): void => {
    if (node === null) return;
    const ofFile = found.get(node.anchor.source) ?? new Map<SyntaxNode, readonly string[]>();
    found.set(node.anchor.source, ofFile);
    if (!ofFile.has(node)) ofFile.set(node, path);
  };
  const walk = (definition: RawDefinition, path: readonly string[]): void => {
    if (path.length > DEEPEST || left-- < 0) return;
    const own = attempt(() => parts(definition));
    if (own instanceof Unknown || own instanceof Failure) return;
    for (const { raw, value } of own) {
      if (value instanceof Unknown || value instanceof Failure || systemOf(value) !== null) continue;
      if (seen.has(value)) continue;
      if (value.type === 'list' || value.type === 'attrs') seen.add(value);
      if (value.type === 'list')
        for (const item of value.items) walk({ ...raw, value: item }, [...path, '*']);
      if (value.type !== 'attrs' || value.entries.has('_type') || value.entries.has('outPath')) continue;
      // A path such as `a.b = 1;` makes sets too, which have the place of the set around them.
      if (value.entries.size === 0) note(value.origin, path);
      const entries = attempt(() => new Map(value.entries));
      if (entries instanceof Unknown || entries instanceof Failure) continue;
      for (const [name, { at, value: inner }] of entries) {
        if (at?.kind === 'attr-name') note(at, [...path, name]);
        if (!isFollowed(path, name)) continue;
        walk({ ...raw, value: inner }, [...path, name]);
      }
    }
  };
  const raw = attempt(() => system.root.raw);
  if (raw instanceof Unknown || raw instanceof Failure) return found;
  for (const definition of raw) walk(definition, []);
  return found;
});

/** What a host and a container hold beside options of their own: containers, and a guest. */
const APART: ReadonlySet<string> = new Set(['containers', 'config']);

/** What holds no options: packages, and what modules are called with. */
const NO_OPTIONS: ReadonlySet<string> = new Set(['pkgs', 'specialArgs', 'extraSpecialArgs', '_module']);

function isFollowed(path: readonly string[], name: string): boolean {
  return !NO_OPTIONS.has(name) && (path.length > 0 || !APART.has(name));
}

/** A set of a file that is known to be part of a configuration. */
export interface EvaluatedSet {
  readonly range: Range;
  /** From a host's root; the name of the container is null where several have the set. */
  readonly path: OptionPath;
}

/**
 * The innermost set around a place that is part of a container or of a host's services by what it evaluates to.
 * @param offset UTF-16, from 0
 */
export function evaluatedSetAt(index: HomelabIndex, file: SourceFile, offset: number): EvaluatedSet | null {
  const chain = syntaxAt(file, offset).reverse();
  for (const { node, range } of chain) {
    if (node.kind !== 'attrs') continue;
    const path = pathOf(index, file.path, node, firstNames(node));
    if (path !== null) return { range, path };
  }
  return null;
}

/**
 * The path of the name at a place by what it evaluates to: for one that a module hands on to a container, whatever it is
 * called there. Null where that is not known, or differs between containers.
 * @param offset UTF-16, from 0
 */
export function evaluatedNameAt(index: HomelabIndex, file: SourceFile, offset: number): OptionPath | null {
  const name = syntaxAt(file, offset).at(-1)?.node;
  if (name?.kind !== 'attr-name') return null;
  const path = pathOf(index, file.path, null, [name]);
  return path === null ? null : [...path, name.text];
}

/** A path as it is spelled, with the names that are computed in it filled in as they evaluate, where that fits. */
export function filledIn(spelled: OptionPath, evaluate: () => OptionPath | null): OptionPath {
  if (!spelled.includes(null)) return spelled;
  const evaluated = evaluate();
  if (evaluated?.length !== spelled.length) return spelled;
  return spelled.every((name, at) => name === null || name === evaluated[at]) ? evaluated : spelled;
}

/**
 * The path of a set: its own, or the one around the first of its names whose place is known. What a host hands on to a
 * container, under an option of its own, counts as the container's.
 */
function pathOf(
  { homelab }: HomelabIndex,
  file: string,
  set: AttrSetExpr | null,
  names: readonly AttrName[],
): OptionPath | null {
  let found: OptionPath | null = null;
  for (const { containers } of homelab.hosts) {
    for (const container of containers) {
      const path = inContainer(container, file, set, names);
      if (path === null || found?.[1] === container.name) continue;
      if (found !== null) return ['containers', null, ...found.slice(2)];
      found = path;
    }
  }
  if (found !== null) return found;
  for (const { system } of homelab.hosts) {
    const path = inSystem(system, file, set, names);
    if (path !== null) return path;
  }
  return null;
}

function firstNames({ bindings }: AttrSetExpr): readonly AttrName[] {
  return bindings.flatMap((binding) =>
    binding.kind === 'binding' ? binding.path.slice(0, 1) : binding.names,
  );
}

function inContainer(
  { name, system, guest }: Container,
  file: string,
  set: AttrSetExpr | null,
  names: readonly AttrName[],
): OptionPath | null {
  const own = inSystem(system, file, set, names);
  if (own !== null) return ['containers', name, ...own];
  const inside = guest === null ? null : inSystem(guest.system, file, set, names);
  return inside === null ? null : ['containers', name, 'config', ...inside];
}

function inSystem(
  system: ModuleSystem,
  file: string,
  set: AttrSetExpr | null,
  names: readonly AttrName[],
): readonly string[] | null {
  const places = placesOf(system).get(file);
  if (places === undefined) return null;
  const own = set === null ? undefined : places.get(set);
  if (own !== undefined) return own;
  for (const name of names) {
    const path = places.get(name);
    if (path !== undefined) return path.slice(0, -1);
  }
  return null;
}
