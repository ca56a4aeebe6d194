import { containerNamed, isShared, type Arrival } from '../homelab/arrivals';
import { locate } from '../homelab/homelab';
import type { Backend, Host, Listener, Port, Route } from '../homelab/model';
import { asBool, readOption } from '../homelab/read';
import { rowOf } from '../homelab/guest-ports';
import type { Spot } from '../homelab/spot';
import { containerSpot, inParentheses, listed } from './places';
import type { Files, Report } from './rule';

/** Where findings about backends stand, and how they name what they speak of. */

/** Why a guest does not answer who asks it, and what can be done: in sentences, the first in the middle. */
export interface Trouble extends Pick<Report, 'related' | 'fixes'> {
  readonly why: string;
}

/**
 * Where a backend is wrong: at its URL; where one URL is written for many routes, at the container that it is about.
 * @param about the container to point at instead of a shared URL
 */
export function backendSpot(files: Files, host: Host, { url }: Backend, about: string | null): Spot | null {
  const at = url.kind === 'known' ? locate(files, url.definition) : null;
  if (about === null || !(at === null || isShared(host, { url } as Backend))) return at;
  const container = containerNamed(host, about);
  return container === undefined ? at : containerSpot(files, container);
}

/** `the route immich (containers/immich.nix:12)`. */
export function routeName(files: Files, host: Host, { router, at }: Route): string {
  return `the route ${router}${inParentheses(files, host, at)}`;
}

/** `8000 and 9000 (containers/docs.nix:42)`; at most three, the rest by number. */
export function portsNamed(files: Files, host: Host, ports: readonly Port[]): string {
  const numbers = [...new Set(ports.map(({ port }) => port))];
  const shown = numbers.length > 4 ? [...numbers.slice(0, 3), `${numbers.length - 3} more`] : numbers;
  const at = ports.find((port) => port.at !== null)?.at ?? null;
  return `${listed(shown.map(String))}${inParentheses(files, host, at)}`;
}

/** `Immich listens on 2283 (containers/immich.nix:45)`, or `… by default`. */
export function listensOn(files: Files, host: Host, { service, port }: Listener): string {
  const title = rowOf(service)?.title ?? service;
  if (port.kind !== 'known') return `${title} listens somewhere`;
  const where = port.definition === null ? ' by default' : inParentheses(files, host, port.definition);
  return `${title} listens on ${port.value}${where}`;
}

/** Where a service is turned on in a guest; null where that is not written. */
export function enabledSpot(files: Files, { guest }: Arrival, service: string): Spot | null {
  const enable = rowOf(service)?.enable;
  if (enable === undefined || enable.includes('<')) return null;
  const fact = readOption(guest.system, enable.split('.'), asBool);
  return fact.kind === 'known' ? locate(files, fact.definition) : null;
}
