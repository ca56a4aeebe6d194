import { locate, type Homelab, type Project } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { asString, readOption, valueOr } from '../homelab/read';
import { baseName, directoryOf, isInside } from '../nix/paths';
import type { EditProblem } from './edit-plan';
import { siblingFolder, siblingName } from './import-lists';
import { mostCommon, most } from './majority';
import { neighboursOf } from './neighbours';
import { domainSources } from './domain-source';
import { proxyOf } from './proxy';
import { hostName, nameOf, placeOf } from './wording';

/** What is asked for one more container. */
export interface ContainerRequest {
  readonly name: string;
  readonly port: number;
  /** What stands before the homelab's domain; the container's name where it is not given. */
  readonly subdomain?: string | null;
  /** Whether requests pass the middleware that asks Authelia. */
  readonly authelia?: boolean;
  readonly middlewares?: readonly string[];
  readonly network?: 'private' | 'host';
  /** The service under `services` that runs in it; the one of the container's name where it is not given. */
  readonly service?: string | null;
  /** The host it is for; the one with containers where it is not given. */
  readonly host?: string | null;
}

/** A host, and its project. */
export interface Target {
  readonly project: Project;
  readonly host: Host;
}

/** The host that a new container is for; which ones there are where that is not plain. */
export function targetFor(homelab: Homelab, name: string | null | undefined): Target | EditProblem {
  const all = homelab.projects.flatMap((project) => project.hosts.map((host): Target => ({ project, host })));
  if (name != null) {
    const named = all.filter(({ host }) => host.name === name);
    const [only] = named;
    if (only !== undefined && named.length === 1) return only;
    if (only !== undefined)
      return {
        problem: `Several flakes declare a host ${name}: ${named.map(({ project }) => project.file).join(', ')}. Name the folder of one of them.`,
      };
    return {
      problem: `There is no host ${name}. There are: ${all.map(({ host }) => hostName(host)).join(', ') || 'none'}.`,
      choices: all.map(({ host }) => hostName(host)),
    };
  }
  if (all.length === 0) return noHost(homelab);
  const holding = all.filter(({ host }) => host.containers.some(({ status }) => status !== 'disabled'));
  const candidates = holding.length > 0 ? holding : all;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  return {
    problem: `Several hosts could take the container: ${candidates.map(({ host }) => hostName(host)).join(', ')}. Say which one.`,
    choices: candidates.map(({ host }) => hostName(host)),
  };
}

function noHost(homelab: Homelab): EditProblem {
  for (const { file, problem } of homelab.projects) {
    const [error] = homelab.files.parsed(file)?.errors ?? [];
    const line = homelab.files.parsed(file)?.lines.positionAt(error?.start ?? 0).line ?? 0;
    if (error !== undefined)
      return {
        problem: `${baseName(file)}:${line + 1} has a syntax error, so its hosts cannot be read. Mend it first.`,
        at: { file, offset: error.start },
      };
    if (problem !== null)
      return {
        problem: `The hosts of ${baseName(file)} cannot be read: ${problem.message}.`,
        at: { file, offset: 0 },
      };
  }
  return {
    problem:
      'There is no host to add a container to: no flake.nix here declares nixosConfigurations, and there is no configuration.nix.',
  };
}

/** Where the module of a new container goes: beside most others, in a file or a folder of its own as they are. */
export function modulePath(homelab: Homelab, { project, host }: Target, name: string): string {
  const proxy = proxyOf(host);
  const modules = neighboursOf(homelab.files, host).filter(
    ({ alone, file: { path } }) =>
      alone &&
      path !== host.file &&
      baseName(path) !== 'configuration.nix' &&
      isInside(project.directory, path),
  );
  // The proxy often stands elsewhere; it counts only where there is nothing else.
  const others = modules.filter(
    (module) => !('container' in proxy) || module.container.name !== proxy.container,
  );
  const places = (others.length > 0 ? others : modules).map(({ container, file }) =>
    placeAmongOthers(container.name, file.path),
  );
  const root = project.directory === '/' ? '' : project.directory;
  const folder =
    mostCommon(places.map((place) => place.folder)) ??
    containersFolder(homelab, host) ??
    `${root}/containers`;
  const inFolder = places.length > 0 && most(places.map((place) => place.inFolder));
  const file = inFolder ? `${name}/default` : wordedAs(places, name);
  return `${folder === '/' ? '' : folder}/${file}.nix`;
}

