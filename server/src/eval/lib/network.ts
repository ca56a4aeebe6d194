import { forceString } from '../arguments';
import { int, record, string } from '../construct';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { toInt } from './strings-text';
import type { LibTable } from './support';

/** nixpkgs lib/network: IPv6 addresses. */

/** The eight pieces of an address, as written. */
function expand(address: string, call: Call): string[] {
  if (!/^[0-9A-Fa-f:]+$/.test(address))
    return fail('throw', `${address} contains malformed characters for IPv6 address`, call.at);
  const pieces = address.split(':');
  const written = pieces.filter((piece) => piece !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - written.length) }, () => '0');
  if (address === '::') return zeros;
  const [atStart, atEnd, short] = [address.startsWith('::'), address.endsWith('::'), address.includes('::')];
  const empty = atStart || atEnd ? 2 : short ? 1 : 0;
  if (pieces.length - written.length !== empty || (short ? written.length >= 8 : written.length !== 8)) {
    return fail('throw', `${address} is not a valid IPv6 address`, call.at);
  }
  if (atStart) return [...zeros, ...written];
  if (atEnd) return [...written, ...zeros];
  return pieces.flatMap((piece) => (piece === '' ? zeros : [piece]));
}

function canonical(address: string, call: Call): string {
  const pieces = expand(address, call).map((piece) => {
    const value = Number.parseInt(piece, 16);
    return value > 0xffff
      ? fail('throw', `0x${piece} is not a valid u16 integer`, call.at)
      : value.toString(16);
  });
  return pieces.join(':');
}

function fromString(address: Thunk, call: Call): Value {
  const whole = forceString(address, call);
  const [ip = '', length, ...more] = whole.split('/');
  if (more.length > 0) return fail('throw', `${whole} is not a valid IPv6 address in CIDR notation`, call.at);
  const prefixLength = length === undefined ? 128n : toInt(length, `"${length}"`, call);
  if (prefixLength < 1n || prefixLength > 128n) {
    return fail('throw', `${whole} IPv6 subnet should be in range [1;128], got ${prefixLength}`, call.at);
  }
  return record(
    { address: string(canonical(ip, call), call.at), prefixLength: int(prefixLength, call.at) },
    call.at,
  );
}

/** The part of an address that a network card's address gives. */
function eui64Suffix(mac: string, call: Call): string {
  const octet = '([0-9A-Fa-f]{2})';
  const match = new RegExp(`^${Array.from({ length: 6 }, () => octet).join('[-:.]?')}$`).exec(mac);
  if (match === null)
    return fail('throw', `"${mac}" is not a valid MAC address (expected 6 octets of hex digits)`, call.at);
  const [, a = '', b = '', c = '', d = '', e = '', f = ''] = match;
  const first = (Number.parseInt(a + b, 16) ^ 0x200).toString(16);
  return [first, `${c}ff`, `fe${d}`, e + f].join(':').toLowerCase();
}

export const ipv6: LibTable = {
  fromString: define('fromString', 1, (call, address) => fromString(address, call)),
  mkEUI64Suffix: define('mkEUI64Suffix', 1, (call, mac) =>
    string(eui64Suffix(forceString(mac, call), call), call.at),
  ),
};
