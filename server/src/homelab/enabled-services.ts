import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { ENABLED_BY, type EnablingOption } from '../schema/tables/enabling';
import { SERVICES } from '../schema/tables/services';
import { readInstances } from './instances';
import type { Collection } from './model';
import { asBool, openReason, readOption } from './read';

/** Names under `services` that are turned on: by `enable`, by one of their parts, or by an instance. */
export function enabledServices(system: ModuleSystem): Collection<string> {
  const node = attempt(() => system.option(['services']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return { items: [], open: null };
  const written = attempt(() => [...node.names()].filter(([, at]) => at !== null).map(([name]) => name));
  if (!Array.isArray(written)) return { items: [], open: openReason(written) };
  const items = written.filter((name) => {
    const enable = readOption(system, ['services', name, 'enable'], asBool);
    if (enable.kind === 'known' && enable.value) return true;
    return (enablingOptions().get(name) ?? []).some((option) => turnsOn(system, option));
  });
  return { items: items.sort(), open: node.open === null ? null : node.open.reason };
}

let byService: ReadonlyMap<string, readonly EnablingOption[]> | undefined;

/** What else turns services on, by their name: the table of it, and what the table of services says. */
function enablingOptions(): ReadonlyMap<string, readonly EnablingOption[]> {
  if (byService !== undefined) return byService;
  const map = new Map<string, EnablingOption[]>();
  const own = SERVICES.map(({ enable }): EnablingOption => {
    const [, service = '', ...option] = enable.split('.');
    return { service, option: option.join('.'), on: 'true' };
  });
  for (const row of [...ENABLED_BY, ...own]) {
    if (row.option !== 'enable') map.set(row.service, [...(map.get(row.service) ?? []), row]);
  }
  return (byService = map);
}

function turnsOn(system: ModuleSystem, { service, option, on }: EnablingOption): boolean {
  const path = ['services', service, ...option.split('.')];
  if (on === 'there') return readInstances(system, path, () => true).length > 0;
  return readInstances(system, path, asBool).some(({ fact }) =>
    on === 'true'
      ? fact.kind === 'known' && fact.value
      : fact.kind === 'unset' || (fact.kind === 'known' && fact.value),
  );
}
