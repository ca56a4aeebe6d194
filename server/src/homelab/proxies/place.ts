import { memoOf, sameItems } from '../../eval/computed';
import type { ModuleSystem } from '../../eval/modules/system';
import { attempt } from '../../eval/thunk';
import { Failure, Unknown } from '../../eval/value';
import type { Container } from '../model';
import { asBool, asString, readNode, readOption } from '../read';

/** A system in which a reverse proxy may run. */
export interface ProxyPlace {
  /** The container whose guest it is; null for the host. */
  readonly container: Container | null;
  readonly system: ModuleSystem;
}

/** The host and the guests of its containers, without the disabled ones. */
export function proxyPlaces(host: ModuleSystem, containers: readonly Container[]): ProxyPlace[] {
  const places: ProxyPlace[] = [onHost(host)];
  for (const container of containers) {
    const place = container.status === 'disabled' ? null : inGuest(container);
    if (place !== null) places.push(place);
  }
  return places;
}

/** The place of a proxy that runs in a container, or on the host where that is null; undefined where it does not run. */
export function placeOf(
  { system, containers }: { readonly system: ModuleSystem; readonly containers: readonly Container[] },
  container: string | null,
): ProxyPlace | undefined {
  return proxyPlaces(system, containers).find((place) => (place.container?.name ?? null) === container);
}

/** The place of a host itself, or of the guest of one of its containers; null for a guest that is not known. */
export function placeIn(host: ModuleSystem, container: Container | null): ProxyPlace | null {
  return container === null ? onHost(host) : inGuest(container);
}

// A place is one object as long as it is the same place, so that what is known of it can be remembered by it.
const onHost = memoOf((system: ModuleSystem): ProxyPlace => ({ container: null, system }));
const inGuest = memoOf(
  (container: Container): ProxyPlace | null =>
    container.guest === null ? null : { container, system: container.guest.system },
  (before, after) => before?.system === after?.system,
);

/** What may be asked of `mayRun`. */
const PROXIES = ['traefik', 'nginx', 'caddy', 'cloudflared'] as const;

/**
 * Whether a system may run a proxy: something is written under `services.<name>`, and `enable` is not set to false
 * there. An `enable` that nothing sets counts as on, since modules from outside turn services on.
 */
export function mayRun({ system }: ProxyPlace, name: (typeof PROXIES)[number]): boolean {
  return running(system).includes(name);
}

const running = memoOf(
  (system: ModuleSystem): readonly string[] =>
    PROXIES.filter((name) => {
      const node = attempt(() => system.option(['services', name]));
      if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0)
        return false;
      const enable = readOption(system, ['services', name, 'enable'], asBool);
      return !(enable.kind === 'known' && !enable.value && enable.definition !== null);
    }),
  sameItems,
);

/** Whether something in the repository sets an option, to anything but null. */
export function isWritten({ system }: ProxyPlace, path: readonly string[]): boolean {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0)
    return false;
  return readNode(node, asString).kind !== 'unset';
}
