import { memoOf, sameItems } from '../eval/computed';
import { attempt, inspect } from '../eval/thunk';
import type { ModuleSystem } from '../eval/modules/system';
import { Failure, Unknown, type Attr, type AttrsValue, type Value } from '../eval/value';
import { below, traefikRoot, type TraefikNode, type TraefikPart } from '../schema/traefik/tree';
import type { Container, Host } from './model';
import { DYNAMIC, DYNAMIC_FILES, STATIC } from './proxies/traefik-settings';
import { asBool, asString, fieldOf, readOption, readSet, readThunk, setOf } from './read';

/** The keys that a host's Traefiks are given, each beside what Traefik's tables know of its place. */

/** One of the two configurations of a Traefik. */
export interface TraefikConfig {
  /** The container it runs in; null on the host. */
  readonly container: string | null;
  readonly system: ModuleSystem;
  readonly part: TraefikPart;
  /** The option that it is, below `services.traefik`: `dynamicConfigOptions`, `dynamic.files.web.settings`. */
  readonly option: string;
  /** The option of the other part in the same fashion. */
  readonly counterpart: string;
  readonly set: AttrsValue;
}

/** A key that is certainly there, in a set whose keys the tables list. */
export interface TraefikKey {
  readonly config: TraefikConfig;
  readonly name: string;
  readonly attr: Attr;
  /** The set it stands in, and what is known of that. */
  readonly around: AttrsValue;
  readonly parent: TraefikNode;
  /** What is known of the key; null where the tables do not have it. */
  readonly node: TraefikNode | null;
  /** The names on the way, as they are written; `*` for the elements of a list. */
  readonly path: readonly string[];
}

const ROOT = ['services', 'traefik'];
/** Files that take the place of the settings. */
const FILES: Readonly<Record<TraefikPart, readonly (readonly string[])[]>> = {
  dynamic: [['dynamicConfigFile'], ['dynamic', 'file'], ['routing', 'file']],
  static: [['staticConfigFile'], ['static', 'file'], ['install', 'file']],
};

/**
 * The configurations that Traefiks of a host read: of containers that are surely there, not of a Traefik that is
 * switched off, and not where a file takes their place.
 */
export const traefikConfigs = memoOf(
  (host: Host): readonly TraefikConfig[] => [
    ...configsOfHost(host),
    ...host.containers.flatMap((container) =>
      container.status === 'active' ? configsOfContainer(container) : [],
    ),
  ],
  sameItems,
);

const configsOfHost = memoOf(({ system }: Host) => configsIn(null, system), sameConfigs);
const configsOfContainer = memoOf(
  ({ name, guest }: Container) => (guest === null ? [] : configsIn(name, guest.system)),
  sameConfigs,
);

function sameConfigs(before: readonly TraefikConfig[], after: readonly TraefikConfig[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ container, system, option, set }, index) => {
      const other = after[index];
      return (
        container === other?.container &&
        system === other.system &&
        option === other.option &&
        set === other.set
      );
    })
  );
}

function configsIn(container: string | null, system: ModuleSystem): readonly TraefikConfig[] {
  const node = attempt(() => system.option(ROOT));
  if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0) return [];
  if (isSwitchedOff(system) || isReplaced(system, 'static')) return [];
  const at = (part: TraefikPart, path: readonly string[], other: readonly string[]): TraefikConfig[] => {
    const set = readSet(system, [...ROOT, ...path]);
    if (set === null || set instanceof Unknown || set instanceof Failure) return [];
    return [{ container, system, part, option: path.join('.'), counterpart: other.join('.'), set }];
  };
  const dynamic = isReplaced(system, 'dynamic')
    ? []
    : [
        ...DYNAMIC.flatMap((path, fashion) => at('dynamic', path, STATIC[fashion] ?? [])),
        ...DYNAMIC_FILES.flatMap((path, fashion) =>
          namesAt(system, [...ROOT, ...path]).flatMap((name) =>
            at('dynamic', [...path, name, 'settings'], STATIC[fashion + 1] ?? []),
          ),
        ),
      ];
  return [...dynamic, ...STATIC.flatMap((path, fashion) => at('static', path, DYNAMIC[fashion] ?? []))];
}

/** The names in a set of sets that are certainly there. */
function namesAt(system: ModuleSystem, path: readonly string[]): readonly string[] {
  const set = readSet(system, path);
  if (set === null || set instanceof Unknown || set instanceof Failure) return [];
  return [...set.entries].flatMap(([name, { maybe }]) => (maybe === null ? [name] : []));
}

function isSwitchedOff(system: ModuleSystem): boolean {
  const enable = readOption(system, [...ROOT, 'enable'], asBool);
  return enable.kind === 'known' && !enable.value && enable.definition !== null;
}