/** Where a container's module stands among the others: by itself, or in a folder that is the container's own. */
interface ModulePlace {
  readonly folder: string;
  readonly inFolder: boolean;
  /** What the file's name has before and behind the container's; null where it does not hold it. */
  readonly affixes: readonly [before: string, after: string] | null;
}

function placeAmongOthers(container: string, path: string): ModulePlace {
  const own = directoryOf(path);
  const isNamed = own !== '/' && baseName(own).toLowerCase() === container.toLowerCase();
  const inFolder = baseName(path) === 'default.nix' || isNamed;
  const stem = siblingName(path);
  const at = inFolder ? -1 : stem.indexOf(container);
  return {
    folder: isNamed ? directoryOf(own) : siblingFolder(path),
    inFolder,
    affixes: at === -1 ? null : [stem.slice(0, at), stem.slice(at + container.length)],
  };
}

/** A file's name as most of several are made: `containers-web` beside `containers-db`. */
function wordedAs(places: readonly ModulePlace[], name: string): string {
  const made = places.flatMap(({ affixes }) => (affixes === null ? [] : [affixes]));
  const usual = mostCommon(made, (affixes) => affixes.join('/'));
  const same = places.map(({ affixes }) => affixes !== null && affixes.join('/') === usual?.join('/'));
  return usual === undefined || places.length < 2 || !most(same) ? name : `${usual[0]}${name}${usual[1]}`;
}

/** The folder called `containers`, or nearly so, that a file with several containers stands in. */
function containersFolder(homelab: Homelab, host: Host): string | undefined {
  const folders = neighboursOf(homelab.files, host).map(({ file }) => directoryOf(file.path));
  return mostCommon(folders.filter((folder) => /containers?$/i.test(folder)));
}

