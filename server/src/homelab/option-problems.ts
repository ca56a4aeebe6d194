import { memoOf, sameItems } from '../eval/computed';
import { discharge } from '../eval/modules/definition';
import { TypeMismatch } from '../eval/modules/merge';
import type { OptionNode } from '../eval/modules/option-node';
import { resolvedType, type OptionType } from '../eval/modules/option-type';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';
import { closedSet } from '../schema/closed';
import { hostOptions, optionsBelow } from '../schema/lookup';
import { hasRetiredBelow, retiredOption } from '../schema/retired';
import { RETIRED_OPTIONS, type RetiredOption } from '../schema/tables/retired';
import { MISPLACED_NAMES, TOP_LEVEL_NAMES } from '../schema/tables/top-level';
import { certainly } from './certain-failure';
import { checksNames, importsFromOutside, isClosedSystem, mentions } from './certainty';
import { enabledServices } from './enabled-services';
import type { Container, Host } from './model';
import { asBool, readNode, readOption } from './read';

/**
 * What NixOS would refuse of the options that the repository sets: names that do not exist, values of another type,
 * options that are required and missing, options that are no more. Only what NixOS reads is looked at, since it accepts
 * anything in an option that it never asks for.
 */

interface Place {
  /** The path of the option in the tables’ terms, with `*` for the elements of a list. */
  readonly path: readonly string[];
  readonly system: ModuleSystem;
}

export interface UnknownName extends Place {
  readonly kind: 'unknown';
  readonly name: string;
  readonly at: Origin;
  /** The names that there are beside it. */
  readonly known: readonly string[];
}

export interface Mismatch extends Place {
  readonly kind: 'mismatch';
  readonly mismatch: TypeMismatch;
}

export interface MissingOption extends Place {
  readonly kind: 'missing';
  readonly name: string;
  /** The set that lacks it. */
  readonly at: Origin;
}

export interface RetiredUse extends Place {
  readonly kind: 'retired';
  readonly option: RetiredOption;
  readonly node: OptionNode;
  readonly at: Origin;
}

/** A value that NixOS asks for, and that has none. */
export interface FailedValue extends Place {
  readonly kind: 'failure';
  readonly failure: Failure;
  readonly definition: Origin;
}

export type OptionProblem = UnknownName | Mismatch | MissingOption | RetiredUse | FailedValue;

/** What is wrong with the options of a container itself, apart from its guest. */
export const containerOptionProblems = memoOf(({ name, system }: Container): readonly OptionProblem[] => {
  const privateNetwork = readOption(system, ['privateNetwork'], asBool);
  const isPrivate = privateNetwork.kind === 'known' && privateNetwork.value;
  const walk = new Walk((path) => {
    const [option = '', , inner] = path.slice(2);
    if (NEEDS_PRIVATE_NETWORK.has(option)) return isPrivate;
    return option !== 'extraVeths' || inner === undefined || !UNUSED_IN_PAIRS.has(inner);
  });
  walk.system(system, ['containers', name]);
  return walk.found;
});

/** Options that go into the container’s file only with `privateNetwork = true`. Source: nixos-containers.nix. */
const NEEDS_PRIVATE_NETWORK: ReadonlySet<string> = new Set([
  'forwardPorts',
  'hostAddress',
  'hostAddress6',
  'hostBridge',
  'localAddress6',
  'localMacAddress',
]);
/** Options of extra pairs that the module accepts and never asks for. */
const UNUSED_IN_PAIRS: ReadonlySet<string> = new Set(['forwardPorts', 'localMacAddress']);

/** What is wrong with the options of a container’s guest. */
export const guestOptionProblems = memoOf(({ guest }: Container): readonly OptionProblem[] =>
  guest === null ? [] : nixosProblems(guest.system),
);

/** What is wrong with the options of a host, apart from its containers. */
export const hostOptionProblems = memoOf(({ system }: Host): readonly OptionProblem[] =>
  nixosProblems(system),
);

/** A name at the root of a system that NixOS does not have there. */
export interface MisplacedName {
  readonly name: string;
  readonly at: Origin;
  /** The option that it stands for; null where that is not known. */
  readonly meant: readonly string[] | null;
}

