import { memo, memoOf, sameItems, Source, type Computed } from '../eval/computed';
import { parts, type RawDefinition } from '../eval/modules/definition';
import type { OptionNode } from '../eval/modules/option-node';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { guestOf } from './guest';
import type {
  AddressUse,
  BindMount,
  BridgeName,
  Collection,
  Container,
  ContainerDefinition,
  ContainerStatus,
  Fact,
  Guest,
} from './model';
import {
  asBool,
  asNumber,
  asString,
  asStringOrNumber,
  namesOf,
  openReason,
  readOption,
  readSet,
  readThunk,
  sameFact,
  setOf,
} from './read';

export interface ContainersOfHost {
  readonly containers: readonly Container[];
  readonly open: string | null;
}

/** The containers that a host's configuration holds, by name. */
export const containersOf = memoOf(
  (host: ModuleSystem): ContainersOfHost => readContainers(host, () => null),
  sameContainers,
);

function sameContainers(before: ContainersOfHost, after: ContainersOfHost): boolean {
  return before.open === after.open && sameItems(before.containers, after.containers);
}

/** The same, where `off` says why one is disabled; null for those that are not. */
export function readContainers(
  host: ModuleSystem,
  off: (definitions: readonly ContainerDefinition[]) => string | null,
): ContainersOfHost {
  const set = readSet(host, ['containers']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { containers: [], open: openReason(set) };
  const definitions = definitionsByName(host);
  const shelf = shelfOf(host);
  const containers = systemsIn(set).map(({ name, system, maybe }): Container => {
    const own = definitions.get(name) ?? [];
    const disabled = off(own);
    if (disabled !== null) return shelf(name, system, own, 'disabled', disabled);
    const status: ContainerStatus = maybe === null ? 'active' : 'conditional';
    return shelf(name, system, own, status, maybe?.reason ?? null);
  });
  return { containers, open: openReason(set) };
}

/** An attribute of `containers` that is one. */
interface NamedSystem {
  readonly name: string;
  readonly system: ModuleSystem;
  readonly maybe: Unknown | null;
}

/** The attributes that are containers, by name. */
const systemsIn = piecewise(namesOf, (name, set): readonly NamedSystem[] => {
  const attr = set.entries.get(name);
  const system = attr === undefined ? null : systemOf(inspect(attr.value));
  return attr === undefined || system === null ? [] : [{ name, system, maybe: attr.maybe }];
});

type Shelf = (...parts: ConstructorParameters<typeof LazyContainer>) => Container;

const shelves = new WeakMap<ModuleSystem, Map<string, LazyContainer>>();

/** Gives the container that was given before, with all that was read of it, where it is the same one. */
function shelfOf(host: ModuleSystem): Shelf {
  const known = shelves.get(host) ?? new Map<string, LazyContainer>();
  shelves.set(host, known);
  return (name, system, definitions, status, because) => {
    const before = known.get(name);
    if (before?.system === system && before.status === status && before.because === because) {
      before.define(definitions);
      return before;
    }
    const container = new LazyContainer(name, system, definitions, status, because);
    known.set(name, container);
    return container;
  };
}

function sameDefinitions(
  before: readonly ContainerDefinition[],
  after: readonly ContainerDefinition[],
): boolean {
  return (
    before.length === after.length &&
    before.every((definition, index) => {
      const other = after[index];
      return (
        definition === other ||
        (definition.file === other?.file &&
          definition.nameAt === other.nameAt &&
          definition.value === other.value &&
          sameItems(definition.options, other.options))
      );
    })
  );
}

/** A container that is not built, as its definitions describe it, and why it is not. */
export function disabledContainer(
  name: string,
  system: ModuleSystem,
  definitions: readonly RawDefinition[],
  because: string,
): Container {
  const own = definitions.map(({ file, value, at }): ContainerDefinition => {
    return { file, nameAt: at, value: value.origin, options: optionNames(value) };
  });
  return shelfOf(system)(name, system, own, 'disabled', because);
}

/** A container whose facts are read from its configuration when they are asked for, and again when that changes. */
class LazyContainer implements Container {
  #autoStart: Computed<Fact<boolean>> | undefined;
  #ephemeral: Computed<Fact<boolean>> | undefined;
  #privateNetwork: Computed<Fact<boolean>> | undefined;
  #privateUsers: Computed<Fact<string | number>> | undefined;
  #hostBridge: Computed<Fact<string>> | undefined;
  #hostAddress: Computed<Fact<string>> | undefined;
  #localAddress: Computed<Fact<string>> | undefined;
  #hostAddress6: Computed<Fact<string>> | undefined;
  #localAddress6: Computed<Fact<string>> | undefined;
  #addresses: Computed<readonly AddressUse[]> | undefined;
  #extraVeths: Computed<Collection<string>> | undefined;
  #bindMounts: Computed<Collection<BindMount>> | undefined;
  #forwardPorts: Computed<Container['forwardPorts']> | undefined;
  #guest: Computed<{ readonly guest: Guest | null }> | undefined;
  readonly #defined = new Source();

  constructor(
    readonly name: string,
    readonly system: ModuleSystem,
    private defined: readonly ContainerDefinition[],
    readonly status: ContainerStatus,
    readonly because: string | null,
  ) {}

  get definitions(): readonly ContainerDefinition[] {
    this.#defined.look();
    return this.defined;
  }

  /** Says where the container is written now. */
  define(definitions: readonly ContainerDefinition[]): void {
    if (sameDefinitions(this.defined, definitions)) return;
    this.defined = definitions;
    this.#defined.change();
  }

  get autoStart(): Fact<boolean> {
    return (this.#autoStart ??= memo(() => readOption(this.system, ['autoStart'], asBool), sameFact)).force();
  }
  get ephemeral(): Fact<boolean> {
    return (this.#ephemeral ??= memo(() => readOption(this.system, ['ephemeral'], asBool), sameFact)).force();
  }
  get privateNetwork(): Fact<boolean> {
    return (this.#privateNetwork ??= memo(
      () => readOption(this.system, ['privateNetwork'], asBool),
      sameFact,
    )).force();
  }
  get privateUsers(): Fact<string | number> {
    return (this.#privateUsers ??= memo(
      () => readOption(this.system, ['privateUsers'], asStringOrNumber),
      sameFact,
    )).force();
  }
  get hostBridge(): Fact<string> {
    return (this.#hostBridge ??= memo(
      () => readOption(this.system, ['hostBridge'], asString),
      sameFact,
    )).force();
  }
  get hostAddress(): Fact<string> {
    return (this.#hostAddress ??= memo(
      () => readOption(this.system, ['hostAddress'], asString),
      sameFact,
    )).force();
  }
  get localAddress(): Fact<string> {
    return (this.#localAddress ??= memo(
      () => readOption(this.system, ['localAddress'], asString),
      sameFact,
    )).force();
  }
  get hostAddress6(): Fact<string> {
    return (this.#hostAddress6 ??= memo(
      () => readOption(this.system, ['hostAddress6'], asString),
      sameFact,
    )).force();
  }
  get localAddress6(): Fact<string> {
    return (this.#localAddress6 ??= memo(
      () => readOption(this.system, ['localAddress6'], asString),
      sameFact,
    )).force();
  }
  get addresses(): readonly AddressUse[] {
    return (this.#addresses ??= memo(() => addressesOfLinks(this), sameAddresses)).force();
  }
  get extraVeths(): Collection<string> {
    return (this.#extraVeths ??= memo(() => extraVethsOf(this.system))).force();
  }
  get bindMounts(): Collection<BindMount> {
    return (this.#bindMounts ??= memo(() => bindMountsOf(this.system))).force();
  }
  get forwardPorts(): Container['forwardPorts'] {
    return (this.#forwardPorts ??= memo(() => forwardPortsOf(this.system))).force();
  }
  get guest(): Guest | null {
    return (this.#guest ??= memo(
      () => ({ guest: guestOf(this.system) }),
      (before, after) => before.guest?.system === after.guest?.system,
    )).force().guest;
  }
}

function sameAddresses(before: readonly AddressUse[], after: readonly AddressUse[]): boolean {
  return (
    before.length === after.length &&
    before.every((use, index) => {
      const other = after[index];
      return (
        use.option === other?.option &&
        sameFact(use.fact, other.fact) &&
        JSON.stringify(use.bridge) === JSON.stringify(other.bridge)
      );
    })
  );
}

function addressesOfLinks(container: Container): AddressUse[] {
  const { system } = container;
  const addresses = linkAddresses(container, system, '');
  for (const veth of container.extraVeths.items) {
    const link = systemOf(valueAt(system, ['extraVeths', veth]));
    if (link !== null) addresses.push(...linkAddresses(container, link, `extraVeths.${veth}.`));
  }
  return addresses;
}

function valueAt(system: ModuleSystem, [first, name]: readonly [string, string]): ReturnType<typeof inspect> {
  const set = readSet(system, [first]);
  const attr =
    set === null || set instanceof Unknown || set instanceof Failure ? undefined : set.entries.get(name);
  return attr === undefined ? new Failure('missing', 'no such link') : inspect(attr.value);
}

const ENDS = [
  ['hostAddress', 'host', 4],
  ['localAddress', 'local', 4],
  ['hostAddress6', 'host', 6],
  ['localAddress6', 'local', 6],
] as const;

function linkAddresses(container: Container, link: ModuleSystem, prefix: string): AddressUse[] {
  const bridge = readOption(link, ['hostBridge'], asString);
  return ENDS.flatMap(([option, side, family]): AddressUse[] => {
    const fact: Fact<string> = readOption(link, [option], asString);
    if (fact.kind === 'unset') return [];
    const attached: BridgeName =
      bridge.kind === 'known' ? { name: bridge.value } : bridge.kind === 'unset' ? null : 'unknown';
    return [{ container, option: prefix + option, side, family, fact, bridge: attached }];
  });
}

function extraVethsOf(system: ModuleSystem): Collection<string> {
  const set = readSet(system, ['extraVeths']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { items: [], open: openReason(set) };
  return { items: [...set.entries.keys()].sort(), open: openReason(set) };
}

function bindMountsOf(system: ModuleSystem): Collection<BindMount> {
  const set = readSet(system, ['bindMounts']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { items: [], open: openReason(set) };
  let open = openReason(set);
  const items = [...set.entries].flatMap(([name, attr]): BindMount[] => {
    const mount = systemOf(inspect(attr.value));
    if (mount === null)
      return [{ mountPoint: name, hostPath: { kind: 'unset' }, isReadOnly: { kind: 'unset' } }];
    const mountPoint = readOption(mount, ['mountPoint'], asString);
    if (mountPoint.kind === 'unknown') {
      // It is mounted, and nobody can say where.
      open ??= mountPoint.reason;
      return [];
    }
    return [
      {
        mountPoint: mountPoint.kind === 'known' ? mountPoint.value : name,
        hostPath: readOption(mount, ['hostPath'], asString),
        isReadOnly: readOption(mount, ['isReadOnly'], asBool),
      },
    ];
  });
  return { items, open };
}

function forwardPortsOf(system: ModuleSystem): Container['forwardPorts'] {
  const node = attempt(() => system.option(['forwardPorts']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return { items: [], open: null };
  const list = inspect(node.value);
  if (list instanceof Unknown || list instanceof Failure) return { items: [], open: openReason(list) };
  if (list.type !== 'list') return { items: [], open: null };
  const items = list.items.map((item) => {
    const set = setOf(item);
    return {
      protocol: readThunk(set?.entries.get('protocol')?.value, asString),
      hostPort: readThunk(set?.entries.get('hostPort')?.value, asNumber),
      containerPort: readThunk(set?.entries.get('containerPort')?.value, asNumber),
    };
  });
  return { items, open: list.open === null ? null : list.open.reason };
}

/** Where each container of a host is written. */
function definitionsByName(host: ModuleSystem): Map<string, ContainerDefinition[]> {
  const byName = new Map<string, ContainerDefinition[]>();
  const node = attempt(() => host.option(['containers']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return byName;
  for (const [name, definition] of namedDefinitions(node)) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [definition]);
    else known.push(definition);
  }
  return byName;
}

const namedDefinitions = piecewise(
  (node: OptionNode) => node.raw,
  ({ file, value }) =>
    definitionsIn(value).map(([name, definition]): readonly [string, ContainerDefinition] => [
      name,
      definition.file === '' ? { ...definition, file } : definition,
    ]),
);

/** What a definition of `containers` says of which container; the file is empty where it is that of the definition. */
const definitionsIn = memoOf((value: Thunk): readonly (readonly [string, ContainerDefinition])[] =>
  parts(rawOf(value)).flatMap(({ raw, value: set }) =>
    set instanceof Unknown || set instanceof Failure || set.type !== 'attrs'
      ? []
      : [...set.entries].map(([name, attr]): [string, ContainerDefinition] => [
          name,
          { file: raw.file, nameAt: attr.at, value: attr.value.origin, options: optionNames(attr.value) },
        ]),
  ),
);

function rawOf(value: Thunk): RawDefinition {
  return { file: '', value, at: null, conditions: [], priority: null };
}

function optionNames(value: Thunk): string[] {
  return parts(rawOf(value)).flatMap(({ value: set }) =>
    set instanceof Unknown || set instanceof Failure || set.type !== 'attrs' ? [] : [...set.entries.keys()],
  );
}
