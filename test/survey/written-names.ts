import type { RawDefinition } from '../../server/src/eval/modules/definition';
import { parts } from '../../server/src/eval/modules/definition';
import type { OptionNode } from '../../server/src/eval/modules/option-node';
import { systemOf } from '../../server/src/eval/modules/system';
import { attempt, inspect, ready, type Thunk } from '../../server/src/eval/thunk';
import type { Origin, Value } from '../../server/src/eval/value';
import type { Homelab } from '../../server/src/homelab/homelab';
import type { AttrName } from '../../server/src/nix/syntax';
import {
  hostOptions,
  isPlaceholder,
  lookupOption,
  optionsBelow,
  settingsAround,
} from '../../server/src/schema/lookup';
import { SERVICES } from '../../server/src/schema/tables/services';

/** What sort of name is written at a place. */
export const CLASSES = [
  'option of a container',
  'key of Traefik',
  'option of a known service',
  'other option of a guest',
  'name the user chooses',
  'inside free-form settings',
] as const;
export type NameClass = (typeof CLASSES)[number];

/** A name as it is written, and the option it is by evaluation: not by how it is spelled. */
export interface WrittenName {
  readonly at: AttrName;
  readonly path: readonly string[];
  readonly sort: NameClass;
}

/**
 * Every name that the repository writes under a container, in a Traefik's configuration or under a known service, on any
 * of its hosts, each place once. Found through what the files evaluate to, so that names in functions and `let`s count.
 */
export function writtenNames({ hosts }: Homelab): WrittenName[] {
  const walk = new Walk();
  for (const { system, containers } of hosts) {
    const services = attempt(() => system.option(['services']));
    for (const { name, system: own, guest } of containers) {
      walk.node(own.root, ['containers', name]);
      if (guest !== null) walk.node(guest.system.root, ['containers', name, 'config']);
    }
    if (services !== null && 'raw' in services) walk.node(services, ['services']);
  }
  return [...walk.found.values()];
}

class Walk {
  readonly found = new Map<AttrName, WrittenName>();
  private readonly seen = new Set<OptionNode>();
  private readonly values = new Set<Value>();

  node(node: OptionNode, path: readonly string[]): void {
    if (this.seen.has(node) || path.length > 20) return;
    this.seen.add(node);
    const raw = attempt(() => node.raw);
    if (!Array.isArray(raw)) return;
    const definitions = raw as readonly RawDefinition[];
    for (const { at } of definitions) this.note(at, path);
    if (NO_OPTIONS.has(path.at(-1) ?? '')) return;
    if (node.declared === null) {
      for (const [name] of listed(() => node.names())) {
        const child = attempt(() => node.child(name));
        if (child !== null && 'raw' in child) this.node(child, [...path, name]);
      }
      return;
    }
    for (const definition of definitions)
      for (const { value } of attemptList(() => parts(definition))) this.value(ready(value), path);
    this.value(node.value, path);
  }

  private value(thunk: Thunk, path: readonly string[]): void {
    const value = inspect(thunk);
    const system = systemOf(value);
    if (system !== null) {
      // Containers and their guests are walked by themselves.
      if (path[0] !== 'containers' || path.length > 3) this.node(system.root, path);
      return;
    }
    if (path.length > 14 || !('type' in value) || this.values.has(value) || NO_OPTIONS.has(path.at(-1) ?? ''))
      return;
    if (value.type === 'list' || value.type === 'attrs') this.values.add(value);
    if (value.type === 'list') for (const item of value.items) this.value(item, [...path, '*']);
    if (value.type !== 'attrs' || value.entries.has('_type') || value.entries.has('outPath')) return;
    for (const [name, { at, value: inner }] of listed(() => value.entries)) {
      this.note(at, [...path, name]);
      if (at !== null) this.value(inner, [...path, name]);
    }
  }

  private note(at: Origin, path: readonly string[]): void {
    if (at?.kind !== 'attr-name' || at.text === null || at.text !== path.at(-1)) return;
    const sort = sortOf(path);
    if (sort !== null && !this.found.has(at)) this.found.set(at, { at, path, sort });
  }
}

function listed<T>(read: () => ReadonlyMap<string, T>): [string, T][] {
  const names = attempt(() => [...read()]);
  return Array.isArray(names) ? names : [];
}

function attemptList<T>(read: () => readonly T[]): readonly T[] {
  const all = attempt(read);
  return Array.isArray(all) ? (all as readonly T[]) : [];
}

/** What holds no options of the system: what its modules are called with, and packages. */
const NO_OPTIONS: ReadonlySet<string> = new Set([
  'specialArgs',
  'extraSpecialArgs',
  'pkgs',
  'package',
  '_module',
]);

const KNOWN = new Set([...SERVICES.map(({ name }) => name), 'traefik']);

function sortOf(path: readonly string[]): NameClass | null {
  const inGuest = path[0] === 'containers' && path[2] === 'config';
  const own = inGuest ? path.slice(3) : path;
  if (own.length === 0) return 'option of a container';
  const service = own[0] === 'services' && own.length > 1 ? own[1] : undefined;
  const isTraefik = service === 'traefik' && /^(?:dynamic|static)ConfigOptions$/.test(own[2] ?? '');
  const ofContainer = path[0] === 'containers' && !inGuest;
  if (!ofContainer && !inGuest && (service === undefined || !KNOWN.has(service))) return null;
  if (isChosen(path)) return 'name the user chooses';
  if (ofContainer) return 'option of a container';
  if (isTraefik && own.length > 3)
    return own.includes('plugin') ? 'inside free-form settings' : 'key of Traefik';
  if (isFree(path, own)) return 'inside free-form settings';
  if (service !== undefined && KNOWN.has(service)) return 'option of a known service';
  return 'other option of a guest';
}

/** Whether the tables expect any name here. */
function isChosen(path: readonly string[]): boolean {
  const name = path.at(-1);
  const siblings = optionsBelow(hostOptions(), path.slice(0, -1));
  const named = siblings.some(({ segment, doc }) =>
    doc?.anyCase === true ? segment.toLowerCase() === name?.toLowerCase() : segment === name,
  );
  return !named && siblings.some(({ segment }) => isPlaceholder(segment));
}

/** Whether an option above takes what no module declares: settings that are written to a file as they are. */
function isFree(path: readonly string[], own: readonly string[]): boolean {
  const options = hostOptions();
  return (
    lookupOption(options, path) === null && settingsAround(options, path, path.length - own.length) !== null
  );
}
