import { memoOf } from '../eval/computed';
import { holds, parts } from '../eval/modules/definition';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import type { Container, Host } from './model';

/** What may be concluded from an absence: whether all that is said of something is known. */

/** Whether every definition of a host's containers is known, so that a container that is not there is not there. */
export function knowsAllContainers({ incomplete, containersOpen }: Host): boolean {
  return incomplete === null && containersOpen === null;
}

/** Whether an option of a container that is not set is really not set: nothing of it comes from outside. */
export function isClosedContainer(host: Host, { system }: Container): boolean {
  return knowsAllContainers(host) && isClosedSystem(system) && !importsFromOutside(system);
}

/** Whether a system has modules from outside the repository. */
export const importsFromOutside = memoOf((system: ModuleSystem): boolean => {
  const external = attempt(() => system.modules.external);
  return external !== false;
}, isSame);

function isSame(before: boolean, after: boolean): boolean {
  return before === after;
}

/**
 * Whether an option of a guest that is not set is really not set, if the modules from outside that it imports do not set
 * it.
 */
export function isClosedGuest(host: Host, container: Container): boolean {
  const { guest } = container;
  return (
    guest !== null &&
    isClosedContainer(host, container) &&
    isClosedSystem(guest.system) &&
    hasCertainConfig(container.system)
  );
}

const hasCertainConfig = memoOf((container: ModuleSystem): boolean => {
  const definitions = attempt(() => container.option(['config'])?.definitions() ?? []);
  return Array.isArray(definitions) && definitions.every(({ maybe }) => maybe === null);
}, isSame);

/** Whether all that the repository's own modules say in a system is known. */
export const isClosedSystem = memoOf(hasOnlyKnownParts, isSame);

function hasOnlyKnownParts(system: ModuleSystem): boolean {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure || collected.open !== null) return false;
  return collected.modules.every(({ config }) =>
    parts(config).every(
      ({ value }) =>
        !(value instanceof Unknown) &&
        !(value instanceof Failure) &&
        value.type === 'attrs' &&
        value.open === null,
    ),
  );
}

/** Whether a system refuses names that its modules do not declare. */
export function checksNames(system: ModuleSystem): boolean {
  const written = attempt(() => system.option(['_module', 'check'])?.raw.length ?? 0);
  return written === 0;
}

/** Whether the repository says anything of an option, under whatever conditions. */
export function mentions(system: ModuleSystem, path: readonly string[]): boolean {
  const raw = attempt(() => system.option(path)?.raw ?? []);
  return !Array.isArray(raw) || raw.some(({ file }) => file !== '');
}

/** Whether the repository sets an option: yes, no, or not knowable. A default does not count. */
export function isWritten(system: ModuleSystem, path: readonly string[]): boolean | 'unknown' {
  const node = attempt(() => system.option(path));
  if (node instanceof Unknown || node instanceof Failure) return 'unknown';
  if (node === null) return false;
  return definedIn(node);
}

function definedIn(node: OptionNode): boolean | 'unknown' {
  let doubt = node.open !== null;
  for (const { raw } of node.raw.flatMap(parts)) {
    if (raw.file === '') continue;
    const active = attempt(() => holds(raw.conditions));
    if (active === true) return true;
    if (active !== false) doubt = true;
  }
  return doubt ? 'unknown' : false;
}

/**
 * Whether a module from outside the repository may have a say in what is asked: one that is imported and is not known to
 * be about something else.
 */
export const outsideMayDecide = memoOf((system: ModuleSystem): boolean => {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return true;
  return collected.outside.some((origin) => !isAboutSomethingElse(origin));
}, isSame);

/** Whether modules that are not known, or come from outside, may declare options of a system. */
export function mayHaveMoreOptions(system: ModuleSystem): boolean {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure || collected.open !== null) return true;
  return outsideMayDecide(system);
}

/** `inputs.agenix.nixosModules.default`, by the name of its input. */
function isAboutSomethingElse(origin: Origin): boolean {
  const names =
    origin?.kind === 'select'
      ? [
          origin.subject.kind === 'variable' ? origin.subject.name : '',
          ...origin.path.map(({ text }) => text ?? ''),
        ]
      : [];
  const [input, first] = names;
  return HARMLESS.has((input === 'inputs' ? first : input) ?? '');
}

/** Inputs whose modules are known to set neither networks nor firewalls, services or a state version. */
const HARMLESS: ReadonlySet<string> = new Set([
  'agenix',
  'agenix-rekey',
  'disko',
  'home-manager',
  'homeManager',
  'impermanence',
  'lanzaboote',
  'nix-index-database',
  'nixos-hardware',
  'ragenix',
  'sops',
  'sops-nix',
  'stylix',
]);
