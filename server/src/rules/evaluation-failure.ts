import { moveIntoConfig } from '../edits/into-config';
import { UnsupportedAttributes } from '../eval/modules/long-form';
import { Conflict } from '../eval/modules/merge';
import { Failure, type Origin } from '../eval/value';
import { failedAssertions } from '../homelab/assertions';
import { InfiniteRecursion, isCertain } from '../homelab/certain-failure';
import { failuresOfContainer, failuresOfHost, type CertainFailure } from '../homelab/evaluation-failures';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { buildsContainers } from '../homelab/option-problems';
import type { Spot } from '../homelab/spot';
import { finding, placeName, related, type Files, type Finding, type Fix, type RelatedPlace } from './rule';
import { perHost } from './scopes';

/** A value that the rebuild certainly asks for, and that has none: a `throw`, a failed `assert`, a conflict. */
export const evaluationFailure = perHost({
  id: 'evaluation-failure',
  severity: 'error',
  description: 'Evaluating the host fails, so it cannot be built.',
  *look(homelab, host) {
    const failures = [...failuresOfHost(host)];
    if (buildsContainers(host)) {
      for (const container of host.containers)
        if (container.status === 'active') failures.push(...failuresOfContainer(container));
      failures.push(...ofRoutes(host));
    }
    yield* assertionsOf(homelab, host, null);
    for (const container of buildsContainers(host) ? host.containers : [])
      if (container.status === 'active') yield* assertionsOf(homelab, host, container);
    for (const same of together(failures)) yield* report(homelab, host, same);
  },
});

/** Assertions that say themselves why the system is not built. */
function* assertionsOf(homelab: Files, host: Host, container: Container | null): Generator<Finding> {
  for (const { message, at: origin } of failedAssertions(homelab.files, host, container)) {
    const at = locate(homelab, origin);
    if (at === null) continue;
    const what = container === null ? (host.name ?? 'the host') : `the guest ${container.name}`;
    yield finding(evaluationFailure, {
      at,
      host,
      message: `This assertion is false, so ${what} cannot be built${message === null ? '.' : `: ${sentence(message)}`}`,
      incomplete: true,
    });
  }
}

/** What Traefik's files are made of; other proxies' settings may not be asked for as they are read here. */
function* ofRoutes(host: Host): Generator<CertainFailure> {
  for (const { proxy, router, rule, service, backends } of host.routes) {
    if (proxy !== 'traefik') continue;
    for (const fact of [rule, service, ...backends.map(({ url }) => url)])
      if (fact.kind === 'unknown' && fact.problem instanceof Failure && isCertain(fact.problem))
        yield { option: `the route ${router}`, problem: fact.problem, definition: fact.definition };
  }
}

/** What fails at one place, for one reason, is one failure, however many ask for it. */
function together(failures: readonly CertainFailure[]): CertainFailure[][] {
  const groups = new Map<Origin, Map<string, CertainFailure[]>>();
  for (const failure of failures) {
    const { at, message } = failure.problem;
    const place = at ?? failure.definition;
    const byMessage = groups.get(place) ?? new Map<string, CertainFailure[]>();
    groups.set(place, byMessage);
    const same = byMessage.get(message);
    if (same === undefined) byMessage.set(message, [failure]);
    else same.push(failure);
  }
  return [...groups.values()].flatMap((byMessage) => [...byMessage.values()]);
}

function* report(homelab: Files, host: Host, same: readonly CertainFailure[]): Generator<Finding> {
  const [first] = same;
  if (first === undefined) return;
  const { problem, option, definition } = first;
  if (problem instanceof Conflict) {
    yield* conflict(homelab, host, problem);
    return;
  }
  const place = locate(homelab, problem.at);
  const asked = locate(homelab, definition);
  // Where a function of another file fails, the one who calls it is to be mended.
  const at = place !== null && (asked === null || asked.file === place.file) ? place : (asked ?? place);
  if (at === null) return;
  const others = new Set(same.map((failure) => failure.option)).size - 1;
  const more = others < 1 ? '' : ` and ${others} more`;
  const what = option === null ? 'this module' : option.startsWith('the ') ? option : `\`${option}\``;
  yield finding(evaluationFailure, {
    at,
    host,
    message: `Evaluating ${what}${more} fails, so ${host.name ?? 'the host'} cannot be built: ${words(problem)}`,
    related: [
      at === place ? null : related(homelab, problem.at, 'the evaluation fails here'),
      at === asked || sameSpot(at, asked) ? null : related(homelab, definition, `${what} is set here`),
      ...onTheWay(homelab, problem).filter((place) => place !== null && place.range.start !== at.range.start),
    ],
    fixes: problem instanceof UnsupportedAttributes ? [movedIntoConfig(homelab, problem)] : [],
    incomplete: true,
  });
}

/** The most places that are told of a recursion. */
const MOST_PLACES = 4;

/** What a value that needs itself needs it by. */
function onTheWay(homelab: Files, problem: Failure): (RelatedPlace | null)[] {
  if (!(problem instanceof InfiniteRecursion)) return [];
  return problem.through
    .slice(0, MOST_PLACES)
    .map((origin) => related(homelab, origin, 'it is needed by way of this'));
}

/** Moves what stands beside `config` into it. */
function movedIntoConfig({ files }: Files, { attributes }: UnsupportedAttributes): Fix | null {
  const changes = moveIntoConfig(files, attributes);
  return changes === null ? null : { title: 'Move it into config', changes };
}

function sameSpot(one: Spot, other: Spot | null): boolean {
  return (
    one.file === other?.file && one.range.start === other.range.start && one.range.end === other.range.end
  );
}

/** Nix's kind of message, as a sentence. */
function words({ kind, message }: Failure): string {
  if (kind === 'assert') return 'the assertion here is false.';
  return sentence(message);
}

function sentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function* conflict(homelab: Files, host: Host, { loc, first, second }: Conflict): Generator<Finding> {
  const at = locate(homelab, second.value.origin);
  const other = locate(homelab, first.value.origin);
  if (at === null || other === null || sameSpot(at, other)) return;
  yield finding(evaluationFailure, {
    at,
    host,
    message: `\`${loc.join('.')}\` has conflicting definition values: ${placeName(other, host)} sets it to another one, and NixOS takes neither. Leave one out, or put \`lib.mkForce\` before the one that is to count.`,
    related: [related(homelab, first.value.origin, 'the other value')],
    incomplete: true,
  });
}
