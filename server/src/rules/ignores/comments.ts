import { memoOf } from '../../eval/computed';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { tokenize, type Token } from '../../nix/tokens';
import { LogicalLines, type Lines } from './logical-lines';

/** The comments that silence rules: `# nixos-containers: ignore RULE, RULE`, and `ignore-file` at the head of a file. */

export interface IgnoredRule {
  readonly id: string;
  readonly range: Range;
}

export interface IgnoreComment {
  readonly file: string;
  /** The whole comment. */
  readonly range: Range;
  /** `ignore` or `ignore-file`, or what looks like one of them. */
  readonly verb: { readonly text: string; readonly range: Range };
  /** The rules it names. A file's comment that names none means all. */
  readonly rules: readonly IgnoredRule[];
  /** The lines it covers; null where it covers none. */
  readonly covers: Lines | null;
  /** Whether nothing else stands on its lines. */
  readonly alone: boolean;
}

const MARK = 'nixos-containers:';
const HEAD = new RegExp(`(?:#+|/\\*+)[ \\t]*${MARK}[ \\t]*`, 'y');
const VERB = /[A-Za-z]+(?:-[A-Za-z]+)*/y;
const NAME = /[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*/y;
const COMMA = /[ \t]*,[ \t]*/y;
const BLANK = /[ \t]+/y;

/** The comments of a file that speak to us, in the order of the text. */
export const commentsOf = memoOf((file: SourceFile): readonly IgnoreComment[] =>
  file.text.includes(MARK) ? read(file) : [],
);

function read(file: SourceFile): IgnoreComment[] {
  const tokens = tokenize(file.text, { recover: file.errors.length > 0 });
  const code = tokens.findIndex(({ kind }) => kind !== 'comment');
  const lines = new LogicalLines(file, tokens);
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'comment') return [];
    const words = wordsOf(file.text, token);
    if (words === null) return [];
    const head = code === -1 || index < code;
    const alone = lines.isAlone(token);
    const whole = { first: 0, last: file.lines.lineCount - 1 };
    const covers =
      words.verb.text === 'ignore-file'
        ? head
          ? whole
          : null
        : words.verb.text !== 'ignore' || words.rules.length === 0
          ? null
          : lines.besideOrBelow(token, index);
    return [{ file: file.path, range: { start: token.start, end: token.end }, ...words, covers, alone }];
  });
}

/** What a comment says; null where it does not speak to us. */
function wordsOf(text: string, token: Token): Pick<IgnoreComment, 'verb' | 'rules'> | null {
  let at = token.start;
  const take = (pattern: RegExp): Range | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || match.index + match[0].length > token.end) return null;
    at += match[0].length;
    return { start: match.index, end: at };
  };
  if (take(HEAD) === null) return null;
  const verb = take(VERB);
  if (verb === null) return null;
  const rules: IgnoredRule[] = [];
  let goesOn = take(BLANK) !== null;
  while (goesOn) {
    const name = take(NAME);
    if (name === null) break;
    rules.push({ id: text.slice(name.start, name.end), range: name });
    goesOn = take(COMMA) !== null;
  }
  return { verb: { text: text.slice(verb.start, verb.end), range: verb }, rules };
}
