import { systemOf } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isInside } from '../nix/paths';
import type { Collection, Container, Fact } from './model';
import { textsOf } from './networks';
import { asBool, asString, openReason, readOption, readSet } from './read';

/** What of the host a guest sees: `bindMounts`. Source: nixos-containers.nix. */

export interface Mount {
  /** The attribute's name. */
  readonly name: string;
  readonly at: Origin;
  /** Where it is in the guest, without what follows a `:`. */
  readonly target: string;
  /** What follows the `:`, such as `idmap`; empty where nothing does. */
  readonly flags: string;
  readonly mountPoint: Fact<string>;
  readonly hostPath: Fact<string>;
  /** What is mounted: the host's path, or the same path as in the guest; null where it is not known. */
  readonly source: string | null;
  readonly isReadOnly: Fact<boolean>;
}

/** A container's bind mounts, by name. */
export function mountsOf({ system }: Container): Collection<Mount> {
  const set = readSet(system, ['bindMounts']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { items: [], open: openReason(set) };
  let open = openReason(set);
  const items = [...set.entries].flatMap(([name, attr]): Mount[] => {
    const mount = systemOf(inspect(attr.value));
    if (mount === null || attr.maybe !== null) {
      open ??= 'a mount is not known';
      return [];
    }
    const mountPoint = readOption(mount, ['mountPoint'], asString);
    if (mountPoint.kind === 'unknown') {
      open ??= mountPoint.reason;
      return [];
    }
    const text = (mountPoint.kind === 'known' ? mountPoint.value : name).trim();
    const colon = text.indexOf(':');
    const target = colon === -1 ? text : text.slice(0, colon);
    const hostPath = readOption(mount, ['hostPath'], asString);
    return [
      {
        name,
        at: attr.at,
        target,
        flags: colon === -1 ? '' : text.slice(colon + 1),
        mountPoint,
        hostPath,
        source: hostPath.kind === 'known' ? hostPath.value : hostPath.kind === 'unset' ? target : null,
        isReadOnly: readOption(mount, ['isReadOnly'], asBool),
      },
    ];
  });
  return { items, open };
}

/** Whether a container may mount more than `bindMounts` says, by flags of nspawn. */
export function mayMountOtherwise(container: Container): boolean {
  const flags = textsOf(container, 'extraFlags');
  return (
    flags.open !== null ||
    flags.items.some((flag) => /--(?:bind|overlay|tmpfs|volatile|inaccessible)/.test(flag))
  );
}

/** Whether a folder of a guest lies on a writable mount, as a whole or in a part that the mount replaces. */
export function isKept(mounts: readonly Mount[], folder: string): boolean {
  return mounts.some(
    ({ target, isReadOnly }) =>
      !(isReadOnly.kind === 'known' && isReadOnly.value) &&
      (isInside(target, folder) || isInside(folder, target)),
  );
}
