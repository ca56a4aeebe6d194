import { memoOf, sameItems } from '../eval/computed';
import { parts, type RawDefinition } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { baseName, directoryOf } from '../nix/paths';
import type { Container, HostService } from './model';

/**
 * Modules that stand among the container modules but run a service on the host itself, such as a tunnel client. A folder
 * counts as one of container modules when at least half of its imported modules define a container; a `default.nix` only
 * puts the others together.
 */
export function hostServicesOf(system: ModuleSystem, disabled: readonly Container[]): HostService[] {
  const own = ownModules(system);
  const folders = new Map<string, { containers: number; modules: number }>();
  for (const { folder, containers } of own) {
    const count = folders.get(folder) ?? { containers: 0, modules: 0 };
    count.modules++;
    if (containers) count.containers++;
    folders.set(folder, count);
  }
  for (const container of disabled) {
    for (const { file } of container.definitions) {
      const count = folders.get(directoryOf(file));
      if (count !== undefined) count.containers++;
    }
  }
  return own
    .filter(({ folder, runs, containers }) => {
      const count = folders.get(folder);
      return count !== undefined && count.containers * 2 >= count.modules && runs && !containers;
    })
    .map(({ file }) => ({ name: baseName(file).replace(/\.nix$/, ''), file }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A module of a host, and what it defines. */
interface OwnModule {
  readonly file: string;
  readonly folder: string;
  /** Whether it defines containers. */
  readonly containers: boolean;
  /** Whether it sets services or units. */
  readonly runs: boolean;
}

const ownModules = piecewise(
  (system: ModuleSystem) => {
    const collected = attempt(() => system.modules);
    return collected instanceof Unknown || collected instanceof Failure ? [] : collected.modules;
  },
  (module): readonly OwnModule[] => {
    const { file, config } = module;
    if (file === '' || baseName(file) === 'default.nix') return [];
    const names = namesOf(config);
    return [
      {
        file,
        folder: directoryOf(file),
        containers: names.includes('containers'),
        runs: names.includes('systemd') || names.includes('services'),
      },
    ];
  },
);

/** The names that a module defines at its top. */
const namesOf = memoOf((config: RawDefinition): readonly string[] => {
  const names = new Set<string>();
  for (const { value } of parts(config)) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    for (const name of value.entries.keys()) names.add(name);
  }
  return [...names];
}, sameItems);
