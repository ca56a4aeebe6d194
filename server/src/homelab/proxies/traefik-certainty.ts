import { memoOf } from '../../eval/computed';
import type { ModuleSystem } from '../../eval/modules/system';
import { attempt } from '../../eval/thunk';
import { Failure, Unknown, type Origin } from '../../eval/value';
import { isWritten } from '../certainty';
import type { Host } from '../model';
import { asBool, readOption } from '../read';
import type { Traefik } from './traefik-settings';

/** The system that a Traefik of a host runs in; null where that is not known. */
export function systemOfTraefik(host: Host, { container }: Pick<Traefik, 'container'>): ModuleSystem | null {
  if (container === null) return host.system;
  return host.containers.find(({ name }) => name === container)?.guest?.system ?? null;
}

/**
 * Whether all that a Traefik is told is written in the repository, as far as its sets are closed: the repository turns
 * it on, and nothing is imported from outside that looks as if it were about proxies.
 */
export function knowsTraefik(host: Host, traefik: Traefik): boolean {
  const system = systemOfTraefik(host, traefik);
  if (system === null || host.incomplete !== null) return false;
  return isOwn(system) && !mayBeConfiguredOutside(system) && !mayBeConfiguredOutside(host.system);
}

const isOwn = memoOf(
  (system: ModuleSystem): boolean => {
    const enable = readOption(system, ['services', 'traefik', 'enable'], asBool);
    if (enable.kind !== 'known' || !enable.value || enable.definition === null) return false;
    return !ELSEWHERE.some((path) => isWritten(system, path) === true);
  },
  (before, after) => before === after,
);

/** Options by which a Traefik reads more than its settings. */
const ELSEWHERE: readonly (readonly string[])[] = [
  ['systemd', 'services', 'traefik', 'serviceConfig', 'ExecStart'],
  ['services', 'traefik', 'dynamic', 'dir'],
  ['services', 'traefik', 'routing', 'dir'],
];

const mayBeConfiguredOutside = memoOf(
  (system: ModuleSystem): boolean => {
    const collected = attempt(() => system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) return true;
    return collected.outside.some(mayBeAboutProxies);
  },
  (before, after) => before === after,
);

/** Names of modules that may bring routes, middlewares or entry points with them. */
const PROXY_NAMES =
  /traefik|prox|ingress|gateway|route|middleware|preset|homelab|selfhost|infra|common|shared/i;

function mayBeAboutProxies(origin: Origin): boolean {
  if (origin === null) return true;
  const words =
    origin.kind === 'select'
      ? [
          origin.subject.kind === 'variable' ? origin.subject.name : '',
          ...origin.path.map(({ text }) => text ?? ''),
        ]
      : [];
  return PROXY_NAMES.test(words.join('.'));
}
