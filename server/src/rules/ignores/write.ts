import { indentationAt, lineEndOf } from '../../edits/syntax-search';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { tokenize } from '../../nix/tokens';
import type { Finding, TextChange } from '../rule';
import { commentsOf, type IgnoreComment, type IgnoredRule } from './comments';
import { LogicalLines } from './logical-lines';

/** Ignores a rule where a finding stands: in the comment that is there for it, or in one on a line of its own above. */
export function ignoreHere(file: SourceFile, { rule, range }: Finding): TextChange {
  const { lines, text, path } = file;
  const tokens = tokenize(text, { recover: file.errors.length > 0 });
  const { first, last } = new LogicalLines(file, tokens).around(lines.positionAt(range.start).line);
  const known = commentsOf(file).find(
    ({ covers, verb }) => verb.text === 'ignore' && covers?.first === first && covers.last === last,
  );
  if (known !== undefined) return alsoNamed(known, rule);
  const start = lines.offsetAt({ line: first, character: 0 });
  const indentation = indentationAt(text, start);
  return {
    file: path,
    range: { start, end: start },
    newText: `${indentation}# nixos-containers: ignore ${rule}${lineEndOf(text)}`,
  };
}

/** Ignores a rule in a whole file: in the comment that is there for it, or in one at the head. */
export function ignoreInFile(file: SourceFile, rule: string): TextChange {
  const known = commentsOf(file).find(
    ({ verb, covers, rules }) => verb.text === 'ignore-file' && covers !== null && rules.length > 0,
  );
  if (known !== undefined) return alsoNamed(known, rule);
  const start = /^(?:#![^\n]*\n)*/.exec(file.text)?.[0].length ?? 0;
  return {
    file: file.path,
    range: { start, end: start },
    newText: `# nixos-containers: ignore-file ${rule}${lineEndOf(file.text)}`,
  };
}

function alsoNamed({ file, rules, verb }: IgnoreComment, rule: string): TextChange {
  const end = (rules.at(-1) ?? verb).range.end;
  return { file, range: { start: end, end }, newText: `${rules.length === 0 ? ' ' : ', '}${rule}` };
}

/** Takes a comment away, with its line where nothing else is on it; null where it says more than what it ignores. */
export function withoutComment({ text, lines }: SourceFile, comment: IgnoreComment): TextChange | null {
  const { file, range, alone } = comment;
  if (/[\r\n]/.test(text.slice(range.start, range.end))) return null;
  const { line } = lines.positionAt(range.start);
  const lineStart = lines.offsetAt({ line, character: 0 });
  if (alone) {
    const next = lines.offsetAt({ line: line + 1, character: 0 });
    return { file, range: { start: lineStart, end: next }, newText: '' };
  }
  const before = text.slice(lineStart, range.start);
  const kept = before.trimEnd();
  if (kept !== '') return { file, range: { start: lineStart + kept.length, end: range.end }, newText: '' };
  const blank = /^[ \t]*/.exec(text.slice(range.end))?.[0].length ?? 0;
  return { file, range: { start: range.start, end: range.end + blank }, newText: '' };
}

/** Takes one of several rules out of a comment. */
export function withoutRule({ file, rules }: IgnoreComment, rule: IgnoredRule): TextChange {
  const index = rules.indexOf(rule);
  const before = rules[index - 1];
  const next = rules[index + 1];
  const range: Range =
    before !== undefined
      ? { start: before.range.end, end: rule.range.end }
      : { start: rule.range.start, end: next?.range.start ?? rule.range.end };
  return { file, range, newText: '' };
}
