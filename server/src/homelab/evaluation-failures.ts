import { memoOf } from '../eval/computed';
import type { ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { writeAttrPath } from '../nix/write';
import { certainly, isCertain } from './certain-failure';
import type { Container, Fact, Host } from './model';
import {
  containerOptionProblems,
  guestOptionProblems,
  hostOptionProblems,
  type OptionProblem,
} from './option-problems';
import { attributeOf, namesOf, optionThunk, valueOr } from './read';

/**
 * Where the evaluation that a rebuild certainly makes fails: the containers, what each is made of, what its guest listens
 * on and lets in, the modules themselves. What only may be asked for is not looked at, and nothing that is unknown.
 */
export interface CertainFailure {
  /** The option that is asked for; null for a module as a whole. */
  readonly option: string | null;
  readonly problem: Failure;
  /** What defines the option, or imports the module. */
  readonly definition: Origin;
}

/** What a system imports, or the body of a module, that needs the configuration. */
export class ImportRecursion extends Failure {
  constructor(at: Origin) {
    super(
      'abort',
      'infinite recursion encountered: this needs `config`, which is known only when all modules are; put what depends on it into `lib.mkIf` inside of the module',
      at,
    );
  }
}

/** What fails of a host itself. */
export const failuresOfHost = memoOf(
  (host: Host): readonly CertainFailure[] => [
    ...ofModules(host.system),
    ...ofContainers(host.system),
    ...ofOptions(hostOptionProblems(host), ''),
  ],
  sameFailures,
);

/** Containers that are none, all of them or one. */
function* ofContainers(system: ModuleSystem): Generator<CertainFailure> {
  const node = attempt(() => system.option(['containers']));
  if (node === null || node instanceof Unknown) return;
  const set = node instanceof Failure ? node : inspect(node.value);
  if (set instanceof Failure) {
    const definition = node instanceof Failure ? null : node.origin();
    if (isCertain(set) || set.kind === 'type') yield { option: 'containers', problem: set, definition };
    return;
  }
  if (set instanceof Unknown || set.type !== 'attrs') return;
  yield* ofEach(set);
}

const ofEach = piecewise(namesOf, (name, set): readonly CertainFailure[] => {
  const attr = attributeOf(set, name);
  if (attr?.maybe !== null) return [];
  const { value } = attr;
  const problem = inspect(value);
  return problem instanceof Failure && (isCertain(problem) || problem.kind === 'type')
    ? [{ option: `containers.${name}`, problem, definition: value.origin }]
    : [];
});

/** What fails of a container, and of the system inside it. */
export const failuresOfContainer = memoOf(
  (container: Container): readonly CertainFailure[] => [
    ...ofContainer(container),
    ...ofGuest(container),
    ...ofOptions(containerOptionProblems(container), ''),
    ...ofOptions(guestOptionProblems(container), `containers.${container.name}.config.`),
  ],
  sameFailures,
);

/** Options of NixOS that it asks for. */
function* ofOptions(problems: readonly OptionProblem[], before: string): Generator<CertainFailure> {
  for (const problem of problems)
    if (problem.kind === 'failure') {
      const path = problem.path.filter((step) => step !== '*');
      yield {
        option: before + writeAttrPath(path),
        problem: problem.failure,
        definition: problem.definition,
      };
    }
}

function* ofModules(system: ModuleSystem): Generator<CertainFailure> {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return;
  const recursion = system.importRecursion;
  if (recursion !== null)
    yield { option: null, problem: new ImportRecursion(recursion), definition: recursion };
  for (const { problem, at, missing } of collected.problems)
    if (problem instanceof Failure && missing === null && isCertain(problem))
      yield { option: null, problem, definition: at };
}

/** What a container's unit is made of. Source: nixpkgs nixos/modules/virtualisation/nixos-containers.nix. */
function* ofContainer(container: Container): Generator<CertainFailure> {
  const { name, privateNetwork } = container;
  const fact = (option: string, of: Fact<unknown>): Generator<CertainFailure> =>
    ofFact(`containers.${name}.${option}`, of);
  yield* fact('autoStart', container.autoStart);
  yield* fact('ephemeral', container.ephemeral);
  yield* fact('privateNetwork', privateNetwork);
  yield* fact('privateUsers', container.privateUsers);
  // The host's name of the container is made of its address, whatever its network is.
  yield* fact('localAddress', container.localAddress);
  if (valueOr(privateNetwork, false)) {
    yield* fact('hostBridge', container.hostBridge);
    for (const { option, fact: address } of container.addresses)
      if (option !== 'localAddress') yield* fact(option, address);
  }
  for (const { mountPoint, hostPath, isReadOnly } of container.bindMounts.items) {
    yield* fact(`bindMounts."${mountPoint}".hostPath`, hostPath);
    yield* fact(`bindMounts."${mountPoint}".isReadOnly`, isReadOnly);
  }
}

function* ofGuest({ name, system, guest }: Container): Generator<CertainFailure> {
  if (guest === null) {
    yield* ofOption(system, ['config'], `containers.${name}.config`);
    return;
  }
  const own = (path: string): string => `containers.${name}.config.${path}`;
  yield* ofModules(guest.system);
  yield* ofFact(own('networking.firewall.enable'), guest.firewallEnabled);
  if (valueOr(guest.firewallEnabled, true) && guest.firewallEnabled.kind !== 'unknown')
    for (const option of ['allowedTCPPorts', 'allowedUDPPorts'])
      yield* ofList(guest.system, ['networking', 'firewall', option], own(`networking.firewall.${option}`));
  for (const { service, port, address } of guest.listeners) {
    yield* ofFact(own(`services.${service}`), port);
    yield* ofFact(own(`services.${service}`), address);
  }
}

function* ofFact(option: string, fact: Fact<unknown>): Generator<CertainFailure> {
  const problem = fact.kind === 'unknown' ? certainly(fact.problem) : null;
  if (fact.kind === 'unknown' && problem !== null) yield { option, problem, definition: fact.definition };
}

function* ofOption(
  system: ModuleSystem,
  path: readonly string[],
  shown = path.join('.'),
): Generator<CertainFailure> {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown) return;
  const problem = node instanceof Failure ? node : inspect(node.value);
  if (!(problem instanceof Failure)) return;
  if (!isCertain(problem)) return;
  yield { option: shown, problem, definition: node instanceof Failure ? null : node.origin() };
}

function* ofList(system: ModuleSystem, path: readonly string[], shown: string): Generator<CertainFailure> {
  yield* ofOption(system, path, shown);
  const list = optionThunk(system, path);
  const value = list === undefined ? null : inspect(list);
  if (value === null || value instanceof Unknown || value instanceof Failure || value.type !== 'list') return;
  for (const item of value.items) {
    const problem = inspect(item);
    if (problem instanceof Failure && isCertain(problem))
      yield { option: shown, problem, definition: item.origin };
  }
}

function sameFailures(before: readonly CertainFailure[], after: readonly CertainFailure[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ option, problem, definition }, index) => {
      const other = after[index];
      return option === other?.option && problem === other.problem && definition === other.definition;
    })
  );
}
