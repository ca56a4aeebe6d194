import type { CompletionItem, CompletionList, MarkupKind } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { hostOptions, lookupOption } from '../schema/lookup';
import { completionItems, type CompletionStyle, type ItemData } from './completion/candidate';
import { moduleCandidates } from './completion/module-snippet';
import { pathCandidates } from './completion/paths';
import { nameCandidates } from './completion/option-names';
import { ruleCandidates } from './completion/rule-text';
import { selectCandidates } from './completion/selections';
import { urlCandidates } from './completion/urls';
import { valueCandidates, type Found } from './completion/values';
import {
  argumentCandidates,
  attributeCandidates,
  inheritCandidates,
  variableCandidates,
} from './completion/variables';
import type { CursorContext } from './cursor/context';
import { moduleKeyAt, tablePath } from './cursor/place';
import { cursorContext } from './cursor-context';
import { declaredAt } from './declared-options';
import { formerParagraphs } from './former-options';
import { markup } from './markdown';
import { optionParagraphs } from './option-documentation';
import { indexOf, type HomelabIndex } from './homelab-index';

/**
 * Characters after which an editor asks by itself: `.` because the next part of a path follows, `"` because names and
 * addresses stand in strings, a back-quote because host names do in rules, `/` in paths, `:` and `/` in URLs, `{` for what
 * is interpolated. Not `=`: what is chosen right behind it would stand there without a space.
 */
export const COMPLETION_TRIGGERS: readonly string[] = ['.', '"', '`', ':', '/', '{'];

const NOTHING: Found = { candidates: [], more: false };

/**
 * What can be written at a place, also in half-typed text.
 * @param offset UTF-16, from 0
 * @param trigger the character for which the editor asks by itself; null where a person asks
 */
export function completion(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  style: CompletionStyle,
  trigger: string | null = null,
): CompletionList {
  const index = indexOf(homelab);
  const context = cursorContext(index, file, offset);
  if (!isAskedBy(trigger, context, file.text.slice(0, offset))) return { isIncomplete: false, items: [] };
  const { candidates, more } = found(index, file, context, offset);
  const { items, capped } = completionItems(candidates, file, offset, style);
  return { isIncomplete: more || capped, items };
}

/** Whether a character that was typed asks for something: some mean it inside strings and paths only. */
function isAskedBy(trigger: string | null, context: CursorContext, before: string): boolean {
  switch (trigger) {
    case ':':
      return context.kind === 'string' || context.kind === 'text';
    case '/':
      return (
        context.kind === 'string' ||
        context.kind === 'text' ||
        context.kind === 'path' ||
        (context.kind === 'name' && context.quoted)
      );
    case '{':
      return before.endsWith('${');
    default:
      return true;
  }
}

/** An item with its documentation, which is only looked up for what an editor shows. */
export function resolveCompletion(
  homelab: Homelab | null,
  item: CompletionItem,
  kind: MarkupKind,
): CompletionItem {
  const data = item.data as ItemData | undefined;
  if (data === undefined || !Array.isArray(data.option) || item.documentation !== undefined) return item;
  const known = moduleKeyAt(data.option) ?? lookupOption(hostOptions(), tablePath(data.option))?.doc;
  const index = homelab === null ? null : indexOf(homelab);
  const doc = known ?? (index === null ? null : declaredAt(index, index.hostsOf(data.file), data.option));
  const paragraphs = doc === null ? formerParagraphs(data.option) : optionParagraphs(doc);
  return paragraphs.length === 0 ? item : { ...item, documentation: markup(paragraphs, kind) };
}

function found(index: HomelabIndex, file: SourceFile, context: CursorContext, offset: number): Found {
  switch (context.kind) {
    case 'empty':
      return all(moduleCandidates(index, file, context.word));
    case 'name':
      return all(nameCandidates(index, file, context, offset));
    case 'string':
      return (
        ruleCandidates(index, file, context, offset) ??
        urlCandidates(index, file, context, offset) ??
        valueCandidates(index, file, context, offset)
      );
    case 'text':
      return urlCandidates(index, file, context, offset) ?? NOTHING;
    case 'value':
      return valueCandidates(index, file, context, offset);
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
