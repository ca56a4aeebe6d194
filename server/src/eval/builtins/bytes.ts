import { unknown, type Call } from '../value';

/**
 * Nix strings are bytes. A byte string holds one UTF-16 unit, 0 to 255, for each UTF-8 byte; that of an ASCII text is
 * the text itself.
 */

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

export function toBytes(text: string): string {
  if (ASCII.test(text)) return text;
  return fromOctets(new TextEncoder().encode(text));
}

/** The text of a byte string. Unknown where it is no UTF-8, e.g. because a character was cut in half. */
export function fromBytes(bytes: string, call: Call): string {
  if (ASCII.test(bytes)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toOctets(bytes));
  } catch {
    return unknown('unsupported', 'a string that cuts a character in half', call.at);
  }
}

export function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : new TextEncoder().encode(text).length;
}

export function toOctets(bytes: string): Uint8Array {
  return Uint8Array.from(bytes, (unit) => unit.charCodeAt(0));
}

export function fromOctets(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}
