import { isEditProblem, type TextChange } from '../edits/edit-plan';
import { planFlakeImport } from '../edits/flake-import';
import type { Homelab, Project } from '../homelab/homelab';
import type { DisabledModule } from '../homelab/model';
import type { Fix } from '../rules/rule';
import { fileName } from '../rules/rule';
import { indexOf } from './homelab-index';
import { isAtContainer } from './complete-here';

/**
 * What imports a module again whose import is commented out: where its containers are defined, and at the comment.
 * @param offset UTF-16, from 0
 */
export function importsHere(
  homelab: Homelab,
  path: string,
  offset: number,
): Pick<Fix, 'title' | 'changes'>[] {
  return homelab.projects.flatMap((project) =>
    project.disabled.flatMap((module) => {
      const { file, commentedImport } = module;
      if (commentedImport === null) return [];
      if (file === path && isAtItsContainer(homelab, path, offset))
        return importsOf(homelab, project, module);
      if (commentedImport.file !== path || lineAt(homelab, path, offset) !== commentedImport.line) return [];
      const isHere = ({ range }: TextChange): boolean =>
        lineAt(homelab, path, range.start) === commentedImport.line;
      // Where the comment says more than the path, it would stay.
      return importsOf(homelab, project, module).filter(({ changes }) => changes.every(isHere));
    }),
  );
}

function isAtItsContainer(homelab: Homelab, path: string, offset: number): boolean {
  return indexOf(homelab)
    .containersDefinedIn(path)
    .some(({ container }) => isAtContainer(homelab.files, path, container, offset));
}

function lineAt({ files }: Homelab, path: string, offset: number): number | null {
  return files.parsed(path)?.lines.positionAt(offset).line ?? null;
}

/** One way to import it; one for each host where several could. */
function importsOf(
  homelab: Homelab,
  project: Project,
  { file }: DisabledModule,
): Pick<Fix, 'title' | 'changes'>[] {
  const title = `Import ${fileName(file, { project: project.directory })} again`;
  const plan = planFlakeImport(homelab, { file });
  if (!isEditProblem(plan)) return plan.changes.length === 0 ? [] : [{ title, changes: plan.changes }];
  return (plan.choices ?? []).flatMap((host) => {
    const one = planFlakeImport(homelab, { file, host });
    return isEditProblem(one) || one.changes.length === 0
      ? []
      : [{ title: `${title}, for ${host}`, changes: one.changes }];
  });
}
