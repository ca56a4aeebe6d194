import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import type { StringContext, ValueContext } from '../cursor/context';
import type { Frame } from '../cursor/frames';
import { neededSemicolon } from './edit-text';

/** Where a string's text goes: between its quotes, or where a whole string has to be written. */
export interface StringSlot {
  readonly range: Range;
  /** What has to stand around a text so that it is a whole string, and a whole statement. */
  readonly opening: string;
  readonly closing: string;
}

/** The slot of a value, or of the string that the cursor is in. */
export function stringSlot(
  { text }: Pick<SourceFile, 'text'>,
  context: ValueContext | StringContext,
): StringSlot {
  const frame = setAround(context.frames);
  const inList = context.path.at(-1) === '*' || frame?.state !== 'value';
  if (context.kind === 'string') {
    const { content, closed } = context;
    const closing = closed ? '' : `"${inList ? '' : neededSemicolon(text, content.end)}`;
    return { range: content, opening: '', closing };
  }
  const closing = `"${inList ? '' : neededSemicolon(text, context.word.end)}`;
  return { range: context.word, opening: '"', closing };
}

/** A text as Nix at a slot. */
export function asString(slot: StringSlot, value: string): string {
  const inner = value.replace(/["\\]/g, '\\$&').replace(/\$(?=\{)/g, '\\$');
  return slot.opening + inner + slot.closing;
}

/** The same as the only element of a list, where the list itself is still to be written. */
export function asStringInList(slot: StringSlot, value: string): string {
  return `[ ${asString({ ...slot, closing: '"' }, value)} ]${slot.closing.slice(1)}`;
}

/** Nix that is no string, as the only element of a list that is still to be written. */
export function asListOf(slot: StringSlot, value: string): string {
  return `[ ${value} ]${slot.closing.slice(1)}`;
}

/** The innermost set that is open. */
export function setAround(frames: readonly Frame[]): Frame | undefined {
  return [...frames].reverse().find(({ kind }) => kind === 'set');
}
