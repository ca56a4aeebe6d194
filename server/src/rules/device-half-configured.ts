import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { mayMountOtherwise, mountsOf } from '../homelab/bind-mounts';
import { isClosedContainer } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Collection, Container } from '../homelab/model';
import { asString, optionThunk, readThunk, setOf } from '../homelab/read';
import { putContainerSetting } from '../edits/settings';
import { isInside } from '../nix/paths';
import { fixOf } from './places';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A device of the host needs two things in a guest: its node, and the permission to open it. */
export const deviceHalfConfigured = perContainer({
  id: 'device-half-configured',
  severity: 'warning',
  incomplete: true,
  description:
    'A device is mounted into a guest that may not open it, or allowed in one that does not see it.',
  *look(homelab, host, container) {
    const devices = allowedDevices(container);
    const mounts = mountsOf(container);
    if (devices.open !== null || mounts.open !== null || mayMountOtherwise(container)) return;
    if (!isClosedContainer(host, container)) return;
    const allowed = devices.items.map(({ node }) => node);
    // A link such as /dev/serial/by-id/… or a class such as char-drm stands for nodes of other names.
    const standsForOthers = allowed.some(
      (node) => !node.startsWith('/dev/') || /\/by-[a-z]+(?:\/|$)/.test(node),
    );
    for (const { source, target, at } of mounts.items) {
      const spot = locate(homelab, at);
      if (source === null || spot === null || standsForOthers || !isHardware(source)) continue;
      if (allowed.some((node) => isInside(source, node) || isInside(node, source) || isInside(target, node)))
        continue;
      yield finding(deviceHalfConfigured, {
        at: spot,
        host,
        message: `${container.name} sees ${source} and may not open it: systemd allows a container no device that \`allowedDevices\` does not name. Add \`allowedDevices = [ { node = "${source}"; modifier = "rw"; } ];\`.`,
        fixes: [
          allowed.length > 0 || source.includes('/by-')
            ? null
            : fixOf(
                'Allow the device',
                putContainerSetting(
                  homelab.files,
                  container,
                  ['allowedDevices'],
                  `[ { node = "${source}"; modifier = "rw"; } ]`,
                ),
              ),
        ],
      });
    }
    for (const { node, at } of devices.items) {
      const spot = locate(homelab, at);
      if (spot === null || !isHardware(node)) continue;
      const mounted = mounts.items.some(
        ({ source, target }) =>
          isInside(target, node) || isInside(node, target) || source === null || isInside(source, node),
      );
      if (mounted || mounts.items.some(({ target }) => isInside('/dev', target))) continue;
      yield finding(deviceHalfConfigured, {
        at: spot,
        host,
        message: `${container.name} may open ${node} and does not see it: a guest has only a few nodes in /dev. Add \`bindMounts."${node}" = { hostPath = "${node}"; isReadOnly = false; };\`.`,
        fixes: [
          fixOf(
            'Mount the device',
            putContainerSetting(
              homelab.files,
              container,
              ['bindMounts', node],
              `{ hostPath = "${node}"; isReadOnly = false; }`,
            ),
          ),
        ],
      });
    }
  },
});

interface AllowedDevice {
  readonly node: string;
  readonly at: Origin;
}

function allowedDevices({ system }: Container): Collection<AllowedDevice> {
  const thunk = optionThunk(system, ['allowedDevices']);
  const list = thunk === undefined ? null : inspect(thunk);
  if (list === null) return { items: [], open: null };
  if (list instanceof Unknown) return { items: [], open: list.reason };
  if (list instanceof Failure || list.type !== 'list') return { items: [], open: 'it is not a list' };
  let open = list.open?.reason ?? null;
  const items = list.items.flatMap((item): AllowedDevice[] => {
    const node = readThunk(setOf(item)?.entries.get('node')?.value, asString);
    if (node.kind === 'known') return [{ node: node.value, at: node.definition }];
    open ??= 'a device is not known';
    return [];
  });
  return { items, open };
}

/** Nodes that systemd-nspawn gives every guest, or that need no permission. */
function isHardware(path: string): boolean {
  return (
    isInside('/dev', path) &&
    path !== '/dev' &&
    !/^\/dev\/(?:null|zero|full|u?random|tty|console|ptmx|pts|shm|mqueue|hugepages|net|log)(?:\/|$)/.test(
      path,
    )
  );
}
