import type { ParsedFiles } from '../eval/evaluation';
import type { Project } from '../homelab/homelab';
import { attrsBelow, bindingIn } from './syntax-search';

/**
 * The release of nixpkgs that a project is locked to, e.g. `25.11`; null for unstable, and where it is not known.
 * `flake.lock` decides; without one, the URL in `flake.nix`.
 */
export function nixpkgsRelease(
  files: ParsedFiles,
  { directory, file }: Pick<Project, 'directory' | 'file'>,
): string | null {
  const lock = files.entry(`${directory === '/' ? '' : directory}/flake.lock`);
  if (lock.kind === 'file') return releaseOfLock(lock.text);
  const inputs = attrsBelow(files.parsed(file)?.root.expression ?? null);
  const url = (bindingIn(inputs, ['inputs', 'nixpkgs', 'url']) ?? bindingIn(inputs, ['inputs', 'nixpkgs']))
    ?.value;
  const [text] = url?.kind === 'string' ? url.parts : [];
  return typeof text === 'string' ? releaseIn(text) : null;
}

/** The release that a `flake.lock` names for its input `nixpkgs`, or for the only input that is nixpkgs. */
export function releaseOfLock(text: string): string | null {
  const lock = objectOf(parseJson(text));
  const nodes = objectOf(lock['nodes']);
  const root = typeof lock['root'] === 'string' ? lock['root'] : 'root';
  const original = (input: unknown): Readonly<Record<string, unknown>> => {
    const name = followed(nodes, root, input);
    return name === null ? {} : objectOf(objectOf(nodes[name])['original']);
  };
  const inputs = objectOf(objectOf(nodes[root])['inputs']);
  if ('nixpkgs' in inputs) return releaseOfReference(original(inputs['nixpkgs']));
  const others = Object.values(inputs)
    .map(original)
    .filter(
      (reference) => /^nixpkgs$/i.test(textOf(reference['repo'])) || textOf(reference['id']) === 'nixpkgs',
    );
  const [only] = others;
  return others.length === 1 && only !== undefined ? releaseOfReference(only) : null;
}

/** The node of an input: its name, or the path of a `follows`. */
function followed(nodes: Readonly<Record<string, unknown>>, root: string, input: unknown): string | null {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input)) return null;
  let node: string | null = root;
  for (const step of input.slice(0, 20)) {
    if (node === null || typeof step !== 'string') return null;
    const next: unknown = objectOf(objectOf(nodes[node])['inputs'])[step];
    node = typeof next === 'string' ? next : null;
  }
  return node;
}

function releaseOfReference(reference: Readonly<Record<string, unknown>>): string | null {
  return releaseIn(textOf(reference['ref'])) ?? releaseIn(textOf(reference['url']));
}

/** The release in a branch or URL: `nixos-25.11`, `release-25.11`, `…/NixOS/nixpkgs/0.2511.*`. */
export function releaseIn(text: string): string | null {
  const branch = /(?:nixos|release|nixpkgs)-(\d\d\.\d\d)(?:$|[^\d])/.exec(text);
  if (branch !== null) return branch[1] ?? null;
  const version = /\/nixpkgs\/0\.(\d\d)(\d\d)\b/i.exec(text);
  return version === null ? null : `${version[1] ?? ''}.${version[2] ?? ''}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
