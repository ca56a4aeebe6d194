import { bindingOf } from '../edits/settings';
import type { Origin } from '../eval/value';
import { bareAddress } from '../homelab/addresses';
import { knowsAllContainers } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import { shortInterfaceName } from '../homelab/interface-names';
import type { Container, Host } from '../homelab/model';
import { internalInterfaces } from '../homelab/nat';
import { hostInterface, networkOf } from '../homelab/networks';
import { asString, optionThunk, readList, setOf } from '../homelab/read';
import { writeAttrName, writeString } from '../nix/write';
import { closest } from './closest';
import { containerAt, factSpot, fixOf, inParentheses } from './places';
import { finding, related, type Finding, type Fix, type Files } from './rule';
import { perHost } from './scopes';

/** `ve-NAME` of no container, or of one whose interface is called otherwise. */
export const unknownInterface = perHost({
  id: 'unknown-interface',
  severity: 'warning',
  description: "A setting names a container's interface that does not exist.",
  *look(homelab, host) {
    yield* bridges(homelab, host);
    if (!knowsAllContainers(host)) return;
    for (const mention of mentionsIn(host)) yield* judged(homelab, host, mention);
  },
});

interface Mention {
  readonly name: string;
  /** The text, or the attribute's name. */
  readonly at: Origin;
}

/** Where a host's configuration names the interfaces of its containers. */
function mentionsIn({ system, ...host }: Host): Mention[] {
  const texts = [
    internalInterfaces({ system, ...host }),
    readList(optionThunk(system, ['networking', 'firewall', 'trustedInterfaces']), asString),
    readList(optionThunk(system, ['networking', 'dhcpcd', 'denyInterfaces']), asString),
  ].flatMap(({ items }) =>
    items.flatMap((item): Mention[] =>
      item.kind === 'known' && item.literal?.kind === 'string'
        ? [{ name: item.value, at: item.literal }]
        : [],
    ),
  );
  const named = [
    ['networking', 'firewall', 'interfaces'],
    ['networking', 'interfaces'],
  ].flatMap((path) =>
    [...(setOf(optionThunk(system, path))?.entries ?? [])].map(([name, { at }]): Mention => ({ name, at })),
  );
  return [...texts, ...named].filter(({ name }) => /^v[eb]-[^*+?]+$/.test(name));
}

function* judged(homelab: Files, host: Host, { name, at }: Mention): Generator<Finding> {
  const spot = locate(homelab, at);
  if (spot === null) return;
  const containers = host.containers.filter(({ status }) => status !== 'disabled');
  if (containers.some((container) => mayHave(container, name))) return;
  const wanted = name.slice(3);
  const own = containers.find((container) => container.name === wanted);
  const disabled = host.containers.some(
    (container) => container.status === 'disabled' && container.name === wanted,
  );
  if (disabled && own === undefined) return;
  const near = own ?? containers.find((container) => container.name === closest(wanted, names(containers)));
  const real = near === undefined ? null : hostInterface(near);
  if (own !== undefined && real === null) {
    if (networkOf(host, own) !== 'host') return;
    yield finding(unknownInterface, {
      at: spot,
      host,
      message: `There is no interface ${name}: ${wanted}${inParentheses(homelab, host, containerAt(own))} shares the host's network. Leave it out, or set \`privateNetwork = true\` there.`,
      related: [related(homelab, containerAt(own), `${wanted} is defined here`)],
    });
    return;
  }
  if (near === undefined || real === null) {
    yield finding(unknownInterface, {
      at: spot,
      host,
      severity: 'information',
      message: `No declarative container of ${host.name ?? 'the host'} has the interface ${name}: there is no container ${wanted}.`,
    });
    return;
  }
  yield finding(unknownInterface, {
    at: spot,
    host,
    message: `There is no interface ${name}: ${reason(name, near, real, own !== undefined)}${inParentheses(homelab, host, containerAt(near))}. Write "${real}".`,
    related: [related(homelab, containerAt(near), `${near.name} is defined here`)],
    fixes: [renamed(homelab, at, real)],
  });
}

function reason(name: string, near: Container, real: string, own: boolean): string {
  if (!own) return `the nearest container is ${near.name}, with ${real}`;
  if (name.slice(0, 3) !== real.slice(0, 3))
    return near.hostBridge.kind === 'known'
      ? `${near.name} is on a bridge, so its interface is ${real}`
      : `${near.name} is on no bridge, so its interface is ${real}`;
  return `an interface's name has at most 15 characters, so that of ${near.name} is ${real}`;
}

/** Whether an interface may be one of a container's; what is not known of it is taken for a yes. */
function mayHave(container: Container, name: string): boolean {
  if (container.extraVeths.open !== null || container.extraVeths.items.includes(name)) return true;
  const { privateNetwork, hostBridge } = container;
  if (privateNetwork.kind === 'unknown' || hostBridge.kind === 'unknown')
    return ['ve', 'vb'].some((prefix) => shortInterfaceName(`${prefix}-${container.name}`) === name);
  return hostInterface(container) === name;
}

function names(containers: readonly Container[]): string[] {
  return containers.map(({ name }) => name);
}

function renamed(homelab: Files, at: Origin, real: string): Fix | null {
  const spot = locate(homelab, at);
  if (spot === null || at === null) return null;
  if (at.kind === 'attr-name' && at.text === null) return null;
  const newText = at.kind === 'attr-name' ? writeAttrName(real) : writeString(real);
  return fixOf(`Write ${real}`, { file: spot.file, range: spot.range, newText });
}

/** An address where a bridge's name belongs: nspawn finds no such interface, and the container does not start. */
function* bridges(homelab: Files, host: Host): Generator<Finding> {
  for (const container of host.containers) {
    const { hostBridge, privateNetwork, status, hostAddress } = container;
    if (status !== 'active' || hostBridge.kind !== 'known' || privateNetwork.kind !== 'known') continue;
    const at = factSpot(homelab, hostBridge);
    if (!privateNetwork.value || at === null || bareAddress(hostBridge.value) === null) continue;
    const found = bindingOf(homelab.files, hostBridge.definition, 'hostBridge');
    const name = found?.binding.path[found.binding.path.length - 1];
    const nameAt = name === undefined ? null : locate(homelab, name);
    yield finding(unknownInterface, {
      at,
      host,
      severity: 'error',
      message: `\`hostBridge\` takes the name of a bridge, and "${hostBridge.value}" is an address: ${container.name} cannot start. ${hostAddress.kind === 'unset' ? 'Write it as `hostAddress`' : 'Name the bridge'}.`,
      fixes: [
        nameAt === null || hostAddress.kind !== 'unset'
          ? null
          : fixOf('Write it as hostAddress', {
              file: nameAt.file,
              range: nameAt.range,
              newText: 'hostAddress',
            }),
      ],
    });
  }
}
