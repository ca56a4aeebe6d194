import { memoOf, sameItems } from '../../eval/computed';
import { attempt, inspect, type Thunk } from '../../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Origin, type Value } from '../../eval/value';
import type { TraefikReference } from '../../schema/traefik/field';
import { below, traefikNode, traefikRoot, type TraefikNode } from '../../schema/traefik/tree';
import type { Collection, Host } from '../model';
import { attributeOf, entriesOf, fieldOf, reasonOf, setOf } from '../read';
import { PROTOCOLS, traefiksOf, type Traefik } from './traefik-settings';

/** What a Traefik's configuration names, and what it defines under those names. */

export type NameKind = TraefikReference;
export type Protocol = (typeof PROTOCOLS)[number];

/** One place where a configuration names something of the same Traefik. */
export interface NameUse {
  readonly kind: NameKind;
  readonly protocol: Protocol;
  /** Without `@file`. */
  readonly name: string;
  /** The key it stands at, as Traefik's manual writes it: `http.routers.<name>.middlewares`. */
  readonly path: string;
  /** The expression that gives the text. */
  readonly at: Origin;
  /** The literal the text goes back to, where one syntax wrote it. */
  readonly literal: Origin;
  /** The service or middleware it stands in; null in a router and in the static configuration. */
  readonly owner: string | null;
  /** All names of the list it stands in, itself included. */
  readonly list: readonly string[];
  /** Whether it is certainly there; false where it depends on something that is not known. */
  readonly certain: boolean;
}

/** The Traefiks of a host that are certainly there and read what is written in Nix. */
export const runningTraefiks = memoOf((host: Host): readonly Traefik[] => {
  const active = new Set(host.containers.flatMap(({ name, status }) => (status === 'active' ? [name] : [])));
  return traefiksOf(host.system, host.containers).filter(
    ({ container, overridden }) => overridden === null && (container === null || active.has(container)),
  );
}, sameTraefiks);

function sameTraefiks(before: readonly Traefik[], after: readonly Traefik[]): boolean {
  return (
    before.length === after.length &&
    before.every((traefik, index) => {
      const other = after[index];
      return (
        traefik.container === other?.container &&
        traefik.dynamic === other.dynamic &&
        traefik.static === other.static
      );
    })
  );
}

/** Where the names of each kind are defined. */
function sectionPath(kind: NameKind, protocol: Protocol): readonly ['dynamic' | 'static', ...string[]] {
  switch (kind) {
    case 'entry point':
      return ['static', 'entryPoints'];
    case 'certificate resolver':
      return ['static', 'certificatesResolvers'];
    case 'TLS options':
      return ['dynamic', 'tls', 'options'];
    case 'router':
      return ['dynamic', protocol, 'routers'];
    case 'service':
      return ['dynamic', protocol, 'services'];
    case 'middleware':
      return ['dynamic', protocol, 'middlewares'];
    case 'servers transport':
      return ['dynamic', protocol, 'serversTransports'];
  }
}

/** The names that Traefik gives itself. Source: traefik pkg/config/static (`SetEffectiveConfiguration`), pkg/tls. */
const OWN_NAMES: Partial<Readonly<Record<NameKind, string>>> = {
  'entry point': 'traefik',
  'TLS options': 'default',
};

interface Section {
  readonly set: AttrsValue | undefined;
  /** Why there may be more names; null when these are all. */
  readonly open: string | null;
}

function sectionOf(traefik: Traefik, kind: NameKind, protocol: Protocol): Section {
  const [part, ...path] = sectionPath(kind, protocol);
  let set = part === 'dynamic' ? traefik.dynamic : traefik.static;
  if (set === undefined) return { set, open: 'nothing is known of its static configuration' };
  for (const name of path) {
    if (set.open !== null)
      return { set: sectionBelow(set, path.slice(path.indexOf(name))), open: set.open.reason };
    const field = fieldOf(set, name);
    if (field === undefined) return { set: undefined, open: null };
    const value = inspect(field);
    if (value instanceof Unknown || value instanceof Failure)
      return { set: undefined, open: reasonOf(value) };
    if (value.type !== 'attrs')
      return { set: undefined, open: value.type === 'null' ? null : 'it is not a set' };
    set = value;
  }
  return { set, open: set.open === null ? null : set.open.reason };
}

function sectionBelow(from: AttrsValue, path: readonly string[]): AttrsValue | undefined {
  let set: AttrsValue | undefined = from;
  for (const name of path) set = setOf(fieldOf(set, name));
  return set;
}

