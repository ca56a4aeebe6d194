import { bareAddress, parseAddress, takesEffect } from '../homelab/addresses';
import type { AddressUse, Container, Host } from '../homelab/model';
import { configuresOwnNetwork } from '../homelab/networks';
import { writeString } from '../nix/write';
import { factSpot, fixOf, inParentheses, literalSpot, relatedFact } from './places';
import { finding, type Fix, type RelatedPlace, type Files } from './rule';
import { perContainer } from './scopes';

/** An address on a bridge without a prefix: the guest believes that it is alone. */
export const bridgePrefixMissing = perContainer({
  id: 'bridge-prefix-missing',
  severity: 'warning',
  incomplete: true,
  description: 'An address on a bridge has no prefix length.',
  *look(homelab, host, container) {
    for (const use of container.addresses) {
      const { bridge, fact, side, option } = use;
      if (side !== 'local' || fact.kind !== 'known' || bridge === null || bridge === 'unknown') continue;
      if (!takesEffect(use) || fact.value.includes('/') || bareAddress(fact.value) === null) continue;
      if (hasOtherWay(container, use)) continue;
      const at = factSpot(homelab, fact);
      if (at === null) continue;
      const evidence = prefixOn(homelab, host, container, use, bridge.name);
      const most = use.family === 4 ? 32 : 128;
      const length = evidence?.length ?? (use.family === 4 ? 24 : 64);
      const advice =
        evidence === null
          ? `Write the bridge's prefix length behind it, such as "${fact.value}/${length}".`
          : `Write "${fact.value}/${length}", as ${evidence.of} has it${evidence.where}.`;
      yield finding(bridgePrefixMissing, {
        at,
        host,
        message: `\`${option}\` has no prefix length, so it counts as /${most}: on bridge ${bridge.name} ${container.name} finds no neighbour. ${advice}`,
        related: [evidence?.related ?? null],
        fixes: [mended(homelab, use, `${fact.value}/${length}`)],
      });
    }
  },
});

/** A route by way of `hostAddress`, or a network that the guest configures by itself, makes up for the prefix. */
function hasOtherWay(container: Container, { family, option }: AddressUse): boolean {
  const gateway = option.replace('local', 'host');
  return (
    container.addresses.some((use) => use.option === gateway && use.family === family) ||
    configuresOwnNetwork(container, /^extraVeths\.(.+)\.[^.]+$/.exec(option)?.[1] ?? null) !== false
  );
}

interface Evidence {
  readonly length: number;
  readonly of: string;
  readonly where: string;
  readonly related: RelatedPlace | null;
}

/** The prefix length that another guest, or the host itself, has on a bridge. */
function prefixOn(
  homelab: Files,
  host: Host,
  container: Container,
  { family }: AddressUse,
  bridge: string,
): Evidence | null {
  for (const other of host.containers) {
    if (other === container || other.status === 'disabled') continue;
    for (const { bridge: theirs, fact, side, option, family: its } of other.addresses) {
      if (side !== 'local' || its !== family || fact.kind !== 'known') continue;
      if (theirs === null || theirs === 'unknown' || theirs.name !== bridge) continue;
      const length = /\/(\d+)$/.exec(fact.value)?.[1];
      if (length === undefined) continue;
      return {
        length: Number(length),
        of: other.name,
        where: inParentheses(homelab, host, fact.definition),
        related: relatedFact(homelab, fact, `${option} of ${other.name}`),
      };
    }
  }
  for (const face of host.interfaces) {
    const parsed = parseAddress(face.address);
    if (face.interface !== bridge || face.prefixLength === null || parsed === null) continue;
    if ((parsed.kind() === 'ipv4' ? 4 : 6) !== family) continue;
    return {
      length: face.prefixLength,
      of: 'the host',
      where: inParentheses(homelab, host, face.at),
      related: null,
    };
  }
  return null;
}

function mended(homelab: Files, { fact }: AddressUse, text: string): Fix | null {
  const literal = literalSpot(homelab, fact);
  if (literal === null) return null;
  return fixOf(`Write "${text}"`, { file: literal.file, range: literal.range, newText: writeString(text) });
}
