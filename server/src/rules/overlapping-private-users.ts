import type { Container, Host } from '../homelab/model';
import { factSpot, inParentheses, relatedFact } from './places';
import { finding, type Finding, type Files } from './rule';
import { perHost } from './scopes';

/** Ranges of users, written as their first id, that meet each other or the host's own users. */
export const overlappingPrivateUsers = perHost({
  id: 'overlapping-private-users',
  severity: 'warning',
  description: "A container's range of users is also another's, or the host's.",
  *look(homelab, host) {
    const ranges = host.containers.flatMap(rangeOf);
    for (const range of ranges) yield* judged(homelab, host, range, ranges);
  },
});

interface UserRange {
  readonly container: Container;
  readonly first: number;
}

/** systemd-nspawn takes 65536 users from the one that is named. */
const LENGTH = 65_536;

function rangeOf(container: Container): UserRange[] {
  const { privateUsers, status } = container;
  if (status !== 'active' || privateUsers.kind !== 'known') return [];
  const first = Number(privateUsers.value);
  return Number.isInteger(first) && first > 0 ? [{ container, first }] : [];
}

function* judged(
  homelab: Files,
  host: Host,
  { container, first }: UserRange,
  all: readonly UserRange[],
): Generator<Finding> {
  const at = factSpot(homelab, container.privateUsers);
  if (at === null) return;
  if (first < LENGTH) {
    yield finding(overlappingPrivateUsers, {
      at,
      host,
      message: `The users of ${container.name} begin with ${first}, inside those of the host (0 to ${LENGTH - 1}): it gets users of the host instead of its own. Begin with ${nextFree(all)}, or write "pick".`,
    });
    return;
  }
  const other = all.find(
    (range) =>
      range.container !== container &&
      Math.abs(range.first - first) < LENGTH &&
      !areMeantAsOne(range.container.privateUsers, container.privateUsers),
  );
  if (other === undefined) return;
  const { privateUsers } = other.container;
  const place = inParentheses(homelab, host, privateUsers.kind === 'known' ? privateUsers.definition : null);
  yield finding(overlappingPrivateUsers, {
    at,
    host,
    message: `${container.name} shares users with ${other.container.name}${place}: each takes ${LENGTH} of them, from ${first} and from ${other.first}. Begin with ${nextFree(all)}, or write "pick".`,
    related: [relatedFact(homelab, privateUsers, `users of ${other.container.name}`)],
  });
}

/** Whether two places name one number, so that both guests are meant to have the same users. */
function areMeantAsOne(one: Container['privateUsers'], other: Container['privateUsers']): boolean {
  return (
    one.kind === 'known' &&
    other.kind === 'known' &&
    one.literal !== null &&
    one.literal === other.literal &&
    one.definition !== other.definition
  );
}

function nextFree(all: readonly UserRange[]): number {
  let first = 2 * LENGTH;
  while (all.some((range) => Math.abs(range.first - first) < LENGTH)) first += LENGTH;
  return first;
}
