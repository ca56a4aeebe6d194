import { memo, memoOf, sameItems, type Computed } from '../../eval/computed';
import type { ParsedFiles } from '../../eval/evaluation';
import type { Finding } from '../rule';
import { commentsOf, type IgnoreComment } from './comments';

/** A comment that silences, and which of its rules found nothing to silence. */
export interface UnneededIgnore {
  readonly comment: IgnoreComment;
  /** By their index in the comment; the whole comment where it names none. */
  readonly rules: ReadonlySet<number>;
}

const NONE: readonly IgnoreComment[] = [];

/** The comments of all files that speak to us, by file; a file without any is not in it. */
export const ignoreComments = memoOf((files: ParsedFiles): Computed<readonly IgnoreComment[]> => {
  const byFile = new Map<string, Computed<readonly IgnoreComment[]>>();
  const of = (path: string): readonly IgnoreComment[] => {
    let comments = byFile.get(path);
    if (comments === undefined) {
      const read = (): readonly IgnoreComment[] => {
        const file = files.parsed(path);
        return file === null ? NONE : commentsOf(file);
      };
      byFile.set(path, (comments = memo(read, sameItems)));
    }
    return comments.force();
  };
  return memo(() => files.nixFiles().flatMap(of), sameItems);
});

/** Takes out of findings what comments silence, and remembers which of them did. */
export class Ignores {
  private readonly byFile = new Map<string, IgnoreComment[]>();
  private readonly used = new Map<IgnoreComment, Set<number>>();

  constructor(
    private readonly files: ParsedFiles,
    readonly comments: readonly IgnoreComment[],
  ) {
    for (const comment of comments) {
      if (comment.covers === null) continue;
      const others = this.byFile.get(comment.file);
      if (others === undefined) this.byFile.set(comment.file, [comment]);
      else others.push(comment);
    }
  }

  /**
   * Whether a comment silences a finding.
   * @param byName whether only one does that names its rule
   */
  silences({ file, range, rule }: Finding, byName = false): boolean {
    const comments = this.byFile.get(file);
    if (comments === undefined) return false;
    const line = this.files.parsed(file)?.lines.positionAt(range.start).line ?? -1;
    let silenced = false;
    for (const comment of comments) {
      const { covers, rules } = comment;
      if (covers === null || line < covers.first || line > covers.last) continue;
      if (rules.length === 0 && !byName) {
        this.use(comment, 0);
        silenced = true;
      }
      rules.forEach(({ id }, index) => {
        if (id !== rule) return;
        this.use(comment, index);
        silenced = true;
      });
    }
    return silenced;
  }

  /**
   * The comments that silence nothing, or not all that they name.
   * @param isJudged whether it is certain of a rule, in a file, that it would have been found by now
   */
  unneeded(isJudged: (file: string, rule: string | null) => boolean): UnneededIgnore[] {
    return [...this.byFile.values()].flat().flatMap((comment) => {
      const named = comment.rules.length === 0 ? [null] : comment.rules.map(({ id }) => id);
      const used = this.used.get(comment);
      const idle = named.flatMap((rule, index) =>
        used?.has(index) === true || !isJudged(comment.file, rule) ? [] : [index],
      );
      return idle.length === 0 ? [] : [{ comment, rules: new Set(idle) }];
    });
  }

  private use(comment: IgnoreComment, index: number): void {
    const used = this.used.get(comment);
    if (used === undefined) this.used.set(comment, new Set([index]));
    else used.add(index);
  }
}
