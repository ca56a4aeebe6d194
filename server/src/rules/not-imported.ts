import { isEditProblem } from '../edits/edit-plan';
import { planFlakeImport } from '../edits/flake-import';
import { areSiblings } from '../edits/import-lists';
import { locate, type Homelab, type Project } from '../homelab/homelab';
import type { ContainerDefinition, DisabledModule, Host } from '../homelab/model';
import { baseName, directoryOf, resolvePath } from '../nix/paths';
import type { Expr, Root } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { fileName, finding, type Files, type Fix, type Rule } from './rule';

/** A container module that was written, or kept, but that no host imports: its container does not exist. */
export const notImported: Rule = {
  id: 'not-imported',
  severity: 'information',
  incomplete: true,
  description: 'No host imports a module that defines a container.',
  *check(homelab) {
    for (const project of homelab.projects) {
      for (const module of project.disabled) {
        const container = definedIn(project, module);
        const at = container === null ? null : locate(homelab, container.definition.nameAt);
        if (container === null || at === null || isUsedOtherwise(homelab, module.file)) continue;
        const { host, name } = container;
        // What git does not know yet is being written, and is meant to be used.
        const isNew = homelab.files.tracked(module.file) === false;
        yield finding(notImported, {
          at,
          severity: isNew ? 'warning' : 'information',
          message: `No host imports ${fileName(module.file, host)}, so there is no container ${name}. ${host.name ?? 'The host'} imports other modules of this folder.`,
          fixes: fixesFor(homelab, project, module.file),
        });
      }
    }
  },
};

interface Defined {
  readonly host: Host;
  readonly name: string;
  readonly definition: ContainerDefinition;
}

/**
 * The container that a module would add to a host which imports other container modules of the same folder; null where
 * its import is commented out on purpose, or where nothing says that a host should import it.
 */
function definedIn(project: Project, { file, commentedImport }: DisabledModule): Defined | null {
  if (commentedImport !== null || baseName(file).startsWith('_')) return null;
  for (const host of project.hosts) {
    const beside = host.containers.some(
      ({ status, definitions }) =>
        status !== 'disabled' && definitions.some((definition) => areSiblings(definition.file, file)),
    );
    if (!beside) continue;
    for (const { name, status, definitions } of host.containers) {
      const definition = definitions.find((own) => own.file === file);
      if (status === 'disabled' && definition !== undefined) return { host, name, definition };
    }
  }
  return null;
}

/** Whether another file names it: as data, as a template, as a module that a flake hands out, or by a computed import. */
export function isUsedOtherwise(homelab: Files, file: string): boolean {
  if (homelab.files.ignored(file)) return true;
  const names = baseName(file) === 'default.nix' ? [file, directoryOf(file)] : [file];
  return homelab.files.nixFiles().some((other) => {
    const entry = homelab.files.entry(other);
    if (other === file || entry.kind !== 'file' || !names.some((name) => entry.text.includes(baseName(name))))
      return false;
    const root = homelab.files.parsed(other)?.root;
    return root !== undefined && names.some((name) => mentions(root, directoryOf(other), name));
  });
}

/** Whether a path, or a text that ends like one, stands for a file somewhere in the syntax. */
function mentions({ expression }: Root, folder: string, file: string): boolean {
  const pending: Expr[] = expression === null ? [] : [expression];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'path' || expr.kind === 'string') {
      const last = expr.parts[expr.parts.length - 1];
      const [only] = expr.parts;
      if (expr.kind === 'path' && expr.parts.length === 1 && typeof only === 'string') {
        if (resolvePath(folder, only) === file) return true;
      } else if (typeof last === 'string' && last.includes('/') && file.endsWith(last.replace(/^\.*/, '')))
        return true;
    }
    pending.push(...childrenOf(expr));
  }
  return false;
}

/** One way to import it; one for each host where several could. */
function fixesFor(homelab: Homelab, project: Project, file: string): (Fix | null)[] {
  const plan = planFlakeImport(homelab, { file });
  if (!isEditProblem(plan)) return [fixOf(plan.changes, `Import it in ${nameIn(plan.openAt.file, project)}`)];
  return (plan.choices ?? []).map((host) => {
    const one = planFlakeImport(homelab, { file, host });
    return isEditProblem(one) ? null : fixOf(one.changes, `Import it for ${host}`);
  });
}

function fixOf(changes: Fix['changes'], title: string): Fix | null {
  return changes.length === 0 ? null : { title, changes };
}

function nameIn(file: string, { directory }: Project): string {
  return fileName(file, { project: directory });
}
