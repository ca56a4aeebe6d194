import { putSetting } from '../edits/settings';
import { bindingOfName, partsOf } from '../edits/syntax-search';
import { mentions } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import type { RetiredUse } from '../homelab/option-problems';
import { namesOf } from '../schema/path-table';
import { isBefore, isFrom } from './nixos-release';
import { problemsOfKind, renamedTo, shownPath, type OwnedProblem } from './option-findings';
import { fixOf } from './places';
import { finding, type Files, type Finding, type Fix } from './rule';
import { perContainer, type ContainerRule } from './scopes';
import { removal } from './traefik-findings';

/** An option that the host’s release of NixOS does not have any more. */
export const removedOption: ContainerRule = perContainer({
  id: 'removed-option',
  severity: 'error',
  description: 'An option was removed or renamed in the host’s release of NixOS.',
  *look(homelab, host, container) {
    yield* findings(homelab, host, container);
  },
  *lookAtHost(homelab, host) {
    yield* findings(homelab, host, null);
  },
});

function* findings(homelab: Files, host: Host, container: Container | null): Generator<Finding> {
  for (const found of problemsOfKind('retired', host, container)) {
    if (!isRetired(homelab, host, container, found)) continue;
    const { problem, owner } = found;
    const at = locate(homelab, problem.at);
    if (at === null) continue;
    const { to, effect, release, instead } = problem.option;
    const option = shownPath(problem.path, owner, container);
    const what =
      to === null ? `${option} was removed in NixOS ${release}` : `${option} was renamed in NixOS ${release}`;
    const outcome = effect === 'refused' ? 'which refuses it' : 'which takes it for the new one and warns';
    yield finding(removedOption, {
      at,
      host,
      severity: effect === 'refused' ? 'error' : 'information',
      message: `${what}, ${outcome}. ${instead ?? `Write \`${to ?? ''}\`.`}`,
      fixes: [renaming(homelab, problem), movedToConfig(homelab, found)],
    });
  }
}

/** Whether the system’s release certainly does not have the option any more. */
function isRetired(
  homelab: Files,
  host: Host,
  container: Container | null,
  { problem, owner }: OwnedProblem<RetiredUse>,
): boolean {
  const { release } = problem.option;
  // So long ago that a repository without a known release has a later one.
  if (owner === 'container') return !isBefore(homelab, host, release);
  // A guest of another nixpkgs than the host’s is of a release that is not known.
  if (container !== null && mentions(container.system, ['nixpkgs'])) return false;
  return isFrom(homelab, host, release);
}

function renaming(homelab: Files, { option, path, system, at }: RetiredUse): Fix | null {
  if (option.to === null) return null;
  const to = namesOf(option.to);
  if (mentions(system, to)) return null;
  let shared = 0;
  while (shared < path.length - 1 && shared < to.length - 1 && path[shared] === to[shared]) shared++;
  return renamedTo(homelab, at, to.slice(shared), path.slice(shared));
}

/** `pkgs` of a container as `config.nixpkgs.pkgs`, where the guest’s configuration is written as a set beside it. */
function movedToConfig(homelab: Files, { problem, owner }: OwnedProblem<RetiredUse>): Fix | null {
  const spot = locate(homelab, problem.at);
  const file = spot === null ? null : homelab.files.parsed(spot.file);
  if (owner !== 'container' || spot === null || file === null) return null;
  const binding = bindingOfName(file, problem.at);
  const set = binding === null ? undefined : partsOf(file).sets.get(binding);
  const value = binding === null ? null : file.rangeOf(binding.value);
  const removed = removal(homelab, { attr: { at: problem.at }, at: spot });
  if (binding?.path.length !== 1 || set === undefined || value === null || removed === null) return null;
  const text = file.text.slice(value.start, value.end);
  const added = putSetting({ file, set }, ['config', 'nixpkgs', 'pkgs'], text);
  return fixOf('Move it to config.nixpkgs.pkgs', removed, added);
}
