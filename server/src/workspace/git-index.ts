/** The list of files that git tracks, read from the bytes of `.git/index`. Source: git's Documentation/gitformat-index. */

const NAME_LENGTH = 0x0fff;
const EXTENDED = 0x4000;
/** A folder of a sparse index, and a submodule, stand for what is in them. */
const DIRECTORY = 0o040000;

/**
 * The paths of an index of version 2, 3 or 4, relative to the root of the working tree; entries of `git add -N` are among
 * them, as they are for Nix. Null where the bytes are no index, or one that leaves entries to another file or to a folder
 * (split and sparse indexes): then it is not known what is tracked.
 */
export function readGitIndex(bytes: Uint8Array): ReadonlySet<string> | null {
  return indexWith(bytes, SHA1) ?? indexWith(bytes, SHA256);
}

const SHA1 = 20;
const SHA256 = 32;

/** How long the object names of a repository are is not said in its index: the wrong length gives no index. */
function indexWith(bytes: Uint8Array, hash: number): ReadonlySet<string> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - hash;
  if (end < 12 || view.getUint32(0) !== 0x44495243) return null;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return null;
  const entries = new Set<string>();
  let at = 12;
  let before = new Uint8Array(0);
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + 40 + hash;
    if (flagsAt + 2 > end) return null;
    const flags = view.getUint16(flagsAt);
    if ((flags & EXTENDED) !== 0 && version === 2) return null;
    if ((view.getUint32(at + 24) & 0o170000) === DIRECTORY) return null;
    const nameAt = flagsAt + ((flags & EXTENDED) === 0 ? 2 : 4);
    const name = version === 4 ? packedName(bytes, nameAt, end, before) : plainName(bytes, nameAt, end);
    if (name === null) return null;
    const length = flags & NAME_LENGTH;
    if (name.bytes.length === 0 || (length < NAME_LENGTH && length !== name.bytes.length)) return null;
    entries.add(new TextDecoder().decode(name.bytes));
    before = name.bytes;
    // Without packing, an entry is padded by 1 to 8 NUL bytes to a multiple of 8.
    at = version === 4 ? name.end : at + Math.floor((nameAt - at + name.bytes.length + 8) / 8) * 8;
  }
  return isWhole(bytes, view, at, end) ? entries : null;
}

interface Name {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Behind its NUL byte. */
  readonly end: number;
}

function plainName(bytes: Uint8Array, start: number, end: number): Name | null {
  const nul = bytes.indexOf(0, start);
  return nul === -1 || nul >= end ? null : { bytes: bytes.slice(start, nul), end: nul + 1 };
}

/** A name that begins as the one before it, without so many of that one's last bytes. */
function packedName(bytes: Uint8Array, start: number, end: number, before: Uint8Array): Name | null {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let removed = byte & 0x7f;
  while ((byte & 0x80) !== 0 && at < end) {
    byte = bytes[at++] ?? 0;
    removed = (removed + 1) * 128 + (byte & 0x7f);
  }
  const rest = plainName(bytes, at, end);
  if (rest === null || removed > before.length) return null;
  const kept = before.length - removed;
  const whole = new Uint8Array(kept + rest.bytes.length);
  whole.set(before.subarray(0, kept));
  whole.set(rest.bytes, kept);
  return { bytes: whole, end: rest.end };
}

/** Whether extensions alone follow the entries, and none that changes which entries there are. */
function isWhole(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
  let at = start;
  while (at + 8 <= end) {
    const [first = 0] = bytes.subarray(at, at + 1);
    // An extension that may be ignored begins with a capital; `link` and `sdir` may not.
    if (first < 0x41 || first > 0x5a) return false;
    at += 8 + view.getUint32(at + 4);
  }
  return at === end;
}
