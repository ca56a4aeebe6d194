import { bindingOfName, partsOf } from '../edits/syntax-search';
import type { Origin } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import {
  buildsContainers,
  containerOptionProblems,
  guestOptionProblems,
  hostOptionProblems,
  type OptionProblem,
} from '../homelab/option-problems';
import type { AttrSetExpr, ValueBinding } from '../nix/syntax';
import { writeAttrName, writeAttrPath } from '../nix/write';
import type { Files, Fix } from './rule';

/** What the rules about options of NixOS have in common. */

/** Whose options they are: a container’s own, its guest’s, or a host’s. */
export type OptionOwner = 'container' | 'guest' | 'host';

export interface OwnedProblem<P extends OptionProblem = OptionProblem> {
  readonly problem: P;
  readonly owner: OptionOwner;
}

/** The problems of one kind of a container and its guest, or of a host. */
export function problemsOfKind<K extends OptionProblem['kind']>(
  kind: K,
  host: Host,
  container: Container | null,
): OwnedProblem<OptionProblem & { kind: K }>[] {
  const own = (problems: readonly OptionProblem[], owner: OptionOwner): OwnedProblem[] =>
    problems.map((problem) => ({ problem, owner }));
  const all =
    container === null
      ? own(hostOptionProblems(host), 'host')
      : buildsContainers(host)
        ? [
            ...own(containerOptionProblems(container), 'container'),
            ...own(guestOptionProblems(container), 'guest'),
          ]
        : [];
  return all.filter(
    (found): found is OwnedProblem<OptionProblem & { kind: K }> => found.problem.kind === kind,
  );
}

/** `networking.firewall` of the guest web; a path of the tables, without the marks of list elements. */
export function shownPath(path: readonly string[], owner: OptionOwner, container: Container | null): string {
  const shown = `\`${writeAttrPath(path.filter((step) => step !== '*'))}\``;
  return owner === 'guest' && container !== null ? `${shown} in the guest ${container.name}` : shown;
}

/** Writes `path` instead of the last names of a path that ends with the name at a place, unless that is taken there. */
export function renamedTo(
  homelab: Files,
  at: Origin,
  path: readonly string[],
  replaced: readonly string[] | null = null,
): Fix | null {
  const spot = locate(homelab, at);
  const file = spot === null ? null : homelab.files.parsed(spot.file);
  if (spot === null || file === null || at?.kind !== 'attr-name' || at.text === null) return null;
  const binding = bindingOfName(file, at);
  if (binding === null) return null;
  const set = partsOf(file).sets.get(binding);
  if (set === undefined) return null;
  const end = binding.path.indexOf(at);
  const names = binding.path.map(({ text }) => text);
  const from = end + 1 - (replaced?.length ?? 1);
  const fits = (replaced ?? []).every((name, index) => names[from + index] === name);
  if (from < 0 || !fits) return null;
  const first = file.rangeOf(binding.path[from] ?? at);
  const before = names.slice(0, from);
  const after = names.slice(end + 1);
  if (first === null || !takes(set, [...before, ...path, ...after], binding)) return null;
  const newText = path.map(writeAttrName).join('.');
  return {
    title: `Write ${newText}`,
    changes: [{ file: spot.file, range: { start: first.start, end: spot.range.end }, newText }],
  };
}

/** Whether a set can hold a binding under a path beside those it has. */
function takes(set: AttrSetExpr, path: readonly (string | null)[], except: ValueBinding): boolean {
  return set.bindings.every((binding) => {
    if (binding === except) return true;
    if (binding.kind === 'inherit') return !binding.names.some(({ text }) => text === path[0]);
    const own = binding.path.map(({ text }) => text);
    const shared = own.findIndex((name, index) => name !== path[index]);
    if (shared !== -1 && shared < path.length) return true;
    // `a = { … };` and `a.b = …;` go together where both are written out.
    return shared === -1 && own.length < path.length && binding.value.kind === 'attrs';
  });
}
