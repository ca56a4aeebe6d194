import { propertyOf } from '../eval/modules/definition';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { mayHaveMoreOptions, mentions } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { misplacedNames, type UnknownName } from '../homelab/option-problems';
import { writeAttrName } from '../nix/write';
import { closedSet } from '../schema/closed';
import { CONTAINER_OPTIONS } from '../schema/tables/container';
import { TOP_LEVEL_NAMES } from '../schema/tables/top-level';
import { closest, editDistance } from './closest';
import { hasUnknownRelease, isBefore, isCoveredByTables, isWithin } from './nixos-release';
import { problemsOfKind, renamedTo, shownPath, type OwnedProblem } from './option-findings';
import { finding, type Files, type Finding, type Severity } from './rule';
import { perContainer, type ContainerRule } from './scopes';

/** An option that does not exist: NixOS refuses the configuration for it. */
export const unknownOption: ContainerRule = perContainer({
  id: 'unknown-option',
  severity: 'error',
  incomplete: true,
  description: 'NixOS has no such option at this place.',
  *look(homelab, host, container) {
    for (const found of problemsOfKind('unknown', host, container)) {
      const reported = report(homelab, host, container, found);
      if (reported !== null) yield reported;
    }
    yield* tooNew(homelab, host, container);
    if (container.guest !== null) yield* misplaced(homelab, host, container, container.guest.system);
  },
  *lookAtHost(homelab, host) {
    for (const found of problemsOfKind('unknown', host, null)) {
      const reported = report(homelab, host, null, found);
      if (reported !== null) yield reported;
    }
    yield* misplaced(homelab, host, null, host.system);
  },
});

function report(
  homelab: Files,
  host: Host,
  container: Container | null,
  found: OwnedProblem<UnknownName>,
): Finding | null {
  const { problem, owner } = found;
  const at = locate(homelab, problem.at);
  if (at === null) return null;
  const judged =
    owner === 'container' ? judgeOwn(homelab, host, problem) : judgeSet(homelab, host, container, problem);
  if (judged === null) return null;
  const { near, severity } = judged;
  const inConfig = near === null && problem.path.length === 2 && TOP_LEVEL_NAMES.has(problem.name);
  const hint =
    near !== null
      ? ` Did you mean \`${near}\`?`
      : inConfig
        ? ` It is an option of the guest: write \`config.${problem.name}\`.`
        : '';
  return finding(unknownOption, {
    at,
    host,
    severity,
    message: `${shownPath(problem.path, owner, container)} has no option \`${writeAttrName(problem.name)}\`, and NixOS refuses the configuration.${hint}`,
    fixes: [
      near !== null
        ? isFree(problem, near) && mayTake(problem, near)
          ? renamedTo(homelab, problem.at, [near])
          : null
        : inConfig
          ? renamedTo(homelab, problem.at, ['config', problem.name])
          : null,
    ],
  });
}

interface Judged {
  readonly near: string | null;
  readonly severity: Severity;
}

/** A name in a submodule that the tables hold as a whole. */
function judgeOwn(homelab: Files, host: Host, { name, known, path }: UnknownName): Judged | null {
  const near = closest(name, known);
  if (near !== null) return { near, severity: 'error' };
  if (mayHaveMoreOptions(host.system)) return null;
  if (path.length === 2 && TOP_LEVEL_NAMES.has(name)) return { near, severity: 'error' };
  if (isCoveredByTables(homelab, host)) return { near, severity: 'error' };
  // A newer NixOS than the tables know may have more options.
  return hasUnknownRelease(homelab, host) ? { near, severity: 'warning' } : null;
}

/** A name in a set of options of NixOS that was read as a whole, at some release. */
function judgeSet(
  homelab: Files,
  host: Host,
  container: Container | null,
  { name, path, system }: UnknownName,
): Judged | null {
  const set = closedSet(path);
  if (set === null) return null;
  const near = closest(name, set.names);
  const ofHost = container === null || !mentions(container.system, ['nixpkgs']);
  if (ofHost && isWithin(homelab, host, set.from, set.upTo))
    return near !== null || !mayHaveMoreOptions(system) ? { near, severity: 'error' } : null;
  if (near === null || (ofHost && isBefore(homelab, host, set.from))) return null;
  // What is added later is often a longer or shorter form of what there was.
  const isForm = near.startsWith(name) || name.startsWith(near);
  return !isForm && editDistance(name, near, 3) < 3 ? { near, severity: 'error' } : null;
}

function isFree({ system, path }: UnknownName, name: string): boolean {
  const depth = system.spec.prefix.length;
  return !mentions(system, [...path.slice(depth), name]);
}

/** Whether what is written may be a value of another option of the set, as far as both are known. */
function mayTake({ system, path, name }: UnknownName, other: string): boolean {
  const below = path.slice(system.spec.prefix.length);
  const own = attempt(() => system.option([...below, name])?.raw[0]?.value.force());
  if (own === undefined || own instanceof Unknown || own instanceof Failure) return true;
  const type = attempt(() => system.option([...below, other])?.declared?.type ?? null);
  if (type === null || type instanceof Unknown || type instanceof Failure) return true;
  return attempt(() => propertyOf(own) !== null || type.check(own, system.machine)) !== false;
}

/** Options of a container that only later releases have. */
function* tooNew(homelab: Files, host: Host, container: Container): Generator<Finding> {
  for (const { name, since } of NEW_OPTIONS) {
    if (!isBefore(homelab, host, since) || !mentions(container.system, [name])) continue;
    for (const at of placesOf(container, name)) {
      const spot = locate(homelab, at);
      if (spot === null) continue;
      yield finding(unknownOption, {
        at: spot,
        host,
        message: `NixOS has \`${name}\` from release ${since} on, and the host is built from an older one, which refuses it.`,
      });
    }
  }
}

const NEW_OPTIONS = CONTAINER_OPTIONS.flatMap(({ path, since }) => {
  const [, , name, ...more] = path.split('.');
  return since === undefined || name === undefined || more.length > 0 ? [] : [{ name, since }];
});

function placesOf({ system }: Container, name: string): Origin[] {
  const node = system.option([name]);
  return node === null ? [] : node.raw.flatMap(({ file, at }) => (file === '' ? [] : [at]));
}

/** Names at the root of a host or guest that belong elsewhere, as `firewall` for `networking.firewall`. */
function* misplaced(
  homelab: Files,
  host: Host,
  container: Container | null,
  system: Host['system'],
): Generator<Finding> {
  if (mayHaveMoreOptions(system)) return;
  for (const { name, at, meant } of misplacedNames(system)) {
    const spot = locate(homelab, at);
    const path = meant ?? nearTopLevel(name);
    if (spot === null || path === null) continue;
    const written = path.map(writeAttrName).join('.');
    yield finding(unknownOption, {
      at: spot,
      host,
      message: `NixOS has no option \`${writeAttrName(name)}\`${container === null ? '' : ` for the guest ${container.name}`}, and refuses the configuration. Did you mean \`${written}\`?`,
      fixes: [renamedTo(homelab, at, path)],
    });
  }
}

function nearTopLevel(name: string): string[] | null {
  const near = closest(name, [...TOP_LEVEL_NAMES]);
  return near === null || name.length < 5 ? null : [near];
}