/** Whether a Traefik has something of a name. */
export function isDefined(traefik: Traefik, { kind, protocol, name }: NameUse): boolean | 'unknown' {
  if (name === OWN_NAMES[kind]) return true;
  const { set, open } = sectionOf(traefik, kind, protocol);
  if (set !== undefined && attributeOf(set, name) !== undefined) return true;
  if (open !== null) return 'unknown';
  // Without entry points of the user's own there is one called `http`.
  return kind === 'entry point' && name === 'http' && entriesOf(set).length === 0;
}

/** The names that a Traefik certainly has of a kind. */
export function definedNames(traefik: Traefik, kind: NameKind, protocol: Protocol): Collection<string> {
  const { set, open } = sectionOf(traefik, kind, protocol);
  return { items: entriesOf(set).map(([name]) => name), open };
}

/** What defines a name; undefined where nothing that is known does. */
export function definitionOf(
  traefik: Traefik,
  kind: NameKind,
  protocol: Protocol,
  name: string,
): Attr | undefined {
  const { set } = sectionOf(traefik, kind, protocol);
  return set === undefined ? undefined : attributeOf(set, name);
}

/** Whether anything that is known uses the service or middleware in which a name stands. */
export function isOwnerUsed(traefik: Traefik, { owner, path, protocol }: NameUse): boolean {
  if (owner === null) return true;
  const kind = path.includes('.middlewares.') ? 'middleware' : 'service';
  return usesOf(traefik).items.some(
    (use) => use.kind === kind && use.name === owner && use.protocol === protocol,
  );
}

/** All that a Traefik's configuration names. */
export const usesOf = memoOf((traefik: Traefik): Collection<NameUse> => {
  const found: NameUse[] = [];
  let open = traefik.dynamic.open?.reason ?? null;
  const add = (uses: Collection<NameUse>, owner: string | null = null): void => {
    for (const use of uses.items) found.push(owner === null ? use : { ...use, owner });
    open ??= uses.open;
  };
  for (const protocol of PROTOCOLS) {
    const section = setOf(fieldOf(traefik.dynamic, protocol));
    open ??= section?.open?.reason ?? null;
    for (const part of ['routers', 'services', 'middlewares'] as const) {
      const thunk = fieldOf(section, part);
      const set = setOf(thunk);
      const node = traefikNode('dynamic', [protocol, part])?.entry ?? null;
      open ??= whyOpen(thunk);
      if (node === null || set === undefined) continue;
      const usesIn = usesOfEntries(protocol, node);
      // The attributes themselves, which stay the same ones.
      const entries = attempt(() => [...set.entries]);
      if (Array.isArray(entries))
        for (const [name, attr] of entries) add(usesIn(attr), part === 'routers' ? null : name);
      else open ??= reasonOf(entries);
    }
  }
  if (traefik.static !== undefined) add(usesOfStatic(traefik.static));
  const stores = setOf(fieldOf(traefik.dynamic, 'tls'));
  if (stores !== undefined) add(usesOfTls(stores));
  return { items: found, open };
}, sameUses);

const usesOfStatic = memoOf((set: AttrsValue) => usesInSet(set, traefikRoot('static'), 'http'), sameUses);
const usesOfTls = memoOf((set: AttrsValue) => {
  const node = traefikNode('dynamic', ['tls']);
  return node === null ? NONE : usesInSet(set, node, 'http');
}, sameUses);

const byNode = new Map<string, (attr: Attr) => Collection<NameUse>>();

/** What each entry of a section names, remembered until it names something else. */
function usesOfEntries(protocol: Protocol, node: TraefikNode): (attr: Attr) => Collection<NameUse> {
  let uses = byNode.get(node.path);
  if (uses === undefined) {
    uses = memoOf((attr: Attr) => usesBelow(attr, node, protocol), sameUses);
    byNode.set(node.path, uses);
  }
  return uses;
}

const NONE: Collection<NameUse> = { items: [], open: null };

function usesBelow(attr: Attr, node: TraefikNode, protocol: Protocol): Collection<NameUse> {
  const set = inspect(attr.value);
  if (set instanceof Unknown || set instanceof Failure) return { items: [], open: reasonOf(set) };
  return set.type === 'attrs' ? usesInSet(set, node, protocol, attempt(() => attr.maybe) === null) : NONE;
}

function usesInSet(
  set: AttrsValue,
  node: TraefikNode,
  protocol: Protocol,
  certain = true,
): Collection<NameUse> {
  const found: NameUse[] = [];
  const open = collect(set, node, protocol, certain, found);
  return found.length === 0 && open === null ? NONE : { items: found, open };
}

