/** Cryptographic digests, so that the engine needs neither Node nor the web's asynchronous ones. */

export type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** Bytes of each algorithm's result. */
export const DIGEST_SIZE: Readonly<Record<Algorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

export function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(DIGEST_SIZE, name);
}

export function digest(algorithm: Algorithm, message: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'md5':
      return md5(message);
    case 'sha1':
      return sha1(message);
    case 'sha256':
      return sha2(message, (sha256 ??= variant(32, 64, ROTATIONS_256)));
    case 'sha512':
      return sha2(message, (sha512 ??= variant(64, 80, ROTATIONS_512)));
  }
}

/** The message, a one bit, zeros, and its length in bits: whole blocks. */
function padded(message: Uint8Array, blockSize: number, lengthSize: number, littleEndian: boolean): DataView {
  const size = Math.ceil((message.length + 1 + lengthSize) / blockSize) * blockSize;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  const bits = BigInt(message.length) * 8n;
  view.setBigUint64(littleEndian ? size - lengthSize : size - 8, bits, littleEndian);
  return view;
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function words(values: readonly number[], littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => view.setUint32(index * 4, value >>> 0, littleEndian));
  return new Uint8Array(view.buffer);
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_CONSTANTS = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0,
);

/** RFC 1321. */
function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, 8, true);
  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let block = 0; block < view.byteLength; block += 64) {
    const before = [a, b, c, d] as const;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d);
      const word =
        round === 0 ? i : round === 1 ? (5 * i + 1) % 16 : round === 2 ? (3 * i + 5) % 16 : (7 * i) % 16;
      const sum = (a + mixed + (MD5_CONSTANTS[i] ?? 0) + view.getInt32(block + word * 4, true)) | 0;
      const shift = MD5_SHIFTS[round * 4 + (i % 4)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, shift)) | 0];
    }
    a = (a + before[0]) | 0;
    b = (b + before[1]) | 0;
    c = (c + before[2]) | 0;
    d = (d + before[3]) | 0;
  }
  return words([a, b, c, d], true);
}

/** RFC 3174. */
function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message, 64, 8, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const schedule = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 80; i++) {
      const at = (back: number): number => schedule[i - back] ?? 0;
      schedule[i] = i < 16 ? view.getInt32(block + i * 4) : rotateLeft(at(3) ^ at(8) ^ at(14) ^ at(16), 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round] ?? 0;
      const next = (rotateLeft(a, 5) + mixed + e + constant + (schedule[i] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((value, index) => (state[index] = ((state[index] ?? 0) + value) | 0));
  }
  return words(state, false);
}

/** What tells SHA-256 from SHA-512; FIPS 180-4. */
interface Sha2 {
  readonly bits: number;
  readonly rounds: number;
  readonly initial: readonly bigint[];
  readonly constants: readonly bigint[];
  /** Rotations of Σ0, Σ1, σ0 and σ1; the last of σ0 and σ1 is a shift. */
  readonly rotations: readonly (readonly [bigint, bigint, bigint])[];
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let candidate = 2n; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0n)) found.push(candidate);
  }
  return found;
}

/** The first bits of the fraction of a number's square (2) or cube (3) root. */
function fractionOfRoot(value: bigint, degree: bigint, bits: number): bigint {
  const scaled = value << (degree * BigInt(bits));
  let [low, high] = [0n, 1n << BigInt(bits + 10)];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return BigInt.asUintN(bits, low);
}

function variant(bits: number, rounds: number, rotations: Sha2['rotations']): Sha2 {
  return {
    bits,
    rounds,
    initial: primes(8).map((prime) => fractionOfRoot(prime, 2n, bits)),
    constants: primes(rounds).map((prime) => fractionOfRoot(prime, 3n, bits)),
    rotations,
  };
}

const ROTATIONS_256: Sha2['rotations'] = [
  [2n, 13n, 22n],
  [6n, 11n, 25n],
  [7n, 18n, 3n],
  [17n, 19n, 10n],
];
const ROTATIONS_512: Sha2['rotations'] = [
  [28n, 34n, 39n],
  [14n, 18n, 41n],
  [1n, 8n, 7n],
  [19n, 61n, 6n],
];

let sha256: Sha2 | undefined;
let sha512: Sha2 | undefined;

function sha2(message: Uint8Array, { bits, rounds, initial, constants, rotations }: Sha2): Uint8Array {
  const wordSize = bits / 8;
  const blockSize = wordSize * 16;
  const view = padded(message, blockSize, wordSize * 2, false);
  const width = BigInt(bits);
  const wrap = (value: bigint): bigint => BigInt.asUintN(bits, value);
  const rotate = (value: bigint, by: bigint): bigint => (value >> by) | wrap(value << (width - by));
  const mix = (value: bigint, which: number, shift: boolean): bigint => {
    const [x = 0n, y = 0n, z = 0n] = rotations[which] ?? [];
    return rotate(value, x) ^ rotate(value, y) ^ (shift ? value >> z : rotate(value, z));
  };
  const word = (at: number): bigint => (bits === 32 ? BigInt(view.getUint32(at)) : view.getBigUint64(at));
  const state = [...initial];
  for (let block = 0; block < view.byteLength; block += blockSize) {
    const schedule: bigint[] = [];
    for (let i = 0; i < rounds; i++) {
      const at = (back: number): bigint => schedule[i - back] ?? 0n;
      schedule.push(
        i < 16
          ? word(block + i * wordSize)
          : wrap(mix(at(2), 3, true) + at(7) + mix(at(15), 2, true) + at(16)),
      );
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let i = 0; i < rounds; i++) {
      const choice = (e & f) ^ (wrap(~e) & g);
      const first = h + mix(e, 1, false) + choice + (constants[i] ?? 0n) + (schedule[i] ?? 0n);
      const second = mix(a, 0, false) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, wrap(d + first), c, b, a, wrap(first + second)];
    }
    [a, b, c, d, e, f, g, h].forEach((value, index) => (state[index] = wrap((state[index] ?? 0n) + value)));
  }
  const result = new DataView(new ArrayBuffer(wordSize * 8));
  state.forEach((value, index) => {
    if (bits === 32) result.setUint32(index * 4, Number(value));
    else result.setBigUint64(index * 8, value);
  });
  return new Uint8Array(result.buffer);
}
