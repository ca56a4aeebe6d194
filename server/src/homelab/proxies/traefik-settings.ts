import { memoOf } from '../../eval/computed';
import type { ModuleSystem } from '../../eval/modules/system';
import { attempt, ready } from '../../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue } from '../../eval/value';
import { fieldOf, openReason, readSet, setOf } from '../read';
import type { Collection, Container } from '../model';
import { isWritten, mayRun, proxyPlaces, type ProxyPlace } from './place';

/** A Traefik of a host: in a container, or on the host itself. */
export interface Traefik {
  /** The container it runs in; null on the host. */
  readonly container: string | null;
  /** All of its dynamic configuration that is written in Nix. */
  readonly dynamic: AttrsValue;
  readonly static: AttrsValue | undefined;
  /** Why Traefik reads another dynamic configuration than this; null where it reads this one. */
  readonly overridden: string | null;
}

/**
 * Where the settings stand below `services.traefik`: in the releases until now; as nixpkgs pull requests 482512 (merged,
 * then reverted) and 553100 name them.
 */
export const DYNAMIC: readonly (readonly string[])[] = [
  ['dynamicConfigOptions'],
  ['dynamic', 'settings'],
  ['routing', 'settings'],
];
/** Sets of files, each with `settings` of its own. Source: the same. */
export const DYNAMIC_FILES: readonly (readonly string[])[] = [
  ['dynamic', 'files'],
  ['routing', 'extraFiles'],
];
export const STATIC: readonly (readonly string[])[] = [
  ['staticConfigOptions'],
  ['static', 'settings'],
  ['install', 'settings'],
];
/** Files that take the place of the settings. */
const FILES = [
  ['staticConfigFile'],
  ['static', 'file'],
  ['install', 'file'],
  ['dynamicConfigFile'],
  ['dynamic', 'file'],
  ['routing', 'file'],
];

const ROOT = ['services', 'traefik'];

/** The Traefiks of a host whose configuration is written in Nix. */
export function traefiksOf(host: ModuleSystem, containers: readonly Container[]): Traefik[] {
  return proxyPlaces(host, containers).flatMap((place) => traefikAt(place) ?? []);
}

/** The Traefik of a system; null where none is configured in Nix. */
export const traefikAt = memoOf(
  readTraefik,
  (before, after) =>
    before?.container === after?.container &&
    before?.dynamic === after?.dynamic &&
    before?.static === after?.static &&
    before?.overridden === after?.overridden,
);

function readTraefik(place: ProxyPlace): Traefik | null {
  const { container, system } = place;
  const node = attempt(() => system.option(ROOT));
  if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0)
    return null;
  const dynamic = merged([
    ...DYNAMIC.flatMap((path) => known(readSet(system, [...ROOT, ...path]))),
    ...DYNAMIC_FILES.flatMap((path) =>
      known(readSet(system, [...ROOT, ...path])).flatMap((files) =>
        [...files.entries.values()].flatMap(({ value }) => setOf(fieldOf(setOf(value), 'settings')) ?? []),
      ),
    ),
  ]);
  if (dynamic === null || (dynamic.entries.size === 0 && dynamic.open === null)) return null;
  const set = STATIC.filter((path) => isWritten(place, [...ROOT, ...path]));
  const fixed = merged(
    (set.length > 0 ? set : STATIC).flatMap((path) => known(readSet(system, [...ROOT, ...path]))),
  );
  const file = FILES.find((path) => isWritten(place, [...ROOT, ...path]))?.join('.');
  const directory = setOf(fieldOf(setOf(fieldOf(fixed ?? undefined, 'providers')), 'file'));
  const overridden = !mayRun(place, 'traefik')
    ? 'services.traefik.enable is false'
    : file !== undefined
      ? `services.traefik.${file} takes its place`
      : directory !== undefined && fieldOf(directory, 'directory') !== undefined
        ? 'providers.file.directory takes its place'
        : null;
  return { container: container?.name ?? null, dynamic, static: fixed ?? undefined, overridden };
}

function known(set: AttrsValue | Unknown | Failure | null): AttrsValue[] {
  return set === null || set instanceof Unknown || set instanceof Failure ? [] : [set];
}

/** How deep several sets are merged: `http`, its `routers`, and the names in them. */
const DEPTH = 2;

/** Several sets as one, as Traefik reads several files; null where there is none. */
function merged(sets: readonly AttrsValue[], depth = DEPTH): AttrsValue | null {
  const [first, ...others] = sets.filter(({ entries, open }) => entries.size > 0 || open !== null);
  if (first === undefined || others.length === 0) return first ?? sets[0] ?? null;
  const entries = new Map<string, Attr>(first.entries);
  for (const [name, attr] of others.flatMap((set) => [...set.entries])) {
    const before = entries.get(name);
    const both = [before, attr].flatMap((own) => setOf(own?.value) ?? []);
    const set = depth === 0 || both.length < 2 ? null : merged(both, depth - 1);
    if (before === undefined) entries.set(name, attr);
    else if (set !== null) entries.set(name, { ...before, value: ready(set) });
  }
  return { ...first, entries, open: first.open ?? others.find(({ open }) => open !== null)?.open ?? null };
}

/** The protocols that a dynamic configuration is divided into. */
export const PROTOCOLS = ['http', 'tcp', 'udp'] as const;

/** The names a Traefik's section defines, e.g. all middlewares of `http`. */
export function namesIn(
  traefik: Traefik,
  protocol: (typeof PROTOCOLS)[number],
  section: string,
): Collection<string> {
  const set = setOf(fieldOf(setOf(fieldOf(traefik.dynamic, protocol)), section));
  if (set === undefined)
    return { items: [], open: traefik.dynamic.open === null ? null : traefik.dynamic.open.reason };
  return { items: [...set.entries.keys()].sort(), open: openReason(set) };
}

/** The names of a Traefik's entry points. */
export function entryPointsOf(traefik: Traefik): Collection<string> {
  const set = setOf(fieldOf(traefik.static, 'entryPoints'));
  return set === undefined
    ? { items: [], open: null }
    : { items: [...set.entries.keys()].sort(), open: openReason(set) };
}
