import { putContainerSetting } from '../edits/settings';
import { isKept, mayMountOtherwise, mountsOf, type Mount } from '../homelab/bind-mounts';
import { isClosedContainer } from '../homelab/certainty';
import { stateFolders, type StateFolder } from '../homelab/state';
import { isInside } from '../nix/paths';
import { factSpot, fixOf, listed } from './places';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A guest that forgets everything when it stops, with a service that has something to remember. */
export const ephemeralState = perContainer({
  id: 'ephemeral-state',
  severity: 'warning',
  incomplete: true,
  description: 'An ephemeral container runs a service whose state no writable mount keeps.',
  *look(homelab, host, container) {
    const { ephemeral } = container;
    const at = factSpot(homelab, ephemeral);
    if (ephemeral.kind !== 'known' || !ephemeral.value || at === null) return;
    const mounts = mountsOf(container);
    if (mounts.open !== null || mayMountOtherwise(container) || !isClosedContainer(host, container)) return;
    const states = stateFolders(container);
    if (keepsSomethingElse(mounts.items, states)) return;
    const lost = states.filter(({ folder }) => !isKept(mounts.items, folder));
    const [first] = lost;
    if (first === undefined) return;
    const titles = [...new Set(lost.map(({ title }) => title))];
    const folders = lost.map(({ folder }) => folder);
    const path = ['bindMounts', first.folder];
    const value = `{ hostPath = "/persist${first.folder}"; isReadOnly = false; }`;
    yield finding(ephemeralState, {
      at,
      host,
      message: `${container.name} loses what ${listed(titles)} ${titles.length === 1 ? 'keeps' : 'keep'} in ${listed(folders)} at each stop: \`ephemeral\` empties its root, and no writable bind mount covers ${folders.length === 1 ? 'this folder' : 'these folders'}. Mount ${folders.length === 1 ? 'it' : 'them'} from the host, or leave \`ephemeral\` out.`,
      fixes: [
        lost.length === 1
          ? fixOf(
              `Keep ${first.folder} in /persist${first.folder}`,
              putContainerSetting(homelab.files, container, path, value),
            )
          : null,
      ],
    });
  },
});

/** A writable mount in /var/lib that no known folder explains may be where an older service keeps its state. */
function keepsSomethingElse(mounts: readonly Mount[], states: readonly StateFolder[]): boolean {
  return mounts.some(
    ({ target, isReadOnly }) =>
      isInside('/var/lib', target) &&
      !(isReadOnly.kind === 'known' && isReadOnly.value) &&
      !states.some(({ folder }) => isInside(target, folder) || isInside(folder, target)),
  );
}