function isReplaced(system: ModuleSystem, part: TraefikPart): boolean {
  return FILES[part].some((path) => readOption(system, [...ROOT, ...path], asString).kind !== 'unset');
}

/**
 * A part of a configuration whose keys are read by themselves: what stands below one chosen name, such as a router; or
 * the rest. It stays while its keys change.
 */
export interface KeyBlock {
  readonly config: TraefikConfig;
  /** The chosen names and keys that lead to it; empty for the rest. */
  readonly path: readonly string[];
}

interface ReadBlock {
  readonly keys: readonly TraefikKey[];
  /** The blocks below it. */
  readonly below: readonly KeyBlock[];
}

class Blocks {
  private readonly blocks = new Map<string, KeyBlock>();

  constructor(private readonly config: TraefikConfig) {}

  at(path: readonly string[]): KeyBlock {
    const key = JSON.stringify(path);
    let block = this.blocks.get(key);
    if (block === undefined) this.blocks.set(key, (block = { config: this.config, path }));
    return block;
  }
}

const blocksOf = memoOf((config: TraefikConfig) => new Blocks(config));

/** The blocks of a configuration, one before those below it. */
export const keyBlocks = memoOf((config: TraefikConfig): readonly KeyBlock[] => {
  const all: KeyBlock[] = [];
  const add = (block: KeyBlock): void => {
    all.push(block);
    for (const below of blocksBelow(block)) add(below);
  };
  add(blocksOf(config).at([]));
  return all;
}, sameItems);

const readBlock = memoOf((block: KeyBlock): ReadBlock => {
  const { config, path } = block;
  const keys: TraefikKey[] = [];
  const below: KeyBlock[] = [];
  const found = setAt(config, path);
  if (found !== null) visit(config, found.set, found.node, path, { keys, below });
  return { keys, below };
});

const blocksBelow = memoOf((block: KeyBlock) => readBlock(block).below, sameItems);

/** The keys of a block that are certainly there, as far as the tables know their place; a key before those below it. */
export function keysOf(block: KeyBlock): readonly TraefikKey[] {
  return readBlock(block).keys;
}

/** Every key of a configuration that is certainly there, as far as the tables know its place. */
export function traefikKeys(config: TraefikConfig): TraefikKey[] {
  return keyBlocks(config).flatMap(keysOf);
}

/** The set that a path leads to, and what the tables know of it; null where it is not there or not known. */
function setAt(
  config: TraefikConfig,
  path: readonly string[],
): { readonly set: AttrsValue; readonly node: TraefikNode } | null {
  let set = config.set;
  let node = traefikRoot(config.part);
  for (const name of path) {
    const attr = set.entries.get(name);
    const next = below(node, name);
    const value = attr?.maybe === null ? knownValue(attr) : null;
    if (value?.type !== 'attrs' || next === null) return null;
    set = value;
    node = next;
  }
  return { set, node };
}

function visit(
  config: TraefikConfig,
  around: AttrsValue,
  parent: TraefikNode,
  path: readonly string[],
  found: { readonly keys: TraefikKey[]; readonly below: KeyBlock[] },
): void {
  if (parent.entry !== null) {
    for (const name of around.entries.keys()) found.below.push(blocksOf(config).at([...path, name]));
    return;
  }
  for (const [name, attr] of around.entries) {
    if (attr.maybe !== null) continue;
    const value = knownValue(attr);
    // TOML has no null: releases of NixOS that take one leave the key out.
    if (value?.type === 'null') continue;
    const node = below(parent, name);
    const own = [...path, name];
    found.keys.push({ config, name, attr, around, parent, node, path: own });
    if (node === null || (node.keys.size === 0 && node.entry === null && node.element === null)) continue;
    if (value?.type === 'attrs' && node.element === null) visit(config, value, node, own, found);
    else if (value?.type === 'list' && node.element !== null) {
      for (const item of value.items) {
        const element = inspect(item);
        if (!(element instanceof Unknown) && !(element instanceof Failure) && element.type === 'attrs')
          visit(config, element, node.element, [...own, '*'], found);
      }
    }
  }
}

/** The value of a key; null where it is not known. */
export function knownValue({ value }: Pick<Attr, 'value'>): Value | null {
  const known = inspect(value);
  return known instanceof Unknown || known instanceof Failure ? null : known;
}

/** The text at a path of a set, its names in any case; null where there is none, or none that is known. */
export function textAt(set: AttrsValue | undefined, path: readonly string[]): string | null {
  const [name, ...rest] = path;
  if (name === undefined) return null;
  const field = fieldOf(set, name);
  if (rest.length > 0) return textAt(setOf(field), rest);
  const fact = readThunk(field, asString);
  return fact.kind === 'known' ? fact.value : null;
}