/** The names at the root of a system that neither NixOS nor the repository has, where all of its modules are known. */
export const misplacedNames = memoOf((system: ModuleSystem): readonly MisplacedName[] => {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure || collected.open !== null) return [];
  const names = attempt(() => system.root.definedNames());
  if (names instanceof Unknown || names instanceof Failure || !checksNames(system)) return [];
  return [...names.keys()].flatMap((name): MisplacedName[] => {
    if (TOP_LEVEL_NAMES.has(name)) return [];
    const node = attempt(() => system.root.child(name));
    if (node === null || node instanceof Unknown || node instanceof Failure || node.isDeclared) return [];
    const path = MISPLACED_NAMES[name] ?? (isService(name) ? `services.${name}` : null);
    return certainPlaces(node).map((at) => ({ name, at, meant: path?.split('.') ?? null }));
  });
});

function isService(name: string): boolean {
  return optionsBelow(hostOptions(), ['services']).some(({ segment }) => segment === name);
}

/** Whether a host builds its containers at all. */
export const buildsContainers = memoOf(
  ({ system }: Host): boolean => {
    const path = ['boot', 'enableContainers'];
    const enable = readOption(system, path, asBool);
    return enable.kind === 'known' ? enable.value : !mentions(system, path);
  },
  (before, after) => before === after,
);

function nixosProblems(system: ModuleSystem): readonly OptionProblem[] {
  const walk = new Walk(() => true);
  for (const name of rootNames(system)) {
    const node = attempt(() => system.root.child(name));
    if (node === null || node instanceof Unknown || node instanceof Failure || !isSetInRepository(node))
      continue;
    const services = name === 'services' ? new Set(enabledServices(system).items) : null;
    walk.option(node, [name], { system, closed: false, read: true, services }, system.root);
  }
  return walk.found;
}

/** The names at the root of a system that something defines and that the tables know something of. */
const rootNames = memoOf((system: ModuleSystem): readonly string[] => {
  const names = attempt(() => system.root.definedNames());
  if (names instanceof Unknown || names instanceof Failure) return [];
  return [...names.keys()].filter((name) => topLevel().has(name));
}, sameItems);

function topLevel(): ReadonlySet<string> {
  if (topLevelNames === undefined) {
    topLevelNames = new Set([
      ...optionsBelow(hostOptions(), []).map(({ segment }) => segment),
      ...RETIRED_OPTIONS.map(({ path }) => path.split('.')[0] ?? ''),
    ]);
    topLevelNames.delete('containers');
  }
  return topLevelNames;
}

let topLevelNames: Set<string> | undefined;

interface Surroundings {
  readonly system: ModuleSystem;
  /** Whether every option of the system is declared where it can be seen. */
  readonly closed: boolean;
  /** Whether NixOS asks for what is here. */
  readonly read: boolean;
  /** Whether NixOS asks if it is on, though it asks for nothing else here. */
  readonly switched?: boolean;
  /** Names below that are services which are on; null for other sets. */
  readonly services: ReadonlySet<string> | null;
}

/** The most elements of a list or set that are looked at. */
const MOST_ELEMENTS = 1000;

class Walk {
  readonly found: OptionProblem[] = [];

  constructor(private readonly isRead: (path: readonly string[]) => boolean) {}

  /** The options of a submodule. */
  system(system: ModuleSystem, path: readonly string[]): void {
    const closed =
      !system.spec.undeclaredOptions &&
      system.freeformType === null &&
      checksNames(system) &&
      !importsFromOutside(system);
    this.group(system.root, path, { system, closed, read: true, services: null });
    const origin = system.root.origin();
    for (const name of requiredBelow(path)) {
      if (!isClosedSystem(system)) return;
      const node = attempt(() => system.option([name]));
      if (node === null || node instanceof Unknown || node instanceof Failure || node.declared === null)
        continue;
      const definitions = attempt(() => node.definitions());
      if (node.open === null && Array.isArray(definitions) && definitions.length === 0)
        this.found.push({ kind: 'missing', path, system, name, at: origin });
    }
  }

  /** The options below a path of a system. */
  group(node: OptionNode, path: readonly string[], around: Surroundings): void {
    const names = attempt(() => node.definedNames());
    if (names instanceof Unknown || names instanceof Failure) return;
    const isOn = around.read && isSwitchedOn(node);
    for (const name of names.keys()) {
      const child = attempt(() => node.child(name));
      if (child === null || child instanceof Unknown || child instanceof Failure) continue;
      if (!isSetInRepository(child)) continue;
      const own = [...path, name];
      const { services } = around;
      const isSwitch = name === 'enable' && (around.read || around.switched === true);
      const read = (isOn || isSwitch) && (services === null || services.has(name)) && this.isRead(own);
      // NixOS asks of every service whether it is on.
      const switched = services !== null && around.read;
      this.option(child, own, { ...around, read, services: null, switched }, node);
    }
  }

