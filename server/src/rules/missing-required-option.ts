import { putSetting } from '../edits/settings';
import { inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import type { MissingOption } from '../homelab/option-problems';
import { writeAttrPath } from '../nix/write';
import { fixOf } from './places';
import { problemsOfKind, type OwnedProblem } from './option-findings';
import { finding, type Files, type Finding, type Fix } from './rule';
import { perContainer, type ContainerRule } from './scopes';

/** A set without an option that has no default. */
export const missingRequiredOption: ContainerRule = perContainer({
  id: 'missing-required-option',
  severity: 'error',
  description: 'A set lacks an option that has no default.',
  *look(homelab, host, container) {
    yield* findings(homelab, host, container);
  },
  *lookAtHost(homelab, host) {
    yield* findings(homelab, host, null);
  },
});

function* findings(homelab: Files, host: Host, container: Container | null): Generator<Finding> {
  for (const found of problemsOfKind('missing', host, container)) {
    const at = locate(homelab, found.problem.at);
    if (at === null) continue;
    const { path, name } = found.problem;
    const isElement = path[path.length - 1] === '*';
    const option = `\`${writeAttrPath(path.filter((step) => step !== '*'))}\``;
    const where = found.owner === 'guest' && container !== null ? ` in the guest ${container.name}` : '';
    yield finding(missingRequiredOption, {
      at,
      host,
      message: `${isElement ? `Each element of ${option}` : option}${where} needs \`${name}\`, which has no default. NixOS refuses the configuration without it.`,
      fixes: [filledIn(homelab, found)],
      incomplete: true,
    });
  }
}

/** Adds the option where its value can be told. */
function filledIn(homelab: Files, { problem }: OwnedProblem<MissingOption>): Fix | null {
  const { at, name } = problem;
  const spot = locate(homelab, at);
  const file = spot === null ? null : homelab.files.parsed(spot.file);
  if (file === null || at?.kind !== 'attrs') return null;
  const value = likelyValue(problem);
  if (value === null) return null;
  return fixOf(`Add ${name} = ${value};`, putSetting({ file, set: at }, [name], value));
}

function likelyValue({ name, path, system }: MissingOption): string | null {
  if (name === 'modifier') return '"rw"';
  if (name !== 'hostPort' || path[path.length - 2] !== 'forwardPorts') return null;
  const inner = system.option(['containerPort']);
  const port = inner === null ? null : inspect(inner.value);
  return port === null || port instanceof Unknown || port instanceof Failure || port.type !== 'int'
    ? null
    : String(port.value);
}
