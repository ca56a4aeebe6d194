import { mountsOf, type Mount } from '../homelab/bind-mounts';
import { locate } from '../homelab/homelab';
import { inParentheses } from './places';
import { finding, related } from './rule';
import { perContainer } from './scopes';

/** Two mounts at one place, or one at a place that nspawn does not take. */
export const duplicateMountPoint = perContainer({
  id: 'duplicate-mount-point',
  severity: 'error',
  description:
    'Two bind mounts have the same place in the guest, or one has a place that systemd-nspawn refuses.',
  *look(homelab, host, container) {
    const seen = new Map<string, Mount>();
    for (const mount of mountsOf(container).items) {
      const { target, at } = mount;
      const spot = locate(homelab, at);
      if (spot === null) continue;
      const problem = problemOf(mount);
      if (problem !== null) {
        yield finding(duplicateMountPoint, {
          at: spot,
          host,
          message: `${container.name} cannot start with this mount: ${problem}.`,
          incomplete: target === '' || mount.source === '',
        });
        continue;
      }
      const key = target.replace(/\/+$/, '') || '/';
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, mount);
        continue;
      }
      yield finding(duplicateMountPoint, {
        at: spot,
        host,
        severity: 'warning',
        message: `${key} of ${container.name} is mounted twice: also by \`bindMounts."${first.name}"\`${inParentheses(homelab, host, first.at)}. One hides the other: give one of them another \`mountPoint\`, or remove it.`,
        related: [related(homelab, first.at, 'mounted here too')],
      });
    }
  },
});

/** What the start script does with a path: it is an absolute path and one word of a command line. */
function problemOf({ target, flags, source }: Mount): string | null {
  if (!target.startsWith('/')) return `"${target}" is not an absolute path`;
  const paths = [target, flags, source ?? ''];
  // The shell takes blanks at the ends away.
  if (paths.some((path) => /\s/.test(path.trim()))) return 'a path with a blank is taken for two';
  if (source !== null && !source.startsWith('/')) return `"${source}" is not an absolute path`;
  return null;
}
