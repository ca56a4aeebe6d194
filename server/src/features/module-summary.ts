import { memoByName, memoOf } from '../eval/computed';
import { parts, type RawDefinition } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { enabledServices } from '../homelab/enabled-services';
import type { Host } from '../homelab/model';
import { writeAttrPath } from '../nix/write';
import { containerSummary, onHost, shownFile, statusOf } from './container-summary';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import { systemAt } from './option-value';
import { portsOf, siteUrls } from './route-summary';

/** What a module is, as an import of it says: containers, routes, services, options. */

const MOST = 10;

/** What a module defines on each host, or would define where none imports it. */
export function moduleSummary(index: HomelabIndex, hosts: readonly Host[], file: string): Paragraph[] {
  const role = index.roleOf(file);
  const own = (role?.hosts ?? []).filter((host) => hosts.length === 0 || hosts.includes(host));
  const shown = own.length > 0 ? own : (role?.hosts ?? []);
  const summaries = (shown.length > 0 ? shown : hosts).map((host) => ({
    host,
    said: onOne(index, host, file),
  }));
  return summaries.some(({ said }) => said.length > 0)
    ? summaries.flatMap(({ host, said }) =>
        said.length === 0 ? [] : [titleOf(host, file, role?.imported === true), ...said],
      )
    : [];
}

function titleOf(host: Host, file: string, imported: boolean): Paragraph {
  const unimported = host.unimported.find((module) => module.file === file);
  return {
    pieces: [
      'Module ',
      { code: shownFile(file, host) },
      ...(imported
        ? onHost(host)
        : [
            ': no host imports it',
            ...(unimported === undefined ? [] : [' (', { quoted: unimported.because }, ')']),
          ]),
      '.',
    ],
  };
}

function onOne(index: HomelabIndex, host: Host, file: string): Paragraph[] {
  const here = <T extends { readonly host: Host }>(all: readonly T[]): T[] =>
    all.filter((hosted) => hosted.host === host);
  const containers = here(index.containersDefinedIn(file));
  const routes = here(index.routesIn(file));
  const added = here(index.containersIn(file)).filter(
    ({ container }) => !containers.some((known) => known.container === container),
  );
  const system = systemAt(index, host, index.roleOf(file)?.prefix ?? [])?.system ?? host.system;
  const { imports, services, options, sets } = contentsOf(system)(file);
  const rest = sets.filter(
    (path) => path[0] !== 'containers' && !(path[0] === 'services' && services.includes(path[1] ?? '')),
  );
  return [
    ...listed(
      'Imports',
      imports.map((path): Inline => ({ code: shownFile(path, host) })),
    ),
    ...(containers.length < 2
      ? []
      : containers.map(({ container }) => ({
          bullet: true,
          pieces: ['Container ', { code: container.name }, ': ', ...statusOf(container)],
        }))),
    ...listed(
      'Adds to the containers',
      added.map(({ container }): Inline => ({ code: container.name })),
    ),
    ...routes.slice(0, MOST).map(({ route }) => {
      const urls = siteUrls(index, host, route);
      const ports = portsOf(route);
      return {
        bullet: true,
        pieces: [
          'Route ',
          { code: route.router },
          ...urls.flatMap((url, number): Inline[] => [number === 0 ? ': ' : ', ', { code: url }]),
          ...(ports.length === 0 ? [] : [` → port ${ports.join(', ')}`]),
          '.',
        ],
      };
    }),
    ...listed(
      'Enables',
      services.map((name): Inline => ({ code: `services.${name}` })),
    ),
    ...listed(
      'Declares the options',
      options.map((path): Inline => ({ code: writeAttrPath(path) })),
    ),
    ...listed(
      'Sets',
      rest.map((path): Inline => ({ code: writeAttrPath(path) })),
    ),
    ...(containers.length === 1
      ? containers.flatMap(({ container }) => containerSummary(index, host, container))
      : []),
  ];
}

function listed(what: string, items: readonly Inline[]): Paragraph[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MOST);
  const more = items.length - shown.length;
  return [
    {
      bullet: true,
      pieces: [
        `${what}: `,
        ...shown.flatMap((item, number): Inline[] => [number === 0 ? '' : ', ', item]),
        more > 0 ? ` and ${more} others.` : '.',
      ],
    },
  ];
}

interface Contents {
  /** The modules that it imports. */
  readonly imports: readonly string[];
  /** Names under `services` that it turns on. */
  readonly services: readonly string[];
  /** The paths of the options that it declares. */
  readonly options: readonly (readonly string[])[];
  /** The first two names of what it defines. */
  readonly sets: readonly (readonly string[])[];
}

/** What the modules of a system are, by file. */
const contentsOf = memoOf((system: ModuleSystem) => memoByName((file) => readContents(system, file)));

function readContents(system: ModuleSystem, file: string): Contents {
  const collected = attempt(() => system.modules);
  const modules = collected instanceof Unknown || collected instanceof Failure ? [] : collected.modules;
  const own = modules.filter((module) => module.file === file);
  const sets = unique(
    own.flatMap(({ config }) =>
      namesIn(config).flatMap(({ name, inside }) => {
        const names = namesIn(inside);
        return names.length === 0 ? [[name]] : names.map((second) => [name, second.name]);
      }),
    ),
  );
  const services = new Set(sets.flatMap(([first, second]) => (first === 'services' ? [second] : [])));
  return {
    imports: [...modules]
      .reverse()
      .flatMap((module) =>
        module.at?.anchor.source === file && module.file !== file && module.file !== '' ? [module.file] : [],
      ),
    services: services.size === 0 ? [] : enabledServices(system).items.filter((name) => services.has(name)),
    options: own.flatMap(({ options }) => (options === null ? [] : declaredIn(options, []))),
    sets,
  };
}

/** The names of what a definition sets, whatever `mkIf` and its kin stand around it. */
function namesIn(definition: RawDefinition): { name: string; inside: RawDefinition }[] {
  const all = attempt(() => parts(definition));
  return (Array.isArray(all) ? all : []).flatMap(({ raw, value }) => {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return [];
    if (value.entries.has('_type') || value.entries.has('outPath')) return [];
    const entries = attempt(() => [...value.entries]);
    return Array.isArray(entries)
      ? entries.map(([name, entry]) => ({ name, inside: { ...raw, value: entry.value } }))
      : [];
  });
}

const DEEPEST = 8;

/** The options of a set of declarations: the sets that `mkOption` makes. */
function declaredIn(options: Thunk, path: readonly string[]): (readonly string[])[] {
  const value = inspect(options);
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return [];
  if (value.entries.has('_type')) return path.length === 0 ? [] : [path];
  if (path.length >= DEEPEST) return [];
  return [...value.entries].flatMap(([name, entry]) => declaredIn(entry.value, [...path, name]));
}

function unique(paths: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(paths.map((path) => [path.join('\0'), path])).values()];
}
