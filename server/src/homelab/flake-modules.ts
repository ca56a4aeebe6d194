import { memoOf } from '../eval/computed';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { baseName, directoryOf } from '../nix/paths';
import type { Container, Host } from './model';

/** A file that a host or one of its guests takes as a module. */
export interface ModuleFile {
  readonly file: string;
  /** Where it is imported. */
  readonly at: Origin;
  /** Whether its path is written there, so that the evaluation fails without the file. */
  readonly named: boolean;
}

/** The module files of a host and its guests, each once. */
export function moduleFiles(host: Host): ModuleFile[] {
  const found = new Map<string, ModuleFile>();
  const add = (modules: readonly ModuleFile[]): void => {
    for (const module of modules) if (!found.has(module.file)) found.set(module.file, module);
  };
  add(filesOf(host.system));
  for (const container of host.containers) if (container.status === 'active') add(filesOfGuest(container));
  return [...found.values()];
}

const filesOfGuest = memoOf(
  ({ guest }: Container): readonly ModuleFile[] => (guest === null ? [] : filesOf(guest.system)),
  sameFiles,
);

function filesOf(system: ModuleSystem): ModuleFile[] {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return [];
  const own = new Map<string, ModuleFile>();
  for (const { file, at } of collected.modules) {
    if (file === '' || own.has(file)) continue;
    // A set or function that is written into another file is no file of its own.
    if (at !== null && at.anchor.source === file) continue;
    own.set(file, { file, at, named: names(at, file) });
  }
  return [...own.values()];
}

/** Whether a path expression ends in the file's own name. */
function names(at: Origin, file: string): boolean {
  const last = at?.kind === 'path' ? at.parts[at.parts.length - 1] : undefined;
  const name = baseName(file) === 'default.nix' ? baseName(directoryOf(file)) : baseName(file);
  return typeof last === 'string' && at?.kind === 'path' && at.parts.length === 1 && last.includes(name);
}

function sameFiles(before: readonly ModuleFile[], after: readonly ModuleFile[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ file, at }, index) => file === after[index]?.file && at === after[index].at)
  );
}
