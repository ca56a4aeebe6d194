import { mostCommon } from '../edits/majority';
import { nixpkgsRelease } from '../edits/release';
import { guestSet, putSetting } from '../edits/settings';
import { memoOf } from '../eval/computed';
import { isClosedGuest, isWritten, outsideMayDecide } from '../homelab/certainty';
import type { Container, Host } from '../homelab/model';
import { asString, readOption } from '../homelab/read';
import { writeString } from '../nix/write';
import { containerSpot, fixOf } from './places';
import { finding, type Files, type Fix } from './rule';
import { perContainer } from './scopes';

/** Without a state version a guest's defaults move with each release of NixOS. */
export const missingStateVersion = perContainer({
  id: 'missing-state-version',
  severity: 'information',
  description: 'A guest has no `system.stateVersion`.',
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || !isClosedGuest(host, container) || outsideMayDecide(guest.system)) return;
    if (isWritten(guest.system, ['system', 'stateVersion']) !== false) return;
    const at = containerSpot(homelab, container);
    if (at === null) return;
    yield finding(missingStateVersion, {
      at,
      host,
      message: `${container.name} has no \`system.stateVersion\` of its own, so what it keeps, such as the version of a database, follows each new NixOS. Set it in \`config\` to the release it was first deployed with.`,
      fixes: [stateVersionFix(homelab, host, container)],
      incomplete: true,
    });
  },
});

/**
 * Set later, the version can change what a running service uses, so it is only offered for a container that was just
 * written: one whose files git does not track yet.
 */
function stateVersionFix({ files }: Files, host: Host, container: Container): Fix | null {
  if (!container.definitions.every(({ file }) => files.tracked(file) === false)) return null;
  const own = guestSet(files, container);
  if (own === null || files.tracked(own.file.path) !== false) return null;
  const { project: directory } = host;
  const flake = `${directory === '/' ? '' : directory}/flake.nix`;
  const version = nixpkgsRelease(files, { directory, file: flake }) ?? usualVersion(host);
  if (version === null) return null;
  return fixOf(`Set it to ${version}`, putSetting(own, ['system', 'stateVersion'], writeString(version)));
}

/** The release that most guests of a host say. */
const usualVersion = memoOf(({ containers }: Host): string | null => {
  const versions = containers.flatMap(({ guest }) => {
    const version = guest === null ? null : readOption(guest.system, ['system', 'stateVersion'], asString);
    return version?.kind === 'known' ? [version.value] : [];
  });
  return mostCommon(versions) ?? null;
});
