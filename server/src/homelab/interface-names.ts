/** The names that systemd-nspawn gives the host's ends of its links. */

/** The longest name a Linux interface can have. */
export const LONGEST_INTERFACE_NAME = 15;

/**
 * The name an interface really gets: one that is too long keeps its first 11 characters, and four more stand for its
 * hash. Source: systemd `src/nspawn/nspawn-network.c` (`shorten_ifname`), since version 245; the name
 * `ve-changedetection` becoming `ve-changede2KnI` was seen on a running host.
 */
export function shortInterfaceName(name: string): string {
  if (name.length <= LONGEST_INTERFACE_NAME) return name;
  const hash = siphash24(new TextEncoder().encode(name), HASH_KEY);
  const letters = [18n, 12n, 6n, 0n].map((shift) => BASE64[Number((hash >> shift) & 63n)] ?? '');
  return name.slice(0, LONGEST_INTERFACE_NAME - 4) + letters.join('');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HASH_KEY = Uint8Array.from([
  0xe1, 0x90, 0xa4, 0x04, 0xa8, 0xef, 0x4b, 0x51, 0x8c, 0xcc, 0xc3, 0x3a, 0x9f, 0x11, 0xfc, 0xa2,
]);

const WORD = (1n << 64n) - 1n;

/** SipHash-2-4 of some bytes. */
function siphash24(bytes: Uint8Array, key: Uint8Array): bigint {
  const [k0, k1] = [word(key, 0, 8), word(key, 8, 8)];
  const state: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  const full = bytes.length - (bytes.length % 8);
  for (let at = 0; at < full; at += 8) absorb(state, word(bytes, at, 8));
  absorb(state, word(bytes, full, bytes.length - full) | (BigInt(bytes.length % 256) << 56n));
  state[2] ^= 0xffn;
  for (let round = 0; round < 4; round++) mix(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

type State = [bigint, bigint, bigint, bigint];

function word(bytes: Uint8Array, at: number, length: number): bigint {
  let result = 0n;
  for (let index = length - 1; index >= 0; index--) result = (result << 8n) | BigInt(bytes[at + index] ?? 0);
  return result;
}

function absorb(state: State, message: bigint): void {
  state[3] ^= message;
  mix(state);
  mix(state);
  state[0] ^= message;
}

function mix(state: State): void {
  let [a, b, c, d] = state;
  a = (a + b) & WORD;
  b = rotated(b, 13n) ^ a;
  a = rotated(a, 32n);
  c = (c + d) & WORD;
  d = rotated(d, 16n) ^ c;
  a = (a + d) & WORD;
  d = rotated(d, 21n) ^ a;
  c = (c + b) & WORD;
  b = rotated(b, 17n) ^ c;
  c = rotated(c, 32n);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function rotated(value: bigint, by: bigint): bigint {
  return ((value << by) | (value >> (64n - by))) & WORD;
}
