import type { ModuleSystem } from '../eval/modules/system';
import { Failure, Unknown, type Value } from '../eval/value';
import type { ListenSetting, ServiceDoc } from '../schema/service';
import { SERVICES } from '../schema/tables/services';
import type { Fact, Listener } from './model';
import { asNumber, asString, readOption, readSet, type Reader } from './read';

/** What the enabled services listen on, as far as the table of services knows. */
export function listenersOf(system: ModuleSystem, services: readonly string[]): Listener[] {
  return services
    .flatMap((service) => servicesByKey().get(service) ?? [])
    .flatMap((service) =>
      instancesOf(system, service).map((instance) => listenerOf(system, service, instance)),
    );
}

let byKey: ReadonlyMap<string, readonly ServiceDoc[]> | undefined;

/** The table of services by the name under `services` that they are configured at. */
function servicesByKey(): ReadonlyMap<string, readonly ServiceDoc[]> {
  if (byKey !== undefined) return byKey;
  const map = new Map<string, ServiceDoc[]>();
  for (const service of SERVICES) {
    const key = service.enable.split('.')[1] ?? service.name;
    map.set(key, [...(map.get(key) ?? []), service]);
  }
  return (byKey = map);
}

/** The names that stand for the `<…>` in a service's options; one empty name where there is none. */
function instancesOf(system: ModuleSystem, { port, address }: ServiceDoc): readonly string[] {
  const path = (port.option ?? address.option ?? '').split('.');
  const at = path.findIndex((segment) => segment.startsWith('<'));
  if (at === -1) return [''];
  const set = readSet(system, path.slice(0, at));
  if (set === null || set instanceof Unknown || set instanceof Failure) return [];
  return [...set.entries.keys()].sort();
}

function listenerOf(system: ModuleSystem, { name, port, address }: ServiceDoc, instance: string): Listener {
  return {
    service: name,
    port: setting(system, port, instance, port.form === undefined ? asNumber : portOf),
    address: setting(system, address, instance, address.form === 'endpoint' ? addressOf : asString),
    protocol: 'tcp',
  };
}

function setting<T>(
  system: ModuleSystem,
  { option, default: fallback }: ListenSetting<T>,
  instance: string,
  read: Reader<T>,
): Fact<T> {
  if (option !== null) {
    const path = option.split('.').map((segment) => (segment.startsWith('<') ? instance : segment));
    const fact = readOption(system, path, read);
    if (fact.kind !== 'unset') return fact;
  }
  return fallback === null
    ? { kind: 'unset' }
    : { kind: 'known', value: fallback, definition: null, literal: null, file: null };
}

/** A port, as a number, as digits, or at the end of an endpoint such as `127.0.0.1:8384` or `tcp://:9091/`. */
function portOf(value: Value): number | undefined {
  if (value.type !== 'string') return asNumber(value);
  const digits = /^\d+$/.test(value.text) ? value.text : /:(\d+)(?:\/.*)?$/.exec(value.text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The address of an endpoint; every interface where it names none. */
function addressOf(value: Value): string | undefined {
  if (value.type !== 'string') return undefined;
  const match = /^(?:[a-z]+:\/\/)?(\[[^\]]*\]|[^/:]*)(?::\d+)?(?:\/.*)?$/.exec(value.text);
  if (match === null) return undefined;
  return (match[1] ?? '').replace(/^\[|\]$/g, '') || '0.0.0.0';
}
