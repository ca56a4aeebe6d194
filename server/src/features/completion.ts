import type { CompletionList } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { completionItems, type CompletionStyle } from './completion/candidate';
import { moduleCandidates } from './completion/module-snippet';
import { nameCandidates } from './completion/option-names';
import { ruleCandidates } from './completion/rule-text';
import { selectCandidates } from './completion/selections';
import { valueCandidates, type Found } from './completion/values';
import { cursorContext, type CursorContext } from './cursor-context';
import { indexOf, type HomelabIndex } from './homelab-index';

/**
 * Characters after which an editor asks by itself: `.` because the next part of a path follows, `"` because names and
 * addresses stand in strings, a back-quote because host names do in rules. Not `=`: what is chosen right behind it would stand there without a space.
 */
export const COMPLETION_TRIGGERS: readonly string[] = ['.', '"', '`'];

const NOTHING: Found = { candidates: [], more: false };

/**
 * What can be written at a place, also in half-typed text.
 * @param offset UTF-16, from 0
 */
export function completion(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  style: CompletionStyle,
): CompletionList {
  const index = indexOf(homelab);
  const { candidates, more } = found(index, file, cursorContext(index, file, offset), offset);
  return { isIncomplete: more, items: completionItems(candidates, file.lines, style) };
}

function found(index: HomelabIndex, file: SourceFile, context: CursorContext, offset: number): Found {
  switch (context.kind) {
    case 'empty':
      return { candidates: moduleCandidates(index, file, context.word), more: false };
    case 'name':
      return { candidates: nameCandidates(index, file, context), more: false };
    case 'string':
      return ruleCandidates(index, file, context, offset) ?? valueCandidates(index, file, context);
    case 'value':
      return valueCandidates(index, file, context);
    case 'select':
      return { candidates: selectCandidates(index, file, context), more: false };
    case 'none':
      return NOTHING;
  }
}
