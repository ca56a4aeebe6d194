import type { CompletionList } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { completionItems, type CompletionStyle } from './completion/candidate';
import { moduleCandidates } from './completion/module-snippet';
import { pathCandidates } from './completion/paths';
import { nameCandidates } from './completion/option-names';
import { ruleCandidates } from './completion/rule-text';
import { selectCandidates } from './completion/selections';
import { valueCandidates, type Found } from './completion/values';
import {
  argumentCandidates,
  attributeCandidates,
  inheritCandidates,
  variableCandidates,
} from './completion/variables';
import type { CursorContext } from './cursor/context';
import { cursorContext } from './cursor-context';
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
      return all(moduleCandidates(index, file, context.word));
    case 'name':
      return all(nameCandidates(index, file, context));
    case 'string':
      return ruleCandidates(index, file, context, offset) ?? valueCandidates(index, file, context);
    case 'value':
      return valueCandidates(index, file, context);
    case 'select':
      return all(selectCandidates(index, file, context));
    case 'attributes':
      return all(attributeCandidates(index, file, offset, context));
    case 'inherit':
      return all(inheritCandidates(index, file, context));
    case 'variable':
      return all(variableCandidates(index, file, context.word, context.frames));
    case 'argument':
      return all(argumentCandidates(index, file, context));
    case 'path':
      return all(pathCandidates(index, file, context));
    case 'none':
      return NOTHING;
  }
}

function all(candidates: Found['candidates']): Found {
  return { candidates, more: false };
}
