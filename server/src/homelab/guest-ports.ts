import { memoOf } from '../eval/computed';
import { parts } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Attr, type Value } from '../eval/value';
import type { ServiceDoc } from '../schema/service';
import { LISTENING_PARTS, LISTENS_NOWHERE, LISTENS_ONLY_THERE, RELAYS } from '../schema/tables/listening';
import { SERVICES } from '../schema/tables/services';
import { isClosedGuest, isWritten, outsideMayDecide } from './certainty';
import { openSshPorts } from './guest-firewall';
import type { Container, Host, Listener } from './model';
import { caddyPorts, nginxPorts, traefikPorts } from './proxies/ports';
import { asBool, entriesOf, readOption, readSet, setOf } from './read';

/** On which TCP ports something of a guest listens, and whether that is all. */

export interface GuestPorts {
  /** What services of the table listen on. */
  readonly listeners: readonly Listener[];
  /** Every port that something known listens on, or may listen on. */
  readonly ports: ReadonlySet<number>;
  /** Those on which a proxy in the guest listens. */
  readonly proxied: ReadonlySet<number>;
  /** Why something else may listen too; null where nothing does. */
  readonly open: string | null;
  /** Why something may pass on what comes to a port that a service has on another address; null where nothing does. */
  readonly relay: string | null;
}

/** What listens in a guest. */
export function guestPorts(host: Host, container: Container): GuestPorts {
  const { guest } = container;
  if (guest === null) return unknowable('the guest is not known');
  if (!isClosedGuest(host, container)) return unknowable('not all of the guest is known');
  if (outsideMayDecide(guest.system)) return unknowable('the guest imports a module from outside');
  return portsOf(container);
}

function unknowable(reason: string): GuestPorts {
  return { listeners: [], ports: new Set(), proxied: new Set(), open: reason, relay: reason };
}

/** Whether certainly nothing in a guest listens on a port. */
export function isUnserved({ ports, open }: GuestPorts, port: number): boolean {
  return open === null && !ports.has(port);
}

const portsOf = memoOf((container: Container): GuestPorts => {
  const { guest } = container;
  if (guest === null) return unknowable('the guest is not known');
  const { system, listeners } = guest;
  const ports = new Set<number>();
  const proxied = new Set<number>();
  let open: string | null = null;
  let relay: string | null = null;
  const node = attempt(() => system.option(['services'])?.names() ?? new Map<string, null>());
  if (node instanceof Unknown || node instanceof Failure) return unknowable('its services are not known');
  for (const [name, at] of node) {
    if (at === null || isOff(system, name) || LISTENS_NOWHERE.has(name)) continue;
    const found = portsOfService(system, name, listeners);
    for (const port of found ?? []) {
      ports.add(port);
      if (name in PROXIES) proxied.add(port);
    }
    if (found === null) open ??= `\`services.${name}\` may listen too`;
    if (found === null && (name in PROXIES || RELAYS.has(name)))
      relay ??= `\`services.${name}\` may pass it on`;
  }
  for (const { port, service } of listeners) {
    if (port.kind === 'known') ports.add(port.value);
    else open ??= `the port of ${service} is not known`;
  }
  const units = mayRunMore(system);
  return { listeners, ports, proxied, open: open ?? units, relay: relay ?? units };
});

/** Whether a service is certainly not turned on. */
function isOff(system: ModuleSystem, name: string): boolean {
  const enable = readOption(system, ['services', name, 'enable'], asBool);
  return enable.kind === 'known' && !enable.value && enable.definition !== null;
}

/** Proxies whose ports are read from their configuration. */
const PROXIES: Readonly<Record<string, (system: ModuleSystem) => readonly number[] | null>> = {
  nginx: nginxPorts,
  caddy: caddyPorts,
  traefik: traefikPorts,
};

/** The ports that a service may listen on; null where it may be any. */
function portsOfService(
  system: ModuleSystem,
  name: string,
  listeners: readonly Listener[],
): readonly number[] | null {
  const proxy = PROXIES[name];
  if (proxy !== undefined) return proxy(system);
  if (name === 'openssh') return openSshPorts(system);
  const rows = SERVICES.filter(({ enable }) => enable.split('.')[1] === name);
  if (rows.length === 0 || rows.some((row) => !LISTENS_ONLY_THERE.has(row.name))) return null;
  if (LISTENING_PARTS.some((part) => part.startsWith(`${name}.`) && isPartOn(system, part))) return null;
  const own = listeners.filter(({ service }) => rows.some((row) => row.name === service));
  if (own.some(({ port, service }) => port.kind !== 'known' || mayListenElsewhere(system, rowOf(service))))
    return null;
  const further = rows.flatMap(({ extraPorts = [] }) => extraPorts.map(({ port }) => port));
  const sites = rows.some(({ port }) => port.form === 'sockets') ? nginxPorts(system) : [];
  return sites === null ? null : [...further, ...sites, ...numbersWritten(system, ['services', name])];
}

