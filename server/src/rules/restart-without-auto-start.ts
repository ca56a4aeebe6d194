import { bindingOf, removeBinding, settingBeside } from '../edits/settings';
import { isClosedContainer } from '../homelab/certainty';
import type { Container, Fact } from '../homelab/model';
import { asBool, readOption } from '../homelab/read';
import { factSpot, fixOf, relatedFact } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** `restartIfChanged = true` counts only for containers that start by themselves. */
export const restartWithoutAutoStart = perContainer({
  id: 'restart-without-auto-start',
  severity: 'warning',
  incomplete: true,
  description: '`restartIfChanged` has no effect, since the container does not start by itself.',
  tags: ['unnecessary'],
  *look(homelab, host, container) {
    const restart: Fact<boolean> = readOption(container.system, ['restartIfChanged'], asBool);
    const { autoStart } = container;
    const at = factSpot(homelab, restart);
    if (restart.kind !== 'known' || !restart.value || at === null) return;
    if (autoStart.kind !== 'known' || autoStart.value || !isClosedContainer(host, container)) return;
    yield finding(restartWithoutAutoStart, {
      at,
      host,
      message: `A rebuild does not restart ${container.name}: \`restartIfChanged\` counts only with \`autoStart = true\`. Set that, or leave \`restartIfChanged\` out.`,
      related: [relatedFact(homelab, autoStart, `${container.name} does not start by itself`)],
      fixes: [started(homelab, container, restart), removed(homelab, restart)],
    });
  },
});

function started(homelab: Files, { autoStart }: Container, restart: Fact<boolean>): Fix | null {
  if (restart.kind !== 'known' || autoStart.kind !== 'known' || autoStart.definition !== null) return null;
  return fixOf(
    'Set autoStart = true',
    settingBeside(homelab.files, restart.definition, 'restartIfChanged', 'autoStart', 'true'),
  );
}

function removed(homelab: Files, restart: Fact<boolean>): Fix | null {
  const found =
    restart.kind === 'known' ? bindingOf(homelab.files, restart.definition, 'restartIfChanged') : null;
  return found === null ? null : fixOf('Remove restartIfChanged', removeBinding(found.file, found.binding));
}
