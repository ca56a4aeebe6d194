import type { ModuleSystem } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Value } from '../eval/value';
import type { ListenSetting, ServiceDoc } from '../schema/service';
import { SERVICES } from '../schema/tables/services';
import { readInstances } from './instances';
import type { Fact, Listener } from './model';
import { asBool, asNumber, asString, readOption, readThunk, type Reader } from './read';

/** What the enabled services listen on, as far as the table of services knows. */
export function listenersOf(system: ModuleSystem, services: readonly string[]): Listener[] {
  return services
    .flatMap((service) => servicesByKey().get(service) ?? [])
    .flatMap((service) => listenersOfService(system, service));
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

function listenersOfService(system: ModuleSystem, service: ServiceDoc): Listener[] {
  const { name, port, address } = service;
  const instances = enabledInstances(system, service);
  if (instances.length === 0) return [];
  const listener = (at: Pick<Listener, 'port' | 'address'>): Listener => ({
    service: name,
    ...at,
    protocol: 'tcp',
  });
  if (port.form === 'sockets') return socketsOf(system, service).map(listener);
  return instances.flatMap((instance): Listener[] => {
    const ports = settings(system, service, port, instance, port.form === undefined ? asNumber : portOf);
    const addresses = settings(
      system,
      service,
      address,
      instance,
      address.form === 'endpoint' ? addressOf : asAddress,
    );
    return ports.map((fact, number) =>
      listener({ port: fact, address: addresses[number] ?? addresses[0] ?? { kind: 'unset' } }),
    );
  });
}

/** The instances of a service that are on, by name; a single null for a service without instances. */
function enabledInstances(system: ModuleSystem, service: ServiceDoc): readonly (string | null)[] {
  const spellings = spellingsOf(service, service.enable);
  return spellings.flatMap((path) =>
    readInstances(system, path, asBool).flatMap(({ name, fact }) =>
      fact.kind === 'known' && fact.value ? [name] : [],
    ),
  );
}

/** The path of an option, and those it had before it was renamed. */
function spellingsOf({ renamedOptions = [] }: ServiceDoc, option: string): string[][] {
  const before = renamedOptions.flatMap(({ from, to }) =>
    to !== null && (option === to || option.startsWith(`${to}.`)) ? [from + option.slice(to.length)] : [],
  );
  return [option, ...before].map((path) => path.split('.'));
}

/** What a setting is, once for each element where it stands in a list; else the service's own default. */
function settings<T>(
  system: ModuleSystem,
  service: ServiceDoc,
  { option, default: fallback }: ListenSetting<T>,
  instance: string | null,
  read: Reader<T>,
): Fact<T>[] {
  const spellings = option === null ? [] : spellingsOf(service, option);
  const found = spellings.map((spelling, number) =>
    readInstances(
      system,
      spelling.map((segment) => (segment.startsWith('<') ? (instance ?? segment) : segment)),
      read,
    )
      .map(({ fact }) => fact)
      // An older spelling may have been of another kind.
      .filter(({ kind }) => kind === 'known' || (kind === 'unknown' && number === 0)),
  );
  const facts =
    found.find((own) => own.some((fact) => fact.kind !== 'unset' && fact.definition !== null)) ??
    found.find((own) => own.length > 0);
  if (facts !== undefined) return facts;
  if (fallback === null) return [{ kind: 'unset' }];
  return [{ kind: 'known', value: fallback, definition: null, literal: null, file: null }];
}

/** Where the sites of a web server listen: on the sockets that are written, else on its port for HTTP. */
function socketsOf(
  system: ModuleSystem,
  { port, address }: ServiceDoc,
): Pick<Listener, 'port' | 'address'>[] {
  const sites = readInstances(system, (port.option ?? '').split('.'), (value) =>
    value.type === 'list' && (value.items.length > 0 || value.open !== null) ? value : undefined,
  );
  const sockets = sites.flatMap(({ fact }) => (fact.kind === 'known' ? fact.value.items : []));
  if (sockets.length > 0) {
    return sockets.map((socket) => {
      const value = inspect(socket);
      const set =
        value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' ? null : value;
      return {
        port: readThunk(set?.entries.get('port')?.value ?? socket, asNumber),
        address: readThunk(set?.entries.get('addr')?.value, asString),
      };
    });
  }
  const standard = readOption(system, ['services', 'nginx', 'defaultHTTPListenPort'], asNumber);
  const fallback: Fact<number> =
    standard.kind === 'known'
      ? standard
      : { kind: 'known', value: port.default ?? 80, definition: null, literal: null, file: null };
  const all: Fact<string> =
    address.default === null
      ? { kind: 'unset' }
      : { kind: 'known', value: address.default, definition: null, literal: null, file: null };
  return [{ port: fallback, address: all }];
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

/**
 * An address. Of several, in a list or with commas, the first that others can reach; of a switch between loopback and
 * every interface, what it stands for.
 */
function asAddress(value: Value): string | undefined {
  if (value.type === 'bool') return value.value ? '0.0.0.0' : 'localhost';
  const texts =
    value.type === 'list' ? value.items.map((item) => readThunk(item, asString)) : [readThunkText(value)];
  const known = texts.flatMap((text) => (text.kind === 'known' ? text.value.split(',') : []));
  if (texts.length !== texts.filter(({ kind }) => kind === 'known').length) return undefined;
  return known.find((text) => !/^(127\.|::1$|localhost$)/.test(text)) ?? known[0];
}

function readThunkText(value: Value): Fact<string> {
  const text = asString(value);
  return text === undefined
    ? { kind: 'unset' }
    : { kind: 'known', value: text, definition: null, literal: null, file: null };
}
