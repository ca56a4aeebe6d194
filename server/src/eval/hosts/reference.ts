import type { Machine } from '../value';

/** Where a flake input comes from, as far as its reference says. */
export type Reference =
  /** A repository, in lower case: `github:NixOS/nixpkgs/…`; one of the registry has a name alone. */
  | { readonly kind: 'repository'; readonly owner: string | null; readonly name: string }
  /** A folder, as it is written: `./common`, `path:../lib?dir=x`. */
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'other' };

const OTHER: Reference = { kind: 'other' };

/**
 * Reads a flake reference. Source of the forms: Nix manual, "Flake references"; FlakeHub's are
 * `https://flakehub.com/f/OWNER/REPOSITORY/VERSION`.
 */
export function readReference(url: string): Reference {
  const [address = '', query = ''] = url.replace(/#.*$/, '').split('?', 2);
  const scheme = /^([a-z+]+):(.*)$/.exec(address);
  const below = new URLSearchParams(query).get('dir');
  const inFolder = (path: string): Reference => ({
    kind: 'folder',
    path: below === null ? path : `${path}/${below}`,
  });
  if (scheme === null) {
    if (/^\.{0,2}\//.test(address) || address === '.' || address === '..') return inFolder(address);
    return repository(null, address.split('/')[0]);
  }
  const [, type = '', rest = ''] = scheme;
  if (type === 'path' || /^git\+file$/.test(type)) return inFolder(rest.replace(/^\/\//, ''));
  // A flake in a folder of another repository is not what that repository is known for.
  if (below !== null) return OTHER;
  switch (type) {
    case 'flake':
      return repository(null, rest.split('/')[0]);
    case 'github':
    case 'gitlab':
    case 'sourcehut':
      return repository(rest.split('/')[0], rest.split('/')[1]);
    default:
      return readAddress(rest.replace(/^\/\//, ''));
  }
}

function readAddress(address: string): Reference {
  const [host = '', first, second, third] = address.split('/');
  if (/^(?:channels\.nixos\.org|releases\.nixos\.org)$/.test(host)) return repository('nixos', 'nixpkgs');
  if (host === 'nixos.org' && first === 'channels') return repository('nixos', 'nixpkgs');
  if (/(?:^|\.)flakehub\.com$/.test(host)) return first === 'f' ? repository(second, third) : OTHER;
  return repository(first, second);
}

function repository(owner: string | null | undefined, name: string | undefined): Reference {
  if (name === undefined || name === '') return OTHER;
  return {
    kind: 'repository',
    owner: owner?.toLowerCase() ?? null,
    name: name.replace(/\.git$/, '').toLowerCase(),
  };
}

/** The same for a reference written as a set: `{ type = "github"; owner = "NixOS"; repo = "nixpkgs"; }`. */
export function readFields(fields: ReadonlyMap<string, string>): Reference {
  const url = fields.get('url');
  if (url !== undefined) return readReference(`${url}${withFolder(url, fields.get('dir'))}`);
  if (fields.get('dir') !== undefined && fields.get('type') !== 'path') return OTHER;
  switch (fields.get('type')) {
    case 'indirect':
      return repository(null, fields.get('id'));
    case 'path': {
      const path = fields.get('path') ?? '.';
      const dir = fields.get('dir');
      return { kind: 'folder', path: dir === undefined ? path : `${path}/${dir}` };
    }
    default:
      return repository(fields.get('owner'), fields.get('repo'));
  }
}

function withFolder(url: string, dir: string | undefined): string {
  return dir === undefined ? '' : `${url.includes('?') ? '&' : '?'}dir=${dir}`;
}

type Json = Readonly<Record<string, unknown>>;

/** The inputs that a flake's `flake.lock` has for an input of it, and so on from input to input. */
export interface LockedInput {
  readonly reference: Reference;
  readonly inputs: ReadonlyMap<string, () => LockedInput | null>;
}

/**
 * What a flake's `flake.lock` says of its inputs; nothing where it has none.
 * @param file the flake's `flake.lock`
 */
export function lockedInputs(machine: Machine, file: string): LockedInput['inputs'] {
  const entry = machine.entry(file);
  if (entry.kind !== 'file') return new Map();
  const lock = objectOf(parsed(entry.text));
  const nodes = objectOf(lock['nodes']);
  const root = typeof lock['root'] === 'string' ? lock['root'] : 'root';
  const inputsOf = (node: Json): LockedInput['inputs'] =>
    new Map(Object.entries(objectOf(node['inputs'])).map(([name, step]) => [name, () => read(step)]));
  const read = (target: unknown): LockedInput | null => {
    const name = nodeName(nodes, root, target, 0);
    if (name === null) return null;
    const node = objectOf(nodes[name]);
    const fields = new Map<string, string>();
    for (const [field, value] of Object.entries(objectOf(node['original'])))
      if (typeof value === 'string') fields.set(field, value);
    return { reference: fields.size === 0 ? OTHER : readFields(fields), inputs: inputsOf(node) };
  };
  return inputsOf(objectOf(nodes[root]));
}

/** The node an input is: named directly, or by the path of inputs that it follows from the root. */
function nodeName(nodes: Json, root: string, input: unknown, depth: number): string | null {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input) || depth > 20) return null;
  let name: string | null = root;
  for (const step of input as readonly unknown[]) {
    if (name === null || typeof step !== 'string') return null;
    name = nodeName(nodes, root, objectOf(objectOf(nodes[name])['inputs'])[step], depth + 1);
  }
  return name;
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Why the value of an input is not known. */
export function outsideReason(name: string): string {
  return `the input \`${name}\` comes from outside the repository`;
}
