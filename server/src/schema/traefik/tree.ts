import { DYNAMIC_FIELDS } from './dynamic';
import type { TraefikField, TraefikFields } from './field';
import { STATIC_FIELDS } from './static';

/** Traefik's tables as trees, to be walked beside a configuration. */

/** `services.traefik.dynamicConfigOptions`, or `services.traefik.staticConfigOptions`. */
export type TraefikPart = 'dynamic' | 'static';

/** What is known at one place of Traefik's configuration. */
export interface TraefikNode {
  /** The place in the manual's spelling: `http.routers.<name>.rule`; `*` stands for the elements of a list. */
  readonly path: string;
  /** The key's name in the manual's spelling; null for the root, for chosen names and for elements. */
  readonly name: string | null;
  /** Null for the root, for chosen names and for elements. */
  readonly field: TraefikField | null;
  /** The keys below, by their names in lower case: Traefik does not tell upper case from lower. */
  readonly keys: ReadonlyMap<string, TraefikNode>;
  /** What stands below each name that the user chooses. */
  readonly entry: TraefikNode | null;
  /** What stands in each element of a list. */
  readonly element: TraefikNode | null;
}

const roots = new Map<TraefikPart, TraefikNode>();

/** The root of one of Traefik's configurations. */
export function traefikRoot(part: TraefikPart): TraefikNode {
  let root = roots.get(part);
  if (root === undefined) {
    root = inner('', part === 'dynamic' ? DYNAMIC_FIELDS : STATIC_FIELDS);
    roots.set(part, root);
  }
  return root;
}

function inner(path: string, fields: TraefikFields): TraefikNode {
  const keys = new Map<string, TraefikNode>();
  for (const [name, field] of Object.entries(fields))
    keys.set(name.toLowerCase(), node(path === '' ? name : `${path}.${name}`, name, field));
  return { path, name: null, field: null, keys, entry: null, element: null };
}

function node(path: string, name: string, field: TraefikField): TraefikNode {
  const below = { path, name, field, keys: new Map<string, TraefikNode>(), entry: null, element: null };
  const { fields = {} } = field;
  switch (field.type) {
    case 'set':
      return { ...below, keys: inner(path, fields).keys };
    case 'list of set':
      return { ...below, element: inner(`${path}.*`, fields) };
    case 'map of set':
      return { ...below, entry: inner(`${path}.<name>`, fields) };
    default:
      return below;
  }
}

/**
 * What is known at a place of Traefik's configuration; null where nothing is.
 * @param path the names as they are written, in any case; `*` for the elements of a list
 */
export function traefikNode(part: TraefikPart, path: readonly string[]): TraefikNode | null {
  let at: TraefikNode | null = traefikRoot(part);
  for (const name of path) at = at === null ? null : below(at, name);
  return at;
}

/** What is known below a place, under a name; null where nothing is. */
export function below(at: TraefikNode, name: string): TraefikNode | null {
  return at.keys.get(name.toLowerCase()) ?? at.entry ?? (name === '*' ? at.element : null);
}

/** Every place of one of the configurations, a key before those below it. */
export function traefikNodes(part: TraefikPart): TraefikNode[] {
  const found: TraefikNode[] = [];
  const visit = (at: TraefikNode): void => {
    if (at.path !== '') found.push(at);
    for (const key of at.keys.values()) visit(key);
    if (at.entry !== null) visit(at.entry);
    if (at.element !== null) visit(at.element);
  };
  visit(traefikRoot(part));
  return found;
}
