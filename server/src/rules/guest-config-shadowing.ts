import { isWritten } from '../homelab/certainty';
import { certainParts, guestFunctions } from '../homelab/guest-functions';
import { locate } from '../homelab/homelab';
import type { LambdaExpr, SelectExpr } from '../nix/syntax';
import { containerAt, fixOf } from './places';
import { finding, related, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** Inside `config = { config, … }:` the name stands for the guest's configuration, which has no containers. */
export const guestConfigShadowing = perContainer({
  id: 'guest-config-shadowing',
  severity: 'error',
  description: "A guest's module reads `config.containers`, where `config` is the guest's own.",
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || isWritten(guest.system, ['containers']) !== false) return;
    for (const lambda of guestFunctions(homelab.files, container)) {
      if (lambda.formals?.some(({ name }) => name.name === 'config') !== true) continue;
      for (const part of certainParts(lambda.body, 'config')) {
        if (part.kind !== 'select' || part.subject.kind !== 'variable' || part.subject.name !== 'config')
          continue;
        const [first, second] = part.path;
        const at = locate(homelab, part);
        if (first?.text !== 'containers' || second === undefined || part.fallback !== null || at === null)
          continue;
        const name = second.text ?? '…';
        yield finding(guestConfigShadowing, {
          at,
          host,
          message: `\`config\` is the guest's own here, and ${container.name} has no container ${name} inside: the evaluation fails. Take the host's \`config\` under another name, such as \`let hostConfig = config; in\` around the module, and write \`hostConfig.containers.${name}\`.`,
          related: [related(homelab, containerAt(container), `${container.name} is defined here`)],
          fixes: [captured(homelab, lambda, part)],
        });
      }
    }
  },
});

/** Names the host's configuration around the module's body, where the guest is written in the host's module. */
function captured(homelab: Files, lambda: LambdaExpr, { subject }: SelectExpr): Fix | null {
  const file = homelab.files.parsed(lambda.anchor.source);
  const root = file?.root.expression;
  if (file === null || root?.kind !== 'lambda' || root === lambda) return null;
  if (root.formals?.some(({ name }) => name.name === 'config') !== true) return null;
  const body = file.rangeOf(root.body);
  const place = file.rangeOf(subject);
  if (body === null || place === null) return null;
  const use = { file: file.path, range: place, newText: 'hostConfig' };
  if (/\bhostConfig\s*=\s*config\s*;/.test(file.text)) return fixOf('Read it from hostConfig', use);
  const name = {
    file: file.path,
    range: { start: body.start, end: body.start },
    newText: 'let hostConfig = config; in ',
  };
  return fixOf("Take the host's config as hostConfig", name, use);
}
