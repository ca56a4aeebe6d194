import { bindingOf, removeBinding, replaceExpression, settingBeside } from '../edits/settings';
import { systemOf } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import type { Origin } from '../eval/value';
import { isClosedContainer, isWritten } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { textOf } from '../homelab/networks';
import { asString, optionThunk, readOption, setOf } from '../homelab/read';
import { fixOf, listed } from './places';
import { finding, related, type Finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** Options of a link that nobody reads: without `privateNetwork`, and two of `extraVeths`. */
export const inertNetworkOption = perContainer({
  id: 'inert-network-option',
  severity: 'warning',
  incomplete: true,
  description: 'A network option of a container has no effect.',
  tags: ['unnecessary'],
  *look(homelab, host, container) {
    yield* withoutPrivateNetwork(homelab, host, container);
    yield* ofExtraLinks(homelab, host, container);
  },
});

/** The options that are written into the container's file only with a private network. Source: nixos-containers.nix. */
const GATED = [
  'localAddress',
  'hostAddress',
  'localAddress6',
  'hostAddress6',
  'hostBridge',
  'localMacAddress',
];

interface Written {
  readonly option: string;
  readonly at: Origin;
}

function* withoutPrivateNetwork(homelab: Files, host: Host, container: Container): Generator<Finding> {
  const { privateNetwork } = container;
  if (privateNetwork.kind !== 'known' || privateNetwork.value || !isClosedContainer(host, container)) return;
  const written = [
    ...GATED.flatMap((option): Written[] => {
      const fact = textOf(container, option);
      return fact.kind === 'known' ? [{ option, at: fact.definition }] : [];
    }),
    ...forwardedPorts(container),
  ];
  const [first, ...others] = written;
  const at = first === undefined ? null : locate(homelab, first.at);
  if (first === undefined || at === null) return;
  const joins = textOf(container, 'networkNamespace').kind !== 'unset';
  const names = written.map(({ option }) => `\`${option}\``);
  const verb = names.length === 1 ? 'has' : 'have';
  const reason = joins
    ? `${container.name} joins a network namespace`
    : `${container.name} shares the host's network, and ${sharedPlace(first.option)}`;
  yield finding(inertNetworkOption, {
    at,
    host,
    message: `${listed(names)} ${verb} no effect without \`privateNetwork = true\`: ${reason}. ${joins ? `Leave ${names.length === 1 ? 'it' : 'them'} out.` : `Set \`privateNetwork = true\`, or leave ${names.length === 1 ? 'it' : 'them'} out.`}`,
    related: others.map((other) => related(homelab, other.at, `\`${other.option}\` has no effect either`)),
    fixes: [joins || !makesLink(container) ? null : makePrivate(homelab, container, first)],
  });
}

function sharedPlace(option: string): string {
  return option.startsWith('localAddress')
    ? 'answers on 127.0.0.1 and the addresses of the host'
    : 'has no link of its own';
}

function forwardedPorts({ forwardPorts, system }: Container): Written[] {
  if (forwardPorts.items.length === 0) return [];
  return [{ option: 'forwardPorts', at: optionThunk(system, ['forwardPorts'])?.origin ?? null }];
}

/** Whether what is written gives a private network a link that leads somewhere. */
function makesLink(container: Container): boolean {
  const has = (option: Parameters<typeof textOf>[1]): boolean => textOf(container, option).kind === 'known';
  return (
    has('hostBridge') ||
    (has('hostAddress') && has('localAddress')) ||
    (has('hostAddress6') && has('localAddress6'))
  );
}

function makePrivate(homelab: Files, { privateNetwork }: Container, { option, at }: Written): Fix | null {
  const title = 'Set privateNetwork = true';
  const definition = privateNetwork.kind === 'known' ? privateNetwork.definition : null;
  if (definition === null)
    return fixOf(title, settingBeside(homelab.files, at, option, 'privateNetwork', 'true'));
  const file = homelab.files.parsed(definition.anchor.source);
  if (file === null || definition.kind !== 'variable' || definition.name !== 'false') return null;
  return fixOf(title, replaceExpression(file, definition, 'true'));
}

/** `extraVeths.<name>` takes `forwardPorts` and `localMacAddress`, and nothing reads them (nixpkgs issue 531758). */
function* ofExtraLinks(homelab: Files, host: Host, container: Container): Generator<Finding> {
  const links = setOf(optionThunk(container.system, ['extraVeths']));
  for (const [name, attr] of links?.entries ?? []) {
    const link = systemOf(inspect(attr.value));
    if (link === null) continue;
    for (const option of ['forwardPorts', 'localMacAddress']) {
      if (isWritten(link, [option]) !== true) continue;
      const thunk = optionThunk(link, [option]);
      const fact = readOption(link, [option], (value) =>
        value.type === 'list' && value.items.length > 0 ? value : asString(value),
      );
      const origin = fact.kind === 'known' ? (fact.definition ?? thunk?.origin ?? null) : null;
      const at = locate(homelab, origin);
      if (at === null) continue;
      yield finding(inertNetworkOption, {
        at,
        host,
        message: `\`${option}\` of \`extraVeths.${name}\` has no effect: NixOS accepts it there and does not use it. Leave it out${option === 'forwardPorts' ? ', or forward the port with `networking.nat.forwardPorts` of the host' : ''}.`,
        fixes: [removal(homelab, origin, option)],
      });
    }
  }
}

function removal(homelab: Files, at: Origin, option: string): Fix | null {
  const found = bindingOf(homelab.files, at, option);
  return found === null ? null : fixOf(`Remove ${option}`, removeBinding(found.file, found.binding));
}
