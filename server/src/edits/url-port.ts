import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import type { Range } from '../nix/positions';
import { stringText } from '../nix/string-text';
import type { TextChange } from './edit-plan';

/** The port that a URL writes out, as a place in its file; null where it is put together from elsewhere. */
export function portInUrl(
  files: ParsedFiles,
  literal: Origin,
  port: number,
): { file: string; range: Range } | null {
  if (literal?.kind !== 'string') return null;
  const file = files.parsed(literal.anchor.source);
  const written = file === null ? null : stringText(file, literal);
  const match = written === null ? null : new RegExp(`:${port}(?=[/?#]|$)`).exec(written.text);
  if (file === null || written === null || match === null) return null;
  const before = written.text.slice(0, match.index);
  // Behind an address or an interpolation, and not in what follows it.
  if (!/^(?:[a-z0-9+.-]+:\/\/)?\[?[^/?#\]]*\]?$/i.test(before) || before === '') return null;
  const start = written.offsetAt(match.index + 1);
  return { file: file.path, range: { start, end: start + String(port).length } };
}

/** Takes another port into a URL; null where the URL does not write its port out. */
export function putPortInUrl(
  files: ParsedFiles,
  literal: Origin,
  port: number,
  wanted: number,
): TextChange | null {
  const place = portInUrl(files, literal, port);
  return place === null ? null : { ...place, newText: String(wanted) };
}

/** Takes another host into a URL; null where the URL does not write it out. */
export function putHostInUrl(
  files: ParsedFiles,
  literal: Origin,
  host: string,
  wanted: string,
): TextChange | null {
  if (literal?.kind !== 'string') return null;
  const file = files.parsed(literal.anchor.source);
  const written = file === null ? null : stringText(file, literal);
  const match = written === null ? null : /^(?:[a-z][a-z0-9+.-]*:\/\/)?\[?/i.exec(written.text);
  if (file === null || written === null || match === null) return null;
  const start = match[0].length;
  if (!written.text.startsWith(host, start) || /[^\]:/?#]/.test(written.text[start + host.length] ?? '/'))
    return null;
  const range = { start: written.offsetAt(start), end: written.offsetAt(start + host.length) };
  return { file: file.path, range, newText: wanted };
}
