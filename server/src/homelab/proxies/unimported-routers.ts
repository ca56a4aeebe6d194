import { memoOf } from '../../eval/computed';
import { holds, parts, type RawDefinition } from '../../eval/modules/definition';
import type { ModuleSystem } from '../../eval/modules/system';
import { attempt } from '../../eval/thunk';
import { Failure, Unknown, type AttrsValue } from '../../eval/value';
import { extendedBy } from '../disabled';
import type { Host, UnimportedModule } from '../model';
import { entriesOf } from '../read';
import { runningTraefiks } from './traefik-names';
import { routerFrom, type Router } from './traefik-routers';
import { DYNAMIC, PROTOCOLS, type Traefik } from './traefik-settings';

/** A router that a Traefik of a host would have if the host imported a module. */
export interface UnimportedRouter extends Router {
  readonly module: UnimportedModule;
}

/** The routers that modules write out which a host does not import, for the Traefiks that it has. */
export const unimportedRouters = memoOf((host: Host): readonly UnimportedRouter[] => {
  const modules = new Map(host.unimported.map((module) => [module.file, module]));
  const traefiks = runningTraefiks(host);
  if (modules.size === 0 || traefiks.length === 0) return [];
  const extended = extendedBy(host.system, [...modules.keys()]);
  return traefiks.flatMap((traefik) =>
    settingsOf(extended, traefik, (file) => modules.has(file)).flatMap((settings) =>
      PROTOCOLS.flatMap((protocol) =>
        below(below([settings], protocol), 'routers').flatMap((raw): UnimportedRouter[] => {
          const module = modules.get(raw.file);
          if (module === undefined) return [];
          return setsIn(raw).flatMap((set) =>
            entriesOf(set).flatMap(([name, { at, value }]) =>
              setsIn({ ...raw, value }).map((fields) => ({
                ...routerFrom(traefik, protocol, name, at, fields),
                module,
              })),
            ),
          );
        }),
      ),
    ),
  );
});

/** What some modules of a system say of a Traefik's dynamic configuration. */
function settingsOf(
  system: ModuleSystem,
  { container }: Traefik,
  isWanted: (file: string) => boolean,
): RawDefinition[] {
  const root = container === null ? ['services', 'traefik'] : ['containers'];
  const node = attempt(() => system.option(root));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  const own = node.raw.filter(({ file }) => isWanted(file));
  const inside = container === null ? [] : [container, 'config', 'services', 'traefik'];
  return DYNAMIC.flatMap((path) => [...inside, ...path].reduce(below, own));
}

/** What definitions say of one of their attributes, its name in any case, where they certainly count. */
function below(definitions: readonly RawDefinition[], name: string): RawDefinition[] {
  return definitions.flatMap((raw) =>
    parts(raw).flatMap((part) => {
      const { value } = part;
      if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return [];
      if (attempt(() => holds(part.raw.conditions)) !== true) return [];
      return entriesOf(value).flatMap(([key, attr]): RawDefinition[] =>
        key.toLowerCase() === name.toLowerCase()
          ? [{ ...part.raw, value: attr.value, at: attr.at, conditions: [] }]
          : [],
      );
    }),
  );
}

function setsIn(raw: RawDefinition): AttrsValue[] {
  return parts(raw).flatMap(({ raw: own, value }) =>
    value instanceof Unknown ||
    value instanceof Failure ||
    value.type !== 'attrs' ||
    attempt(() => holds(own.conditions)) !== true
      ? []
      : [value],
  );
}
