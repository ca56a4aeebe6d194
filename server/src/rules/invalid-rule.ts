import { isSpelling, matchersOf } from '../homelab/traefik-matchers';
import { closest } from './closest';
import { mayBeWrong, problemsOfRule, type PlacedProblem } from './router-rules';
import { finding, type Finding } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';

/** A router's rule that Traefik cannot read: the router is off. */
export const invalidRule: TraefikKeyRule = perTraefikKey({
  id: 'invalid-rule',
  severity: 'error',
  description: 'The rule of a Traefik router is not one, or nothing can match it.',
  wanted: mayBeWrong,
  *look(homelab, key) {
    for (const placed of problemsOfRule(homelab, key))
      if (placed.problem.kind !== 'version-2') yield report(placed);
  },
});

function report(placed: PlacedProblem): Finding {
  const { problem, key, at } = placed;
  const near = nearest(placed);
  const message = problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
  const outcome =
    problem.kind === 'never-matches' ? 'Nothing matches the rule' : 'Traefik turns the router off';
  return finding(invalidRule, {
    at,
    host: key.host,
    severity: problem.kind === 'never-matches' ? 'warning' : 'error',
    message: `${message}. ${outcome}.${near === null ? '' : ` Did you mean ${near}?`}`,
    fixes: [placed.fix ?? (near === null ? null : placed.replace(near, `Use ${near}`))],
    incomplete: problem.kind === 'syntax',
  });
}

/** The matcher that a misspelt one most likely meant. */
function nearest({ problem, protocol, version }: PlacedProblem): string | null {
  if (problem.unknownName === null || problem.mended !== null) return null;
  const names = matchersOf(protocol, version ?? 'v3').map(({ name }) => name);
  const name = problem.unknownName;
  const lower = closest(
    name.toLowerCase(),
    names.map((known) => known.toLowerCase()),
  );
  return lower === null ? null : (names.find((known) => isSpelling(lower, known)) ?? null);
}
