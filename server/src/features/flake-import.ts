import { isEditProblem, type EditProblem } from '../edits/edit-plan';
import { planFlakeImport } from '../edits/flake-import';
import type { Homelab } from '../homelab/homelab';
import { baseName } from '../nix/paths';
import type { Expr } from '../nix/syntax';
import { plannedEdit, type PlannedEdit, type PlanStyle } from './planned-edit';

/** The edit that imports a file in its flake; without changes where it is imported already. */
export function insertFlakeImport(
  homelab: Homelab,
  path: string,
  host: string | null,
  style: PlanStyle,
): PlannedEdit | EditProblem {
  const file = homelab.files.parsed(path);
  if (file === null || !path.endsWith('.nix'))
    return { problem: `${baseName(path)} is no Nix file of this workspace.` };
  if (file.errors.length === 0 && isNoModule(file.root.expression))
    return {
      problem: `${baseName(path)} is no module: it holds neither a set nor a function that gives one.`,
    };
  const plan = planFlakeImport(homelab, { file: path, host });
  if (isEditProblem(plan)) return plan;
  return (
    plannedEdit(homelab.files, plan, style) ?? { problem: 'The files have changed meanwhile. Try again.' }
  );
}

/** Whether an expression is, or gives, what cannot be a module. */
function isNoModule(expr: Expr | null): boolean {
  switch (expr?.kind) {
    case undefined:
    case 'int':
    case 'float':
    case 'list':
    case 'string':
    case 'uri':
      return true;
    case 'lambda':
    case 'let':
    case 'with':
    case 'assert':
      return isNoModule(expr.body);
    default:
      return false;
  }
}