/** The row of the table for the service of a listener. */
export function rowOf(service: string): ServiceDoc | null {
  return SERVICES.find(({ name }) => name === service) ?? null;
}

function isPartOn(system: ModuleSystem, part: string): boolean {
  const path = ['services', ...part.split('.')];
  const fact = readOption(system, path, asBool);
  return fact.kind === 'known' && !fact.value ? false : isWritten(system, path) !== false;
}

/** Names of options by which a service can be told something that this engine does not read. */
const UNREAD =
  /^(?:extra(?:Args|Arguments|CmdLineOptions|CommandLineArgs|Config|Flags|Options|Settings|Environment)?|flags|args|arguments|cliArgs|commandLineArgs|configFile|configPath|settingsFile|config_file)$/;
const ENVIRONMENT_FILE = /^(?:environmentFiles?|envFiles?|credentialsFile|adminCredentialsFile)$/;

/**
 * Whether a service may listen elsewhere than its options for port and address say: told by arguments, or by a file. A
 * file of variables counts where the port is not written out.
 */
export function mayListenElsewhere(system: ModuleSystem, row: ServiceDoc | null): boolean {
  if (row === null) return true;
  const [, name = ''] = row.enable.split('.');
  const set = setOf(attrOf(readSet(system, ['services']), name)?.value);
  const isOwn = (path: readonly string[]): boolean =>
    [row.port.option, row.address.option].some((option) => option?.startsWith(`${path.join('.')}.`) === true);
  return (set === undefined ? [] : entriesOf(set)).some(([option, { value, at }]) => {
    if (at === null || isOwn(['services', name, option])) return false;
    const is = inspect(value);
    if (isEmpty(is)) return false;
    return (
      UNREAD.test(option) ||
      (ENVIRONMENT_FILE.test(option) && row.port.option !== null && !isSaid(system, row.port.option))
    );
  });
}

/** Names of options that may say where a service is reached. */
const ABOUT_ADDRESSES = /host(?!name|s)|addr|bind|listen|interface|unix|socket/i;

/**
 * Whether something else than the option for a service's address may decide where it listens: an option by another name,
 * as older releases have it, a variable, arguments.
 */
export function mayBeBoundElsewhere(system: ModuleSystem, row: ServiceDoc | null): boolean {
  if (row === null || mayListenElsewhere(system, row)) return true;
  const [, name = ''] = row.enable.split('.');
  const own = new Set([row.port.option, row.address.option]);
  const visit = (value: Value | Unknown | Failure, path: string, depth: number): boolean => {
    if (value instanceof Unknown || value instanceof Failure) return false;
    if (value.type !== 'attrs' || value.native !== undefined || depth > MAX_DEPTH) return false;
    return entriesOf(value).some(([option, attr]) => {
      const below = `${path}.${option}`;
      if (own.has(below)) return false;
      if (ABOUT_ADDRESSES.test(option) || ENVIRONMENT_FILE.test(option)) return true;
      const part = { file: '', value: attr.value, at: attr.at, conditions: [], priority: null };
      return parts(part).some((inner) => visit(inner.value, below, depth + 1));
    });
  };
  const path = ['services', name];
  const node = attempt(() => system.option(path));
  if (node === null) return false;
  if (node instanceof Unknown || node instanceof Failure) return true;
  return node.raw
    .filter(({ file }) => file !== '')
    .flatMap(parts)
    .some(({ value }) => visit(value, path.join('.'), 0));
}

function attrOf(set: ReturnType<typeof readSet>, name: string): Attr | undefined {
  return set === null || set instanceof Unknown || set instanceof Failure ? undefined : set.entries.get(name);
}

function isSaid(system: ModuleSystem, option: string): boolean {
  return !option.includes('<') && !option.includes('*') && isWritten(system, option.split('.')) === true;
}

function isEmpty(value: Value | Unknown | Failure): boolean {
  if (value instanceof Unknown || value instanceof Failure) return false;
  if (value.type === 'null') return true;
  if (value.type === 'string') return value.text.trim() === '';
  if (value.type === 'list') return value.items.length === 0 && value.open === null;
  return value.type === 'attrs' && value.open === null && value.entries.size === 0;
}

