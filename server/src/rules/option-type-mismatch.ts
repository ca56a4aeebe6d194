import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import type { Mismatch } from '../homelab/option-problems';
import { writeAttrPath } from '../nix/write';
import { isBefore } from './nixos-release';
import { problemsOfKind, type OptionOwner, type OwnedProblem } from './option-findings';
import { choosesTexts, kindOf, mended, wanted } from './option-types';
import { finding, type Files, type Finding } from './rule';
import { perContainer, type ContainerRule } from './scopes';

/** The releases from which on the tables know the types of services and other options. */
const FIRST_RELEASE = '22.05';

/** A value that the type of its option refuses. */
export const optionTypeMismatch: ContainerRule = perContainer({
  id: 'option-type-mismatch',
  severity: 'error',
  description: 'A value is of another type than its option takes.',
  *look(homelab, host, container) {
    yield* findings(homelab, host, container);
  },
  *lookAtHost(homelab, host) {
    yield* findings(homelab, host, null);
  },
});

function* findings(homelab: Files, host: Host, container: Container | null): Generator<Finding> {
  for (const found of problemsOfKind('mismatch', host, container)) {
    if (found.owner !== 'container' && isBefore(homelab, host, FIRST_RELEASE)) continue;
    const reported = report(homelab, host, container, found);
    if (reported !== null) yield reported;
  }
}

function report(
  homelab: Files,
  host: Host,
  container: Container | null,
  { problem, owner }: OwnedProblem<Mismatch>,
): Finding | null {
  const { definition, value, refusedBy, loc } = problem.mismatch;
  const at = locate(homelab, definition.value.origin) ?? locate(homelab, value.origin);
  if (at === null) return null;
  const isElement = /^\[definition \d/.test(loc[loc.length - 1] ?? '');
  const option = shownLoc(loc, owner);
  const where = owner === 'guest' && container !== null ? ` of the guest ${container.name}` : '';
  const what = isElement ? `An element of \`${option}\`${where}` : `\`${option}\`${where}`;
  return finding(optionTypeMismatch, {
    at,
    host,
    message: `${what} must be ${wanted(refusedBy)}, and this is ${kindOf(value)}. NixOS refuses it.`,
    fixes: [mended(homelab, problem.mismatch)],
    incomplete: value.type === 'string' && choosesTexts(refusedBy),
  });
}

/** An option’s path without what is around its owner, and without the numbers of list elements. */
function shownLoc(loc: readonly string[], owner: OptionOwner): string {
  const skipped = owner === 'guest' ? 3 : 0;
  const own = loc[0] === 'containers' ? loc.slice(skipped) : loc;
  return writeAttrPath(own.filter((step) => !step.startsWith('[definition ')));
}
