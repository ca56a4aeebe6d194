import type { ModuleSystem } from '../eval/modules/system';
import type { Host } from '../homelab/model';
import type { OptionPath } from './cursor/place';
import type { HomelabIndex } from './homelab-index';

/** A module system, and the path inside it. */
export interface SystemPlace {
  readonly system: ModuleSystem;
  readonly path: readonly string[];
}

/** Where a path from a host's root is evaluated: the host, a container, or a guest. Null where that is not known. */
export function systemAt(index: HomelabIndex, host: Host, path: OptionPath): SystemPlace | null {
  const names = path.map((name) => name ?? '*');
  if (names.includes('*')) return null;
  const [first, name = '', third] = names;
  if (first !== 'containers' || names.length < 2) return { system: host.system, path: names };
  const found = index.containersNamed(name).find((hosted) => hosted.host === host)?.container;
  if (found === undefined) return null;
  if (third !== 'config') return { system: found.system, path: names.slice(2) };
  return found.guest === null ? null : { system: found.guest.system, path: names.slice(3) };
}