/** What is wrong with a name for a new container, in a sentence; null when it can be used. */
export function nameProblem(homelab: Homelab, target: Target, name: string): string | null {
  if (name === '') return 'Give the container a name, for example jellyfin.';
  if (name.includes('_') && /^[A-Za-z0-9_-]+$/.test(name))
    return `NixOS refuses container names with an underscore. Write ${name.replaceAll('_', '-').replace(/^-+|-+$/g, '') || 'the name without it'}.`;
  const strange = /[^A-Za-z0-9-]/u.exec(name)?.[0];
  if (strange !== undefined)
    return `A container's name is a host name: letters, digits and hyphens. ${strange === ' ' ? 'A space' : `The character ${strange}`} cannot stand in it.`;
  if (name.startsWith('-') || name.endsWith('-'))
    return "A container's name begins and ends with a letter or a digit.";
  if (name.length > 63)
    return `A container's name is a host name, so it has at most 63 characters; this has ${name.length}.`;
  const { host, project } = target;
  const same = host.containers.find((container) => container.name.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return takenBy(homelab, target, same);
  if (/^(?:localhost|host|default)$/i.test(name)) return `${name} is a reserved name. Choose another one.`;
  const own = valueOr(readOption(host.system, ['networking', 'hostName'], asString), null);
  if (own?.toLowerCase() === name.toLowerCase())
    return `${name} is the name of the host itself. Choose another one.`;
  const path = modulePath(homelab, target, name);
  const existing = existingFile(homelab, path);
  if (existing !== null)
    return `${nameOf(existing, project)} exists already. Choose another name, or move that file away.`;
  const proxy = proxyOf(host);
  if ('taken' in proxy && proxy.taken.has(name)) {
    const route = host.routes.find(({ router }) => router === name);
    const spot = route === undefined ? null : locate(homelab, route.at);
    return `Traefik has a router or service ${name} already${spot === null ? '' : ` (${placeOf(spot, project)})`}. Choose another name.`;
  }
  return null;
}

function takenBy(
  homelab: Homelab,
  { project }: Target,
  { name, status, because, definitions }: Container,
): string {
  const [main] = [...definitions].sort((a, b) => b.options.length - a.options.length);
  const spot = locate(homelab, main?.nameAt ?? null);
  const where = spot === null ? '' : ` (${placeOf(spot, project)})`;
  return status === 'disabled'
    ? `There is a container ${name} already${where}, which is disabled: ${because ?? 'no host imports it'}. Enable that one, or choose another name.`
    : `There is a container ${name} already${where}. Choose another name.`;
}

/** What stands at a path, upper and lower case being the same as on some disks; null for nothing. */
function existingFile(homelab: Homelab, path: string): string | null {
  if (homelab.files.entry(path).kind !== 'missing') return path;
  const inFolder = baseName(path) === 'default.nix' ? directoryOf(path) : path;
  if (inFolder !== path && homelab.files.entry(inFolder).kind !== 'missing') return inFolder;
  const folder = homelab.files.entry(directoryOf(inFolder));
  if (folder.kind !== 'directory') return folder.kind === 'missing' ? null : directoryOf(inFolder);
  const same = folder.entries.find(({ name }) => name.toLowerCase() === baseName(inFolder).toLowerCase());
  return same === undefined ? null : `${directoryOf(inFolder)}/${same.name}`;
}

/** What is wrong with a port, in a sentence; null when it can be used. */
export function portProblem(port: string | number): string | null {
  const text = String(port).trim();
  if (text === '') return 'Give the port on which the service listens, for example 8096.';
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65535 ? null : `A port is a whole number from 1 to 65535; ${text} is not.`;
}

/** Who already listens on a port of the host itself, in a sentence; null when it is free as far as is known. */
export function hostPortProblem({ host }: Target, port: number): string | null {
  for (const { name, status, privateNetwork, guest } of host.containers) {
    if (
      status === 'disabled' ||
      guest === null ||
      privateNetwork.kind === 'unknown' ||
      valueOr(privateNetwork, false)
    )
      continue;
    const listener = guest.listeners.find((own) => own.protocol === 'tcp' && valueOr(own.port, 0) === port);
    if (listener !== undefined)
      return `Port ${port} of the host is taken: ${listener.service} in the container ${name} listens on it. Choose another port, or a private network.`;
  }
  const proxy = proxyOf(host);
  const entryPoint =
    'ports' in proxy && !proxy.isolated ? proxy.ports.find((own) => own.port === port) : undefined;
  return entryPoint === undefined
    ? null
    : `Port ${port} of the host is taken: Traefik's entry point ${entryPoint.name} listens on it. Choose another port, or a private network.`;
}

/** What is wrong with a subdomain, in a sentence; null when it can be used. */
export function subdomainProblem(
  homelab: Homelab,
  { project, host }: Target,
  subdomain: string,
): string | null {
  const text = subdomain.toLowerCase();
  if (text === '') return 'Give the subdomain under which it is reached, for example media.';
  const domain = domainSources(homelab.files, host)[0]?.domain ?? null;
  if (domain !== null && (text === domain || text.endsWith(`.${domain}`)))
    return `Write only what stands before .${domain}.`;
  for (const label of text.split('.')) {
    if (label === '') return 'A subdomain has no empty parts: no dot at its ends, and not two in a row.';
    if (label.length > 63)
      return `A part of a host name has at most 63 characters; ${label.slice(0, 12)}… has ${label.length}.`;
    if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label))
      return `A subdomain consists of letters, digits and hyphens, with letters or digits at its ends; ${label} does not.`;
  }
  if (domain === null) return null;
  const fqdn = `${text}.${domain}`;
  if (fqdn.length > 253) return `A host name has at most 253 characters; this has ${fqdn.length}.`;
  const route = host.routes.find((known) => known.protocol !== 'udp' && known.hosts.includes(fqdn));
  if (route === undefined) return null;
  const spot = locate(homelab, route.at);
  return `${fqdn} is served already, by the router ${route.router}${spot === null ? '' : ` (${placeOf(spot, project)})`}. Choose another subdomain.`;
}