  option(node: OptionNode, path: readonly string[], around: Surroundings, parent: OptionNode): void {
    const { system } = around;
    const retired = retiredOption(path);
    if (retired !== null) {
      for (const at of certainPlaces(node))
        this.found.push({ kind: 'retired', path, system, option: retired, node, at });
      return;
    }
    if (node.isDeclared) {
      const { declared } = node;
      if (declared === null) this.group(node, path, around);
      else if (around.read && declared.type !== null && node.declarationFiles().every((file) => file === ''))
        this.value(declared.type, node.value, path, system);
      return;
    }
    const name = path[path.length - 1] ?? '';
    const known = around.closed
      ? [...parent.declarationNames().keys()]
      : (closedSet(path.slice(0, -1))?.names ?? null);
    // What is below may be of any size, and may hold itself.
    if (known === null) {
      if (hasRetiredBelow(path)) this.group(node, path, { ...around, read: false });
    } else if (!name.startsWith('_') && !known.includes(name))
      for (const at of certainPlaces(node))
        this.found.push({ kind: 'unknown', path: path.slice(0, -1), system, name, at, known });
  }

  private value(declared: OptionType, thunk: Thunk, path: readonly string[], system: ModuleSystem): void {
    const value = inspect(thunk);
    if (value instanceof TypeMismatch) this.found.push({ kind: 'mismatch', path, system, mismatch: value });
    else if (value instanceof Unknown || value instanceof Failure) {
      const failure = certainly(value);
      if (failure !== null)
        this.found.push({ kind: 'failure', path, system, failure, definition: thunk.origin });
    }
    if (value instanceof Unknown || value instanceof Failure) return;
    const type = resolvedType(declared);
    const [element] = type.inner ?? [];
    switch (type.name) {
      case 'nullOr':
        if (element !== undefined && value.type !== 'null') this.value(element, thunk, path, system);
        return;
      case 'listOf':
        if (value.type !== 'list' || element === undefined) return;
        for (const item of value.items.slice(0, MOST_ELEMENTS))
          this.value(element, item, [...path, '*'], system);
        return;
      case 'attrsOf':
      case 'lazyAttrsOf':
        if (value.type === 'attrs' && element !== undefined) this.attributes(element, value, path, system);
        return;
      case 'submodule': {
        const inner = systemOf(value);
        if (inner !== null) this.system(inner, path);
      }
    }
  }

  private attributes(
    element: OptionType,
    set: AttrsValue,
    path: readonly string[],
    system: ModuleSystem,
  ): void {
    const entries = attempt(() => [...set.entries].slice(0, MOST_ELEMENTS));
    if (!Array.isArray(entries)) return;
    const names = new Set(entries.map(([name]) => name));
    if (set.open === null)
      for (const name of requiredBelow(path))
        if (!names.has(name)) this.found.push({ kind: 'missing', path, system, name, at: set.origin });
    for (const [name, attr] of entries) {
      const known = attempt(() => (attr.maybe === null ? attr.value : null));
      if (known !== null && !(known instanceof Unknown) && !(known instanceof Failure))
        this.value(element, known, [...path, name], system);
    }
  }
}

/** Whether a set of options that can be switched off is on; one that cannot is. */
function isSwitchedOn(node: OptionNode): boolean {
  const enable = attempt(() => node.child('enable'));
  if (enable instanceof Unknown || enable instanceof Failure) return false;
  if (enable === null) return true;
  const fact = readNode(enable, asBool);
  return fact.kind === 'known' && fact.value;
}

function isSetInRepository(node: OptionNode): boolean {
  const raw = attempt(() => node.raw);
  return Array.isArray(raw) && raw.some(({ file }) => file !== '');
}

/** Where the repository certainly sets an option, by the name that is written there. */
function certainPlaces(node: OptionNode): Origin[] {
  return node.raw.flatMap((raw) => {
    const definitions = raw.file === '' ? [] : attempt(() => discharge([raw]));
    return Array.isArray(definitions) && definitions.some(({ maybe }) => maybe === null) ? [raw.at] : [];
  });
}

/** The options that each set at a path must have. */
function requiredBelow(path: readonly string[]): string[] {
  const last = path[path.length - 1];
  if (last === undefined || path.length < 3) return [];
  return optionsBelow(hostOptions(), path).flatMap(({ segment, doc }) =>
    doc?.required === true ? [segment] : [],
  );
}
