import { putGuestSetting } from '../edits/settings';
import { isWritten } from '../homelab/certainty';
import type { Guest } from '../homelab/model';
import { asBool, readOption } from '../homelab/read';
import { factSpot, fixOf } from './places';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A guest takes the host's `resolv.conf` unless it is told otherwise, and resolved refuses that. */
export const resolvedConflict = perContainer({
  id: 'resolved-conflict',
  severity: 'error',
  incomplete: true,
  description: "A guest runs systemd-resolved and takes the host's `resolv.conf` too.",
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null) return;
    const { system } = guest;
    const resolved = readOption(system, ['services', 'resolved', 'enable'], asBool);
    const cause = resolved.kind === 'known' && resolved.value ? resolved : impliedBy(guest);
    const at = cause === null ? null : factSpot(homelab, cause);
    if (cause === null || at === null) return;
    if (isWritten(system, ['networking', 'useHostResolvConf']) !== false) return;
    const what = cause === resolved ? 'systemd-resolved' : '`useNetworkd`, which turns systemd-resolved on,';
    yield finding(resolvedConflict, {
      at,
      host,
      message: `${container.name} cannot be built: ${what} does not go with the host's \`resolv.conf\`, which a guest takes by default. Set \`networking.useHostResolvConf = false\` in the guest.`,
      fixes: [
        fixOf(
          'Set networking.useHostResolvConf = false',
          putGuestSetting(homelab.files, container, ['networking', 'useHostResolvConf'], 'false'),
        ),
      ],
    });
  },
});

/** `networking.useNetworkd` turns resolved on unless it is switched off. */
function impliedBy({ system }: Guest): ReturnType<typeof readOption<boolean>> | null {
  if (isWritten(system, ['services', 'resolved', 'enable']) !== false) return null;
  const networkd = readOption(system, ['networking', 'useNetworkd'], asBool);
  return networkd.kind === 'known' && networkd.value ? networkd : null;
}
