import { attempt } from '../thunk';
import { Failure, raise, Unknown } from '../value';
import type { OptionNode } from './option-node';
import { showOption } from './show-option';
import type { ModuleSystem } from './system';

/**
 * What is defined and nobody declares. `evalModules` refuses it, where no freeform type takes it and `_module.check` is
 * not switched off. Source: nixpkgs lib/modules.nix `checkUnmatched`.
 */

/** Whether what nobody declares has no place in a system; throws `Unknown` where the system is not known as a whole. */
export function refusesUndeclared(system: ModuleSystem): boolean {
  const { external, open } = system.modules;
  if (external || open !== null) return false;
  const { freeform } = system;
  if (freeform instanceof Unknown) return raise(freeform);
  return freeform === null;
}

/** Why a system is refused: a module that is none, or what is defined though nobody declares it; null where that is not sure. */
export function refusalOf(system: ModuleSystem): Failure | null {
  for (const { problem } of system.modules.problems) if (problem instanceof Failure) return problem;
  if (!refusesUndeclared(system) || !isChecked(system)) return null;
  const found = below(system.root);
  return found instanceof Failure ? found : null;
}

function isChecked(system: ModuleSystem): boolean {
  const node = system.option(['_module', 'check']);
  if (node === null) return true;
  const value = node.value.force();
  return value.type !== 'bool' || value.value;
}

/** The first under a node; why it is not known whether there is one; null for none. */
function below(node: OptionNode): Failure | Unknown | null {
  const gap = node.declarationGap();
  if (gap !== null) return gap;
  for (const name of node.definedNames()) {
    if (node.path.length === 0 && name === '_module') continue;
    const child = node.child(name);
    if (child === null) continue;
    if (!child.isDeclared) {
      const { prefix } = node.system.spec;
      return new Failure(
        'throw',
        `The option \`${showOption([...prefix, ...child.path])}' does not exist.`,
        child.at,
      );
    }
    if (child.declared !== null) continue;
    const found = attempt(() => below(child));
    if (found !== null) return found;
  }
  return null;
}
