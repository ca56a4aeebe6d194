import { DYNAMIC, DYNAMIC_FILES, STATIC } from '../../homelab/proxies/traefik-settings';
import type { OptionDoc } from '../../schema/option';
import { MODULE_KEYS } from '../../schema/tables/module-keys';
import type { FileRole } from '../homelab-index';
import type { WrittenPath } from './written-path';

/** The path of an option from a host's root; null segments are computed, `*` is the element of a list. */
export type OptionPath = readonly (string | null)[];

/** Whether a path leads to the options of a system: the host's, or a guest's. */
export function isModuleRoot(path: OptionPath): boolean {
  return path.length === 0 || (path.length === 3 && path[0] === 'containers' && path[2] === 'config');
}

/** What the module system itself reads at a path, such as `imports`; null for options. */
export function moduleKeyAt(path: OptionPath): OptionDoc | null {
  if (!isModuleRoot(path.slice(0, -1))) return null;
  return MODULE_KEYS.find((key) => key.path === path.at(-1)) ?? null;
}

/**
 * The option that a written path means; null where that cannot be told.
 * @param role what the file's own value is; null where that is not known
 */
export function optionPath({ fromFile, segments }: WrittenPath, role: FileRole | null): OptionPath | null {
  let rest = segments;
  let path: (string | null)[] = [];
  if (fromFile && role !== null) path = [...role.prefix];
  else {
    const modules = segments.findIndex((name, index) => name === 'modules' && segments[index + 1] === '*');
    if (modules !== -1) rest = segments.slice(modules + 2);
    else if (!speaksOfContainers(segments)) return null;
  }
  for (let index = 0; index < rest.length; index++) {
    const name = rest[index] ?? null;
    if (isModuleRoot(path)) {
      if (name === 'options') return null;
      if (name === 'config') continue;
      if (name === 'imports' && index + 1 < rest.length) {
        index++;
        continue;
      }
    }
    path.push(name);
  }
  return path;
}

/** A set that is no module of its own, but whose content leaves no doubt. */
function speaksOfContainers(segments: OptionPath): boolean {
  return segments[0] === 'containers' || (segments[0] === 'config' && segments[1] === 'containers');
}

/** A path as the option tables want it: what is computed may be any name; Traefik's settings have one name. */
export function tablePath(path: OptionPath): string[] {
  const place = traefikPlace(path);
  const names = place === null ? path : inTables(path, place);
  return names.map((name) => name ?? '*');
}

function inTables(path: OptionPath, { part, below }: TraefikPlace): OptionPath {
  const root = path[0] === 'containers' ? [...path.slice(0, 3), ...ROOT] : ROOT;
  return [...root, `${part}ConfigOptions`, ...below];
}

/** A place inside a container. */
export interface ContainerPlace {
  /** Null where the name is computed. */
  readonly container: string | null;
  /** The path below `containers.<name>`. */
  readonly below: OptionPath;
}

/** The container that a path is in; null for a path that is in none. */
export function containerPlace(path: OptionPath): ContainerPlace | null {
  return path[0] === 'containers' && path.length >= 2
    ? { container: path[1] ?? null, below: path.slice(2) }
    : null;
}

/** A place inside the configuration of a Traefik. */
export interface TraefikPlace {
  /** The container it runs in; null on the host. */
  readonly container: string | null;
  readonly part: 'dynamic' | 'static';
  /** The path below `dynamicConfigOptions` or `staticConfigOptions`. */
  readonly below: OptionPath;
}

const ROOT = ['services', 'traefik'];

/** Where the settings stand below `services.traefik`; `null` for a name that the user chooses. */
const PLACES: readonly {
  readonly part: TraefikPlace['part'];
  readonly path: readonly (string | null)[];
}[] = [
  ...DYNAMIC.map((path) => ({ part: 'dynamic' as const, path })),
  ...DYNAMIC_FILES.map((path) => ({ part: 'dynamic' as const, path: [...path, null, 'settings'] })),
  ...STATIC.map((path) => ({ part: 'static' as const, path })),
];

/** The Traefik configuration that a path is in, under any of the names that it has; null for a path that is in none. */
export function traefikPlace(path: OptionPath): TraefikPlace | null {
  const guest = path[0] === 'containers' && path[2] === 'config';
  const own = guest ? path.slice(3) : path;
  if (!ROOT.every((name, at) => own[at] === name)) return null;
  const below = own.slice(ROOT.length);
  const place = PLACES.find(
    (known) =>
      below.length >= known.path.length &&
      known.path.every((name, at) => name === null || name === below[at]),
  );
  return place === undefined
    ? null
    : {
        container: guest ? (path[1] ?? null) : null,
        part: place.part,
        below: below.slice(place.path.length),
      };
}
