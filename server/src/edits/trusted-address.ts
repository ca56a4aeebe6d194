import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import { writeString } from '../nix/write';
import type { TextChange } from './edit-plan';
import { insertElement } from './list-insertion';
import { bindingAround } from './settings';

/**
 * Adds an address to those that an option trusts; null where they are written in another way than a list, or one text.
 * @param literal one of the addresses that stand there, or the text with all of them
 */
export function addTrusted(
  files: ParsedFiles,
  literal: Origin,
  option: string,
  form: 'list' | 'commas',
  address: string,
): TextChange | null {
  const file = literal?.kind === 'string' ? files.parsed(literal.anchor.source) : null;
  const binding = file === null ? null : bindingAround(file, literal);
  if (file === null || binding?.path.at(-1)?.text !== option) return null;
  const { value } = binding;
  if (value.kind === 'list')
    return form === 'commas'
      ? null
      : (insertElement(file, value, [], '', writeString(address))?.change ?? null);
  const range = file.rangeOf(value);
  if (value !== literal || value.kind !== 'string' || range === null) return null;
  const written = file.text.slice(range.start, range.end);
  if (!/^"[^"]*"$/.test(written)) return null;
  return { file: file.path, range, newText: `${written.slice(0, -1)},${address}"` };
}