/** Adds what a set names to a list; returns why it may name more. */
function collect(
  set: AttrsValue,
  node: TraefikNode,
  protocol: Protocol,
  certain: boolean,
  found: NameUse[],
): string | null {
  let open = set.open === null ? null : set.open.reason;
  for (const [name, attr] of entriesOf(set)) {
    const at = below(node, name);
    if (at === null) continue;
    const sure = certain && attr.maybe === null;
    const kind = at.field?.references;
    if (kind !== undefined) {
      open = addNames(attr.value, { kind, protocol, path: at.path, certain: sure }, found) ?? open;
      continue;
    }
    if (at.keys.size === 0 && at.entry === null && at.element === null) continue;
    const value = inspect(attr.value);
    if (value instanceof Unknown || value instanceof Failure) open ??= reasonOf(value);
    else if (value.type === 'attrs' && at.element === null)
      open = collect(value, at, protocol, sure, found) ?? open;
    else if (value.type === 'list' && at.element !== null) {
      if (value.open !== null) open ??= value.open.reason;
      for (const item of value.items) {
        const element = inspect(item);
        if (element instanceof Unknown || element instanceof Failure) open ??= reasonOf(element);
        else if (element.type === 'attrs') open = collect(element, at.element, protocol, sure, found) ?? open;
      }
    }
  }
  return open;
}

type UseContext = Pick<NameUse, 'kind' | 'protocol' | 'path' | 'certain'>;

/** A text, or a list of texts, either of which Traefik also takes as one text with commas. */
function addNames(thunk: Thunk, context: UseContext, found: NameUse[]): string | null {
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure) return reasonOf(value);
  const list: string[] = [];
  let filledIn: string | null = null;
  const add = (one: Value, at: Origin): void => {
    if (one.type !== 'string') return;
    if (one.text.includes('{{')) filledIn = 'Traefik fills it in';
    for (const text of one.text.split(',')) {
      const name = ownName(text.trim());
      list.push(text.trim());
      if (name !== null) found.push({ ...context, name, owner: null, list, at, literal: one.origin });
    }
  };
  if (value.type !== 'list') {
    add(value, thunk.origin);
    return filledIn;
  }
  let open = value.open === null ? null : value.open.reason;
  for (const item of value.items) {
    const element = inspect(item);
    if (element instanceof Unknown || element instanceof Failure) open ??= reasonOf(element);
    else add(element, item.origin);
  }
  return open ?? filledIn;
}

/** A name without its provider; null where it is another provider's, or where Traefik fills something in first. */
function ownName(text: string): string | null {
  if (text === '' || text.includes('{{') || text.startsWith(':')) return null;
  const at = text.lastIndexOf('@');
  if (at === -1) return text;
  return text.slice(at + 1) === 'file' ? text.slice(0, at) : null;
}

function whyOpen(thunk: Thunk | undefined): string | null {
  const value = thunk === undefined ? null : inspect(thunk);
  if (value === null) return null;
  if (value instanceof Unknown || value instanceof Failure) return reasonOf(value);
  return value.type === 'attrs' && value.open !== null ? value.open.reason : null;
}

function sameUses(before: Collection<NameUse>, after: Collection<NameUse>): boolean {
  if (before === after) return true;
  if (before.open !== after.open) return false;
  if (sameItems(before.items, after.items)) return true;
  return (
    before.items.length === after.items.length &&
    before.items.every((use, index) => sameUse(use, after.items[index]))
  );
}

/** Whether two uses say the same, written at the same place. */
export function sameUse(use: NameUse, other: NameUse | undefined): boolean {
  return (
    use.at === other?.at &&
    use.literal === other.literal &&
    use.name === other.name &&
    use.path === other.path &&
    use.owner === other.owner &&
    use.certain === other.certain &&
    sameItems(use.list, other.list)
  );
}

/** Whether a Traefik may be told of more by other providers than the file, such as Docker. */
export function hasOtherProviders({ static: fixed }: Traefik): boolean {
  if (fixed?.open !== null) return true;
  const field = fieldOf(fixed, 'providers');
  if (field === undefined) return false;
  const providers = setOf(field);
  return providers?.open !== null || entriesOf(providers).some(([name]) => name.toLowerCase() !== 'file');
}

/** What a router names. */
export function usesOfRouter(fields: AttrsValue, protocol: Protocol): readonly NameUse[] {
  const node = traefikNode('dynamic', [protocol, 'routers'])?.entry ?? null;
  return node === null ? [] : usesInSet(fields, node, protocol).items;
}
