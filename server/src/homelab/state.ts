import { SERVICES } from '../schema/tables/services';
import { isWritten } from './certainty';
import type { Container } from './model';
import { asBool, asString, readOption, readSet } from './read';
import { Failure, Unknown } from '../eval/value';

/** Where the services of a guest keep what they must not lose. */

export interface StateFolder {
  /** The service's name as people write it. */
  readonly title: string;
  readonly folder: string;
}

/** Services whose state is not worth keeping, or is written in Nix. */
const WITHOUT_STATE: ReadonlySet<string> = new Set(['glance', 'homepage-dashboard', 'redis', 'stirling-pdf']);

/** The state folders of a guest's enabled services, as far as the table of services knows them. */
export function stateFolders({ guest }: Container): StateFolder[] {
  if (guest === null) return [];
  const { system, services } = guest;
  return SERVICES.flatMap((service): StateFolder[] => {
    const { name, enable, stateDir, stateOption, stateHome, title } = service;
    if (!services.items.includes(enable.split('.')[1] ?? name) || WITHOUT_STATE.has(name)) return [];
    if (stateDir === null || isDeclarative(name, guest)) return [];
    const set = stateOption === null ? null : readOption(system, stateOption.split('.'), asString);
    const moved =
      set?.kind === 'unset' && stateHome !== undefined
        ? readOption(system, stateHome.split('.'), asString)
        : set;
    if (moved?.kind === 'unknown') return [];
    const said = moved?.kind === 'known' ? moved.value : stateDir;
    // Some options take a name below /var/lib.
    const folder = said.startsWith('/') ? said : `/var/lib/${said}`;
    if (!folder.includes('<')) return [{ title, folder }];
    return instancesOf(system, enable).map((instance) => ({
      title,
      folder: folder.replace(/<[^>]*>/, instance),
    }));
  });
}

function instancesOf(system: Parameters<typeof readSet>[0], enable: string): string[] {
  const path = enable.split('.');
  const at = path.findIndex((segment) => segment.startsWith('<'));
  const set = at === -1 ? null : readSet(system, path.slice(0, at));
  return set === null || set instanceof Unknown || set instanceof Failure ? [] : [...set.entries.keys()];
}

/** Whether all that matters of a service is written in Nix: it then loses statistics at most. */
function isDeclarative(name: string, { system }: NonNullable<Container['guest']>): boolean {
  if (name !== 'adguardhome') return false;
  const mutable = readOption(system, ['services', 'adguardhome', 'mutableSettings'], asBool);
  if (mutable.kind === 'unknown' || (mutable.kind === 'known' && !mutable.value)) return true;
  return isWritten(system, ['services', 'adguardhome', 'settings']) !== false;
}