/** Parts of a system in which something may be written that listens. */
const HARMLESS_PARTS: ReadonlySet<string> = new Set([
  '_module',
  'age',
  'assertions',
  'boot',
  'console',
  'documentation',
  'environment',
  'fileSystems',
  'fonts',
  'hardware',
  'i18n',
  'lib',
  'meta',
  'networking',
  'nix',
  'nixpkgs',
  'power',
  'powerManagement',
  'programs',
  'security',
  'services',
  'sops',
  'swapDevices',
  'system',
  'systemd',
  'time',
  'users',
  'warnings',
  'xdg',
]);

/** Why something that is no service of the table may listen; null where nothing does. */
function mayRunMore(system: ModuleSystem): string | null {
  const names = attempt(() => [...system.root.names()].flatMap(([name, at]) => (at === null ? [] : [name])));
  if (!Array.isArray(names)) return 'its options are not known';
  const other = names.find((name) => !HARMLESS_PARTS.has(name));
  if (other !== undefined) return `\`${other}\` may run something that listens`;
  if (isWritten(system, ['networking', 'nat', 'forwardPorts']) !== false) return 'the guest forwards ports';
  if (isWritten(system, ['systemd', 'sockets']) !== false) return 'it has sockets of its own';
  if (isWritten(system, ['systemd', 'user']) !== false) return 'it has services of users';
  return unitsOf(system);
}

/** What a unit may say without running anything else than before. */
const HARMLESS_UNIT: ReadonlySet<string> = new Set([
  'after',
  'aliases',
  'before',
  'bindsTo',
  'conflicts',
  'description',
  'documentation',
  'enable',
  'onFailure',
  'onSuccess',
  'partOf',
  'path',
  'reloadIfChanged',
  'reloadTriggers',
  'requiredBy',
  'requires',
  'requisite',
  'restartIfChanged',
  'restartTriggers',
  'startAt',
  'startLimitBurst',
  'startLimitIntervalSec',
  'stopIfChanged',
  'unitConfig',
  'upheldBy',
  'wantedBy',
  'wants',
]);

function unitsOf(system: ModuleSystem): string | null {
  const node = attempt(() => system.option(['systemd', 'services']));
  if (node === null) return null;
  if (node instanceof Unknown || node instanceof Failure || node.open !== null)
    return 'its units are not known';
  for (const { raw, value } of node.raw.flatMap(parts)) {
    if (raw.file === '') continue;
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' || value.open !== null)
      return 'its units are not known';
    for (const [name, attr] of entriesOf(value)) {
      const inner = parts({ ...raw, value: attr.value });
      if (!inner.every((part) => isHarmlessUnit(part.value))) return `the unit ${name} may listen`;
    }
  }
  return null;
}

function isHarmlessUnit(value: Value | Unknown | Failure): boolean {
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' || value.open !== null)
    return false;
  return entriesOf(value).every(([name, attr]) => {
    if (HARMLESS_UNIT.has(name)) return true;
    const config = name === 'serviceConfig' ? setOf(attr.value) : undefined;
    return (
      config?.open === null &&
      ![...config.entries.keys()].some((key) => /^(?:Exec|Environment|Root|Bind|Socket|Network)/.test(key))
    );
  });
}

/** Deeper values than this are not looked into. */
const MAX_DEPTH = 8;

/** Every number below an option that may be a port, also inside texts. */
function numbersWritten(system: ModuleSystem, path: readonly string[]): number[] {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  const found: number[] = [];
  const visit = (value: Value | Unknown | Failure, depth: number): void => {
    if (value instanceof Unknown || value instanceof Failure || depth > MAX_DEPTH) return;
    if (value.type === 'int') found.push(Number(value.value));
    else if (value.type === 'string')
      for (const [digits] of value.text.matchAll(/\d{2,5}/g)) found.push(Number(digits));
    else if (value.type === 'list') for (const item of value.items) visit(inspect(item), depth + 1);
    else if (value.type === 'attrs' && value.native === undefined)
      for (const [, attr] of entriesOf(value))
        for (const part of parts({
          file: '',
          value: attr.value,
          at: attr.at,
          conditions: [],
          priority: null,
        }))
          visit(part.value, depth + 1);
  };
  for (const { value } of node.raw.flatMap(parts)) visit(value, 0);
  return found.filter((number) => number > 0 && number < 65_536);
}
