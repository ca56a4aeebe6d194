import type { Fact, Host, Route } from '../../server/src/homelab/model';
import { homelabOf, parseFixture } from './fixture';

/** For tests only: the routes of a fixture's host, as short words. */

/** The only host of a fixture. */
export async function onlyHost(text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<Host> {
  const [host, ...others] = (await homelabOf(parseFixture(text, lineEnd))).hosts;
  if (host === undefined || others.length > 0) throw new Error('the fixture has not one host');
  return host;
}

/** A known value, null for an unset one, and the reason in words for one that is not known. */
export function factValue<T>(fact: Fact<T>): T | string | null {
  return fact.kind === 'known' ? fact.value : fact.kind === 'unset' ? null : `unknown: ${fact.reason}`;
}

/** Where a route ends: `immich:2283`, `-:80` for none of the host's containers. */
export function endsOf({ backends }: Route): string[] {
  return backends.map(
    ({ container, shared, port }) =>
      `${container ?? (shared === null ? '-' : shared.containers.join('|'))}:${port ?? '-'}`,
  );
}

/** The routes of a fixture's host by router, with where each ends. */
export async function endsByRouter(
  text: string,
  lineEnd: '\n' | '\r\n' = '\n',
): Promise<Record<string, string[]>> {
  const { routes } = await onlyHost(text, lineEnd);
  return Object.fromEntries(routes.map((route) => [route.router, endsOf(route)]));
}
