import { parseAddress, takesEffect } from '../homelab/addresses';
import { locate } from '../homelab/homelab';
import type { AddressUse } from '../homelab/model';
import { writeString } from '../nix/write';
import { finding, type Fix, type TextChange } from './rule';
import { perContainer } from './scopes';
import type { Spot } from '../homelab/spot';

/** Text that no container can have as its address: the container would not start. */
export const invalidAddress = perContainer({
  id: 'invalid-address',
  severity: 'error',
  description:
    'An address of a container is not an address, is of the wrong family, or has a prefix where none may be.',
  *look(homelab, host, container) {
    for (const use of container.addresses) {
      if (use.fact.kind !== 'known' || !takesEffect(use)) continue;
      const at = locate(homelab, use.fact.definition);
      const problem = problemOf(use.fact.value, use);
      if (at === null || problem === null) continue;
      const literal = use.fact.literal?.kind === 'string' ? locate(homelab, use.fact.literal) : null;
      yield finding(invalidAddress, {
        at,
        host,
        message: problem.message,
        incomplete: problem.isBegun,
        fixes: [mend(literal, problem.mended)],
      });
    }
  },
});

interface Problem {
  readonly message: string;
  /** The text that would be right; null where only the author knows. */
  readonly mended: string | null;
  /** Whether more text may still make it right. */
  readonly isBegun: boolean;
}

/**
 * Without a bridge the host adds a route to the guest's address as it is written. IPv4 refuses one whose prefix leaves
 * bits over; IPv6 takes it for a route to the network. The gateway, which `hostAddress6` is too, takes no prefix.
 */
function problemOf(text: string, use: AddressUse): Problem | null {
  const name = `\`${use.option}\``;
  const wanted = use.family === 4 ? 'IPv4' : 'IPv6';
  if (text.trim() === '')
    return {
      message: `${name} is empty: write an ${wanted} address, or leave the option out.`,
      mended: null,
      isBegun: true,
    };
  const [address = '', ...rest] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === null)
    return {
      message: `"${text}" is not an ${wanted} address${detailOf(address)}.`,
      mended: null,
      isBegun: rest.length === 0 && isBegun(address),
    };
  const family = parsed.kind() === 'ipv4' ? 4 : 6;
  if (family !== use.family) {
    const other = use.family === 4 ? `${use.option}6` : use.option.slice(0, -1);
    return {
      message: `"${text}" is an IPv${family} address, and ${name} takes IPv${use.family}: write it as \`${other}\`.`,
      mended: null,
      isBegun: false,
    };
  }
  if (rest.length === 0) return null;
  const prefix = rest.join('/');
  const most = family === 4 ? 32 : 128;
  if (!/^\d+$/.test(prefix) || Number(prefix) > most) {
    return {
      message: `"/${prefix}" is not a prefix length: it goes from 0 to ${most}.`,
      mended: null,
      isBegun: prefix === '',
    };
  }
  if (use.bridge === null && !(use.side === 'local' && family === 6)) {
    return {
      message: `${name} takes no prefix without \`hostBridge\`: the container's start would fail. Write "${address}".`,
      mended: address,
      // `hostBridge` may be what comes next.
      isBegun: true,
    };
  }
  return null;
}

/** Whether a text is the beginning of an address. */
function isBegun(text: string): boolean {
  const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
  if (new RegExp(`^(?:${octet}\\.){0,3}${octet}?$`).test(text)) return true;
  const groups = text.split(':');
  return (
    groups.length <= 8 &&
    groups.every((group) => /^[\da-f]{0,4}$/i.test(group)) &&
    text.split('::').length <= 2 &&
    !text.includes(':::')
  );
}

function detailOf(address: string): string {
  const octets = address.split('.');
  if (octets.length === 4 && octets.every((octet) => /^\d+$/.test(octet))) {
    const large = octets.find((octet) => Number(octet) > 255);
    if (large !== undefined) return `: ${large} is over 255`;
    const padded = octets.find((octet) => octet.length > 1 && octet.startsWith('0'));
    if (padded !== undefined) return `: ${padded} begins with 0, which means an octal number`;
  }
  if (octets.length > 1 && octets.length < 4 && octets.every((octet) => /^\d*$/.test(octet)))
    return ': it has fewer than four parts';
  return '';
}

function mend(literal: Spot | null, text: string | null): Fix | null {
  if (literal === null || text === null) return null;
  const change: TextChange = { file: literal.file, range: literal.range, newText: writeString(text) };
  return { title: `Write "${text}"`, changes: [change] };
}
