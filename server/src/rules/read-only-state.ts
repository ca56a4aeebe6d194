import { putSetting, replaceExpression, bindingAround } from '../edits/settings';
import { mountsOf, type Mount } from '../homelab/bind-mounts';
import { locate } from '../homelab/homelab';
import { stateFolders } from '../homelab/state';
import { isInside } from '../nix/paths';
import { fixOf } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** The folder that a service writes to, mounted so that it cannot. */
export const readOnlyState = perContainer({
  id: 'read-only-state',
  severity: 'warning',
  incomplete: true,
  description: "A service's state folder is mounted read-only.",
  *look(homelab, host, container) {
    const mounts = mountsOf(container);
    for (const { title, folder } of stateFolders(container)) {
      const inside = mounts.items.filter(({ target }) => isInside(target, folder));
      const [mount] = inside.sort((a, b) => b.target.length - a.target.length);
      if (mount?.isReadOnly.kind !== 'known' || !mount.isReadOnly.value) continue;
      const definition = mount.isReadOnly.definition;
      const at = locate(homelab, mount.isReadOnly.file === '' ? mount.at : (definition ?? mount.at));
      if (at === null) continue;
      const why = definition === null ? ', which it is unless `isReadOnly = false` is set' : '';
      yield finding(readOnlyState, {
        at,
        host,
        message: `${title} of ${container.name} cannot write to ${folder}: ${mount.target} is mounted read-only${why}. Set \`isReadOnly = false\`.`,
        fixes: [writable(homelab, mount)],
      });
    }
  },
});

function writable(homelab: Files, { isReadOnly, at }: Mount): Fix | null {
  const title = 'Set isReadOnly = false';
  const definition = isReadOnly.kind === 'known' ? isReadOnly.definition : null;
  const place = definition ?? at;
  const file = place === null ? null : homelab.files.parsed(place.anchor.source);
  if (file === null) return null;
  if (definition !== null) {
    if (definition.kind !== 'variable' || definition.name !== 'true') return null;
    return fixOf(title, replaceExpression(file, definition, 'false'));
  }
  const binding = bindingAround(file, at);
  if (binding?.value.kind !== 'attrs' || binding.path[binding.path.length - 1] !== at) return null;
  return fixOf(title, putSetting({ file, set: binding.value }, ['isReadOnly'], 'false'));
}
