import { forceAttrs, forceString } from '../arguments';
import { string } from '../construct';
import { findAttr } from '../interpret';
import { define, type FunctionTable } from '../primop';
import type { Thunk } from '../thunk';
import { fail, type Call } from '../value';
import { toBytes, toOctets } from './bytes';
import { digest, DIGEST_SIZE, isAlgorithm, type Algorithm } from './digest';
import { readText } from './files';

/** Nix's own base 32: no e, o, t, u; the last bits come first. Source: libutil's base-nix-32. */
const NIX32 = '0123456789abcdfghijklmnpqrsvwxyz';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function algorithmOf(name: string, call: Call): Algorithm {
  return isAlgorithm(name)
    ? name
    : fail('type', `unknown hash algorithm '${name}', expect 'md5', 'sha1', 'sha256', or 'sha512'`, call.at);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toNix32(bytes: Uint8Array): string {
  let text = '';
  for (let n = Math.ceil((bytes.length * 8) / 5) - 1; n >= 0; n--) {
    const byte = Math.floor((n * 5) / 8);
    const shift = (n * 5) % 8;
    const bits = ((bytes[byte] ?? 0) >> shift) | ((bytes[byte + 1] ?? 0) << (8 - shift));
    text += NIX32.charAt(bits & 0x1f);
  }
  return text;
}

function fromNix32(text: string, size: number): Uint8Array | null {
  const bytes = new Uint8Array(size);
  for (let n = 0; n < text.length; n++) {
    const digit = NIX32.indexOf(text.charAt(text.length - n - 1));
    if (digit < 0) return null;
    const byte = Math.floor((n * 5) / 8);
    const shift = (n * 5) % 8;
    bytes[byte] = (bytes[byte] ?? 0) | (digit << shift);
    const carried = digit >> (8 - shift);
    if (byte + 1 < size) bytes[byte + 1] = (bytes[byte + 1] ?? 0) | carried;
    else if (carried !== 0) return null;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += BASE64.charAt(a >> 2) + BASE64.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    text += b === undefined ? '=' : BASE64.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    text += c === undefined ? '=' : BASE64.charAt(c & 63);
  }
  return text;
}

function fromBase64(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let [value, bits] = [0, 0];
  for (const character of text.replace(/=+$/, '')) {
    const digit = BASE64.indexOf(character);
    if (digit < 0) return null;
    value = (value << 6) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
    value &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

interface Hash {
  readonly algorithm: Algorithm;
  readonly bytes: Uint8Array;
}

/** A hash in any of the forms that Nix writes. Source: libutil's hash.cc. */
function parseHash(text: string, given: Algorithm | null, call: Call): Hash {
  const parts = /^([^:-]+)([:-])(.*)$/s.exec(text);
  const algorithm = parts === null ? given : algorithmOf(parts[1] ?? '', call);
  if (algorithm === null)
    return fail(
      'type',
      `hash '${text}' does not include a type, nor is the type otherwise known from context`,
      call.at,
    );
  if (given !== null && given !== algorithm)
    return fail('type', `hash '${text}' should have type '${given}'`, call.at);
  const rest = parts?.[3] ?? text;
  const size = DIGEST_SIZE[algorithm];
  let bytes: Uint8Array | null = null;
  if (parts?.[2] !== '-' && rest.length === size * 2 && /^[0-9A-Fa-f]*$/.test(rest)) {
    bytes = Uint8Array.from(rest.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  } else if (parts?.[2] !== '-' && rest.length === Math.ceil((size * 8) / 5)) bytes = fromNix32(rest, size);
  else if (rest.length === Math.ceil(size / 3) * 4) bytes = fromBase64(rest);
  if (bytes?.length === size) return { algorithm, bytes };
  return fail('type', `hash '${rest}' has wrong length for hash algorithm '${algorithm}'`, call.at);
}

function convertHash(call: Call, argument: Thunk): string {
  const set = forceAttrs(argument, call);
  const required = (name: string): string =>
    forceString((findAttr(set, name) ?? fail('missing', `attribute '${name}' missing`, call.at)).value, call);
  const text = required('hash');
  const algorithm = findAttr(set, 'hashAlgo');
  const hash = parseHash(
    text,
    algorithm === null ? null : algorithmOf(forceString(algorithm.value, call), call),
    call,
  );
  const format = required('toHashFormat');
  switch (format) {
    case 'base16':
      return toHex(hash.bytes);
    case 'base32':
    case 'nix32':
      return toNix32(hash.bytes);
    case 'base64':
      return toBase64(hash.bytes);
    case 'sri':
      return `${hash.algorithm}-${toBase64(hash.bytes)}`;
    default:
      return fail(
        'type',
        `unknown hash format '${format}', expect 'base16', 'base32', 'base64', or 'sri'`,
        call.at,
      );
  }
}

function hashText(algorithm: Thunk, text: () => string, call: Call): string {
  const name = algorithmOf(forceString(algorithm, call), call);
  const bytes = toOctets(toBytes(text()));
  call.machine.spend(bytes.length);
  return toHex(digest(name, bytes));
}

export const HASHES: FunctionTable = {
  hashString: define('hashString', 2, (call, algorithm, text) =>
    string(
      hashText(algorithm, () => forceString(text, call), call),
      call.at,
    ),
  ),
  hashFile: define('hashFile', 2, (call, algorithm, file) =>
    string(
      hashText(algorithm, () => readText(file, call), call),
      call.at,
    ),
  ),
  convertHash: define('convertHash', 1, (call, argument) => string(convertHash(call, argument), call.at)),
  /** Source of the formula: Nix's `hashPlaceholder`. */
  placeholder: define('placeholder', 1, (call, output) => {
    const name = toOctets(toBytes(`nix-output:${forceString(output, call)}`));
    return string(`/${toNix32(digest('sha256', name))}`, call.at);
  }),
};
