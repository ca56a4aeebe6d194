import { memoOf, sameItems } from '../eval/computed';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { baseName } from '../nix/paths';
import { mountsOf } from './bind-mounts';
import type { Container, Host } from './model';
import { sameRows } from './same-rows';
import { asString, entriesOf, optionThunk, readList, readOption, readSet } from './read';
import { declaredSecrets, SECRET_TOOLS, type SecretTool } from './secrets';
import { stateFolders } from './state';

/** What could be mounted into a guest, and where on the host the homelab keeps such things. */

export interface MountTarget {
  readonly path: string;
  /** `state`: a service keeps its state there. `key`: secrets are decrypted with it. `secret`: one that the host decrypts. `shared`: other guests mount it. */
  readonly kind: 'state' | 'key' | 'secret' | 'shared';
  /** The service, the tool, or the guests. */
  readonly of: string;
}

/** What a guest could want of the host and does not mount yet, what it needs first. */
export function mountTargets(host: Host, container: Container | null): MountTarget[] {
  const mounted = new Set(container === null ? [] : mountsIn(container).map(({ target }) => target));
  const found = new Map<string, MountTarget>();
  const add = (target: MountTarget): void => {
    const path = trimmed(target.path);
    if (path.startsWith('/') && !mounted.has(path) && !found.has(path)) found.set(path, { ...target, path });
  };
  for (const { title, folder } of container === null ? [] : stateFolders(container))
    add({ path: folder, kind: 'state', of: title });
  for (const key of container?.guest == null ? [] : keysOf(container.guest.system)) add(key);
  for (const { path, guests } of sharedTargets(host))
    if (guests.some((guest) => guest !== container?.name))
      add({ path, kind: 'shared', of: guests.join(', ') });
  for (const secret of secretsOf(host)) add(secret);
  return [...found.values()];
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

const KEYS: readonly (readonly [of: string, path: readonly string[], list: boolean])[] = [
  ['agenix', ['age', 'identityPaths'], true],
  ['sops-nix', ['sops', 'age', 'sshKeyPaths'], true],
  ['sops-nix', ['sops', 'gnupg', 'sshKeyPaths'], true],
  ['sops-nix', ['sops', 'age', 'keyFile'], false],
];

/** The files that a guest's own secrets are decrypted with. */
function keysOf(system: ModuleSystem): MountTarget[] {
  return KEYS.flatMap(([of, path, list]) => {
    const facts = list
      ? readList(optionThunk(system, path), asString).items
      : [readOption(system, path, asString)];
    return facts.flatMap((fact): MountTarget[] =>
      fact.kind === 'known' ? [{ path: fact.value, kind: 'key', of }] : [],
    );
  });
}

/** What is mounted into a guest, as far as this page has to know. */
interface Mounted {
  readonly target: string;
  readonly source: string | null;
  /** Whether it is the state of one of its services. */
  readonly isState: boolean;
}

const mountsIn = memoOf((container: Container): readonly Mounted[] => {
  const mounts = mountsOf(container).items;
  const own = new Set(mounts.length === 0 ? [] : stateFolders(container).map(({ folder }) => folder));
  return mounts.map(({ target, source }) => ({
    target: trimmed(target),
    source: source === null ? null : trimmed(source),
    isState: own.has(trimmed(target)),
  }));
}, sameRows);

/** A path, and the guests that mount it. */
interface UsedPath {
  readonly path: string;
  readonly guests: readonly string[];
}

function usedBy(host: Host, pathOf: (mount: Mounted) => string | null): readonly UsedPath[] {
  const guests = new Map<string, string[]>();
  for (const container of host.containers) {
    for (const mount of mountsIn(container)) {
      const path = pathOf(mount);
      if (path?.startsWith('/') !== true) continue;
      const names = guests.get(path);
      if (names === undefined) guests.set(path, [container.name]);
      else names.push(container.name);
    }
  }
  return [...guests].map(([path, names]) => ({ path, guests: names }));
}

/** What the guests of a host mount that is not the state of a service of theirs. */
const sharedTargets = memoOf(
  (host: Host) =>
    usedBy(host, ({ target, isState }) => (isState || target.startsWith('/var/lib/') ? null : target)),
  sameRows,
);

/** Where a tool puts a secret whose path is not set. Source: agenix modules/age.nix, sops-nix modules/sops/default.nix. */
const FOLDERS: Readonly<Record<SecretTool, string>> = { age: '/run/agenix', sops: '/run/secrets' };
const TITLES: Readonly<Record<SecretTool, string>> = { age: 'agenix', sops: 'sops-nix' };

function secretsOf({ system }: Host): MountTarget[] {
  return SECRET_TOOLS.flatMap((tool) => {
    const entries = new Map(entriesOf(readSet(system, [tool, 'secrets'])));
    return declaredSecrets(system, tool).secrets.map(({ name }): MountTarget => {
      const attr = entries.get(name);
      const own = attr === undefined ? null : systemOf(inspect(attr.value));
      const path = own === null ? null : readOption(own, ['path'], asString);
      return {
        path: path?.kind === 'known' ? path.value : `${FOLDERS[tool]}/${name}`,
        kind: 'secret',
        of: TITLES[tool],
      };
    });
  });
}

/** A folder of the host that holds what a guest sees under another path. */
export interface HostPath {
  readonly path: string;
  /** `convention`: where the homelab's other mounts would put it. `used`: other guests mount it. `disk`: a file system of the host is there. */
  readonly kind: 'convention' | 'used' | 'disk';
  /** The guests that mount it. */
  readonly of: string;
}

/** How a host's folder follows from a guest's: in it, `NAME` is the container's name, `BASE` the last part of the target, `TARGET` all of it. */
type Template = string;

/** Where on a host the folder for a mount would be. */
export function hostPathsFor(host: Host, container: string, target: string): HostPath[] {
  const used = usedPaths(host);
  const there = new Set<string>();
  const add = (path: HostPath): HostPath[] => (there.has(path.path) ? [] : (there.add(path.path), [path]));
  return [
    ...conventions(host).flatMap((template) =>
      add({ path: filled(template, container, target), kind: 'convention', of: '' }),
    ),
    ...used.flatMap(({ path, guests }) =>
      guests.every((guest) => guest === container) ? [] : add({ path, kind: 'used', of: guests.join(', ') }),
    ),
    ...disks(host).flatMap((path) => add({ path, kind: 'disk', of: '' })),
  ];
}

/** The folder that the homelab's convention gives; null where its mounts follow none. */
export function usualHostPath(host: Host, container: string, target: string): string | null {
  const [template] = conventions(host);
  return template === undefined ? null : filled(template, container, target);
}

function filled(template: Template, container: string, target: string): string {
  return template
    .replace('TARGET', trimmed(target))
    .replaceAll('NAME', container)
    .replaceAll('BASE', baseName(trimmed(target)));
}

/** The ways in which the guests' folders follow from what they are for, the most frequent first. */
const conventions = memoOf((host: Host): readonly Template[] => {
  const counts = new Map<Template, number>();
  let all = 0;
  for (const container of host.containers) {
    for (const { target, source } of mountsIn(container)) {
      if (source?.startsWith('/') !== true || source === target) continue;
      const template = templateOf(container.name, target, source);
      if (template === null) continue;
      all++;
      counts.set(template, (counts.get(template) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count > 1 || all === 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([template]) => template);
}, sameItems);

function templateOf(container: string, target: string, source: string): Template | null {
  if (source.endsWith(target)) return `${source.slice(0, -target.length)}TARGET`;
  const base = baseName(target);
  const segments = source.split('/');
  const named = segments.map((segment, index) =>
    segment === container ? 'NAME' : segment === base && index === segments.length - 1 ? 'BASE' : segment,
  );
  return named.includes('NAME') || named.includes('BASE') ? named.join('/') : null;
}

const usedPaths = memoOf((host: Host) => usedBy(host, ({ source }) => source), sameRows);

/** Where the host's own file systems are, apart from those of the system itself. */
const disks = memoOf(
  ({ system }: Host): readonly string[] =>
    entriesOf(readSet(system, ['fileSystems'])).flatMap(([name]) =>
      /^\/(?:$|nix|boot|efi|proc|sys|dev|run|tmp)/.test(name) || !name.startsWith('/') ? [] : [name],
    ),
  sameItems,
);
