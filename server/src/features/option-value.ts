import { memoOf } from '../eval/computed';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
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

/** The node of an option at a path from a host's root; null where there is none, or none that is known. */
export function nodeAt(index: HomelabIndex, host: Host, path: OptionPath): OptionNode | null {
  const place = systemAt(index, host, path);
  const node = place === null ? null : attempt(() => place.system.option(place.path));
  return node instanceof Unknown || node instanceof Failure ? null : node;
}

/** The names that the repository itself defines below a path. */
export function writtenNames(index: HomelabIndex, host: Host, path: OptionPath): ReadonlySet<string> {
  const node = nodeAt(index, host, path);
  return node === null ? new Set() : writtenBelow(node);
}

const writtenBelow = memoOf((node: OptionNode): ReadonlySet<string> => {
  const all = attempt(() => [...node.names()]);
  return new Set(Array.isArray(all) ? all.flatMap(([name, at]) => (at === null ? [] : [name])) : []);
});
