import { bindingAround, replaceExpression } from '../edits/settings';
import { PRIORITY } from '../eval/modules/definition';
import { attempt, inspect } from '../eval/thunk';
import { locate } from '../homelab/homelab';
import type { Origin } from '../eval/value';
import { fixOf } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** The container module sets `networking.useDHCP = false` itself, so a plain `true` conflicts with it. */
export const guestDhcpConflict = perContainer({
  id: 'guest-dhcp-conflict',
  severity: 'error',
  description: 'A guest sets `networking.useDHCP`, which the container module sets to false.',
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null) return;
    const definitions = attempt(() => guest.system.option(['networking', 'useDHCP'])?.definitions() ?? []);
    if (!Array.isArray(definitions)) return;
    for (const { value, file, priority, maybe } of definitions) {
      const known = inspect(value);
      if (file === '' || priority !== PRIORITY.normal || maybe !== null) continue;
      if (!('type' in known) || known.type !== 'bool' || !known.value) continue;
      const at = locate(homelab, value.origin);
      if (at === null) continue;
      yield finding(guestDhcpConflict, {
        at,
        host,
        message: `${container.name} cannot be built: every container sets \`networking.useDHCP = false\`, and this says otherwise. Write \`networking.interfaces.eth0.useDHCP = true\` instead.`,
        fixes: [ofInterface(homelab, value.origin)],
      });
    }
  },
});

/** Moves it to the guest's interface, where it is written by its path. */
function ofInterface(homelab: Files, origin: Origin): Fix | null {
  const file = origin === null ? null : homelab.files.parsed(origin.anchor.source);
  const binding = file === null ? null : bindingAround(file, origin);
  const last = binding?.path[binding.path.length - 1];
  if (file === null || binding === null || last?.text !== 'useDHCP' || origin?.kind !== 'variable')
    return null;
  const range = file.rangeOf(last);
  if (range === null || replaceExpression(file, binding.value, 'true') === null) return null;
  return fixOf('Write it as networking.interfaces.eth0.useDHCP', {
    file: file.path,
    range,
    newText: 'interfaces.eth0.useDHCP',
  });
}
