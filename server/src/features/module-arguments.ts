import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import type { Host } from '../homelab/model';
import { isModuleRoot, type OptionPath } from './cursor/place';
import { scalar } from './value-words';
import { argumentThunk } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import { systemAt } from './option-value';

/** What the functions at a place of a configuration are called with. */

/** An argument that a module may name in its head. */
export interface ModuleArgument {
  readonly name: string;
  /** Its value where that is short, or what it is in a word. */
  readonly detail: string;
  /** Whether the repository passes it: by `specialArgs` or `_module.args`. */
  readonly special: boolean;
}

/** What every NixOS module is called with. */
const GENERAL: readonly (readonly [string, string])[] = [
  ['config', 'the configuration as all modules define it'],
  ['lib', 'nixpkgs’ library of functions'],
  ['pkgs', 'nixpkgs’ packages'],
  ['options', 'the declared options'],
  ['modulesPath', 'the folder of nixpkgs’ modules'],
];
const IN_CONTAINER: readonly (readonly [string, string])[] = [
  ['name', 'the name of the container'],
  ['config', 'the options of the container'],
  ['lib', 'nixpkgs’ library of functions'],
  ['options', 'the declared options'],
];
const OF_NIXOS: ReadonlySet<string> = new Set([
  ...GENERAL.map(([name]) => name),
  'specialArgs',
  'utils',
  'baseModules',
  'extraModules',
  'modules',
  'name',
]);

/** The arguments that a module at a path is called with, those of the repository first; none where no module stands there. */
export function argumentsAt(
  index: HomelabIndex,
  hosts: readonly Host[],
  path: OptionPath,
): readonly ModuleArgument[] {
  const inContainer = path.length === 2 && path[0] === 'containers';
  if (!isModuleRoot(path) && !inContainer) return [];
  const found = new Map<string, ModuleArgument>();
  for (const host of hosts) {
    const system = systemAt(index, host, path)?.system;
    if (system === undefined) continue;
    for (const name of passedTo(system)) {
      if (OF_NIXOS.has(name) || found.has(name)) continue;
      found.set(name, { name, detail: detailOf(system, name), special: true });
    }
  }
  for (const [name, detail] of inContainer ? IN_CONTAINER : GENERAL)
    if (!found.has(name)) found.set(name, { name, detail, special: false });
  return [...found.values()];
}

function passedTo(system: ModuleSystem): string[] {
  const args = attempt(() => [...(system.option(['_module', 'args'])?.names().keys() ?? [])]);
  return [...system.spec.specialArgs.keys(), ...(Array.isArray(args) ? args : [])];
}

function detailOf(system: ModuleSystem, name: string): string {
  const value = attempt(() => argumentThunk(system, name).force());
  const shown = scalar(value);
  if (shown !== null) return shown;
  if (!('type' in value)) return 'argument, not known';
  return value.type === 'attrs' ? 'a set' : value.type === 'lambda' ? 'a function' : 'an argument';
}

/** What NixOS itself calls a module with under a name, in words; null where that is none of its arguments. */
export function nixosArgument(path: OptionPath, name: string): string | null {
  const known = path.length === 2 && path[0] === 'containers' ? IN_CONTAINER : GENERAL;
  return known.find(([own]) => own === name)?.[1] ?? null;
}

/** Whether the repository passes an argument to the modules of a system: by `specialArgs` or `_module.args`. */
export function isPassed(system: ModuleSystem, name: string): boolean {
  return passedTo(system).includes(name);
}
