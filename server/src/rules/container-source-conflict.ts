import { bindingOf, putContainerSetting, removeBinding } from '../edits/settings';
import { PRIORITY } from '../eval/modules/definition';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isClosedContainer, isWritten } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container } from '../homelab/model';
import { containerSpot, fixOf } from './places';
import { finding, related, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A container takes its system from one place: `config`, `path` or `flake`. */
export const containerSourceConflict = perContainer({
  id: 'container-source-conflict',
  severity: 'error',
  description: 'A container has none, or several, of `config`, `path` and `flake`.',
  *look(homelab, host, container) {
    const written = SOURCES.map((option) => [option, isSet(container, option)] as const);
    const present = written.flatMap(([option, is]) => (is === true ? [option] : []));
    if (present.length === 0) {
      const at = containerSpot(homelab, container);
      if (at === null || written.some(([, is]) => is !== false) || !isClosedContainer(host, container))
        return;
      yield finding(containerSourceConflict, {
        at,
        host,
        message: `${container.name} has no system to boot: none of \`config\`, \`path\` and \`flake\` is set. Write its system as \`config = { … };\`.`,
        fixes: [fixOf('Add config = { }', putContainerSetting(homelab.files, container, ['config'], '{ }'))],
        incomplete: true,
      });
      return;
    }
    const others = present.filter((option) => option !== 'config');
    const [wrong, second] = others;
    const other = present.includes('config') ? 'config' : second;
    if (wrong === undefined || other === undefined) return;
    const origin = definitionOf(container, wrong);
    const at = locate(homelab, origin);
    if (at === null) return;
    yield finding(containerSourceConflict, {
      at,
      host,
      message: `${container.name} takes its system from \`${other}\` and from \`${wrong}\`, and can have only one: the evaluation fails. Leave one of them out.`,
      related: [related(homelab, definitionOf(container, other), `\`${other}\` of ${container.name}`)],
      fixes: [without(homelab, origin, wrong)],
    });
  },
});

const SOURCES = ['config', 'path', 'flake'] as const;

/** Whether a source counts: null is none, and one that is forced, or only a default, does not conflict. */
function isSet(container: Container, option: (typeof SOURCES)[number]): boolean | 'unknown' {
  const is = isWritten(container.system, [option]);
  if (is !== true || option === 'config') return is;
  const definitions = attempt(() => container.system.option([option])?.definitions() ?? []);
  if (definitions instanceof Unknown || definitions instanceof Failure) return 'unknown';
  const [first] = definitions;
  const value = first === undefined ? null : inspect(first.value);
  if (first === undefined || value === null || value instanceof Unknown) return 'unknown';
  if (!(value instanceof Failure) && value.type === 'null') return false;
  return first.priority === PRIORITY.normal ? true : 'unknown';
}

function definitionOf({ system }: Container, option: string): Origin {
  const definitions = attempt(() => system.option([option])?.raw ?? []);
  if (definitions instanceof Unknown || definitions instanceof Failure) return null;
  return definitions.find(({ file }) => file !== '')?.value.origin ?? null;
}

function without(homelab: Files, origin: Origin, option: string): Fix | null {
  const found = bindingOf(homelab.files, origin, option);
  return found === null ? null : fixOf(`Remove ${option}`, removeBinding(found.file, found.binding));
}
