import { isClosedGuest, isWritten, outsideMayDecide } from '../homelab/certainty';
import { containerSpot } from './places';
import { finding } from './rule';
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
      incomplete: true,
    });
  },
});
