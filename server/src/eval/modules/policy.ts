import { memo, type Computed } from '../computed';
import { attempt } from '../thunk';
import { Failure, raise, Unknown } from '../value';
import { declarationConflict } from './declared-option';
import type { OptionNode } from './option-node';
import { showOption } from './show-option';
import type { ModuleSystem } from './system';

/** How a system takes what `evalModules` refuses: what nobody declares, what is declared twice, a module that is none. */
export interface Policy {
  readonly strict: boolean;
  /** Whether what is defined in a group is no part of the configuration. */
  hides(node: OptionNode, group: OptionNode): boolean;
  /** Why the declarations of a node do not go together; null where they do, and where nobody minds. */
  conflictAt(node: OptionNode): Failure | null;
  /** Fails where the system is refused as a whole. */
  check(): void;
}

/** For hosts, guests and their submodules: NixOS declares what is not known here. */
export const LENIENT: Policy = {
  strict: false,
  hides: () => false,
  conflictAt: () => null,
  check: () => undefined,
};

/** As nixpkgs' `evalModules` has it, where all modules are known. */
export class Strict implements Policy {
  readonly strict = true;
  private readonly refusal: Computed<Failure | null>;
  private readonly refusing: Computed<boolean>;

  constructor(system: ModuleSystem) {
    this.refusal = memo(() => refusalOf(system), sameRefusal);
    this.refusing = memo(() => refusesUndeclared(system));
  }

  hides(node: OptionNode, group: OptionNode): boolean {
    return (
      !node.isDeclared &&
      node.path[0] !== '_module' &&
      this.refusing.force() &&
      group.declarationGap() === null
    );
  }

  conflictAt(node: OptionNode): Failure | null {
    return node.isDeclared ? declarationConflict(node.declarations, node.loc) : null;
  }

  check(): void {
    const refusal = this.refusal.force();
    if (refusal !== null) raise(refusal);
  }
}

/**
 * Whether what is defined and not declared has no place in a system; throws `Unknown` where the system is not known as a
 * whole. Source: nixpkgs lib/modules.nix `checkUnmatched`.
 */
function refusesUndeclared(system: ModuleSystem): boolean {
  const { external, open } = system.modules;
  if (external || open !== null) return false;
  const { freeform } = system;
  if (freeform instanceof Unknown) return raise(freeform);
  return freeform === null;
}

/** Why a system is refused: a module that is none, or what is defined though nobody declares it; null where that is not sure. */
function refusalOf(system: ModuleSystem): Failure | null {
  for (const { problem } of system.modules.problems) if (problem instanceof Failure) return problem;
  if (!refusesUndeclared(system) || !isChecked(system)) return null;
  const found = firstUndeclared(system.root);
  return found instanceof Failure ? found : null;
}

function sameRefusal(before: Failure | null, after: Failure | null): boolean {
  return before === after || (before?.message === after?.message && before?.at === after?.at);
}

function isChecked(system: ModuleSystem): boolean {
  const node = system.option(['_module', 'check']);
  if (node === null) return true;
  const value = node.value.force();
  return value.type !== 'bool' || value.value;
}

/** The first under a node; why it is not known whether there is one; null for none. */
function firstUndeclared(node: OptionNode): Failure | Unknown | null {
  const gap = node.declarationGap();
  if (gap !== null) return gap;
  for (const name of node.definedNames().keys()) {
    if (node.path.length === 0 && name === '_module') continue;
    const child = node.child(name);
    if (child === null) continue;
    if (!child.isDeclared)
      return new Failure('throw', `The option \`${showOption(child.loc)}' does not exist.`, child.at);
    if (child.declared !== null) continue;
    const found = attempt(() => firstUndeclared(child));
    if (found !== null) return found;
  }
  return null;
}
