import type { Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { asString, readOption } from '../homelab/read';
import type { ModuleSystem } from '../eval/modules/system';
import type { Target } from './container-request';
import { mostCommon } from './majority';
import { nixpkgsRelease } from './release';
import { hostName } from './wording';

/** The release that a new container begins with. */
export interface StateVersion {
  /** Null where nothing in the repository tells. */
  readonly version: string | null;
  /** What the person should know of it, in sentences; null where it goes without saying. */
  readonly note: string | null;
}

/**
 * The `system.stateVersion` of a new container: the release that the flake is locked to, else what most guests of the
 * host say. Where nixpkgs follows no release, the newest that is set nearby, which is then said: any release up to the
 * running one works, a newer one only gives newer defaults. Source: nixpkgs nixos/modules/misc/version.nix.
 */
export function stateVersionFor(homelab: Homelab, { host, project }: Target): StateVersion {
  const release = nixpkgsRelease(homelab.files, project) ?? commonVersion(host);
  if (release !== null) return { version: release, note: null };
  const others = project.hosts.filter((other) => other !== host);
  const sources: (readonly [where: string, versions: readonly string[]])[] = [
    [`in another container of ${hostName(host)}`, guestVersions(host)],
    [`on ${hostName(host)} itself`, versionOf(host.system)],
    ...others.map((other) => [`in a container of ${hostName(other)}`, guestVersions(other)] as const),
    ...others.map((other) => [`on ${hostName(other)}`, versionOf(other.system)] as const),
  ];
  for (const [where, versions] of sources) {
    const newest = [...versions].sort().at(-1);
    if (newest === undefined) continue;
    return {
      version: newest,
      note: `system.stateVersion is ${newest} as ${where}, because the release of nixpkgs is not known here. A newer one would give this container newer defaults.`,
    };
  }
  return {
    version: null,
    note: 'system.stateVersion is not set: the release of nixpkgs is not known here, and no other module sets one. Set it to the release that the container begins with; NixOS warns until then.',
  };
}

/** The release that most guests of a host begin with; null where most say none. */
function commonVersion(host: Host): string | null {
  const versions = guestVersions(host);
  const guests = host.containers.filter(({ guest }) => guest !== null).length;
  return versions.length * 2 > guests ? (mostCommon(versions) ?? null) : null;
}

function guestVersions({ containers }: Host): string[] {
  return containers.flatMap(({ guest }) => (guest === null ? [] : versionOf(guest.system)));
}

function versionOf(system: ModuleSystem): string[] {
  const version = readOption(system, ['system', 'stateVersion'], asString);
  return version.kind === 'known' ? [version.value] : [];
}
