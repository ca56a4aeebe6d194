import type { Range } from '../nix/positions';
import { HOLE } from '../nix/string-text';
import { ruleTokens, type RuleToken } from './traefik-rule-tokens';

/**
 * Traefik's rule language: matchers such as ``Host(`a`)``, joined by `&&`, `||`, `!` and parentheses. `!` binds
 * strongest, `||` weakest. Offsets are those of the rule's text, UTF-16, from 0.
 */

export type RuleNode =
  | {
      readonly kind: 'matcher';
      readonly name: RuleToken;
      readonly arguments: readonly RuleArgument[];
      readonly range: Range;
    }
  | { readonly kind: 'not'; readonly operand: RuleNode; readonly range: Range }
  | { readonly kind: 'and' | 'or'; readonly left: RuleNode; readonly right: RuleNode; readonly range: Range };

export type MatcherNode = RuleNode & { readonly kind: 'matcher' };

export interface RuleArgument {
  /** What it says, without quotes; `HOLE` stands for what is not known. */
  readonly text: string;
  /** With its quotes. */
  readonly range: Range;
}

/** Something that keeps a text from being a rule. */
export interface RuleSyntaxProblem {
  readonly range: Range;
  /** What is wrong, as the end of a sentence. */
  readonly message: string;
  /** What would be right in its place; null where only the author knows. */
  readonly mended: { readonly range: Range; readonly newText: string; readonly title: string } | null;
}

export interface ParsedRule {
  /** Null where nothing of the text is a rule. */
  readonly tree: RuleNode | null;
  readonly problem: RuleSyntaxProblem | null;
  /** Whether something that is not known stands outside quotes, or is filled in later, so that nothing can be said. */
  readonly undecided: boolean;
}

/** Reads a rule. `HOLE` in the text stands for something that is not known. */
export function parseRule(text: string): ParsedRule {
  const tokens = ruleTokens(text);
  // Traefik fills in `{{ … }}` before it reads the file.
  const undecided = tokens.some(({ kind }) => kind === 'hole') || /\{\{|\}\}/.test(text);
  const parser = new RuleParser(text, tokens);
  const tree = parser.whole();
  return { tree, problem: parser.problem, undecided };
}

/** Every matcher of a rule, in the order of the text. */
export function matchersIn(node: RuleNode): MatcherNode[] {
  switch (node.kind) {
    case 'matcher':
      return [node];
    case 'not':
      return matchersIn(node.operand);
    default:
      return [...matchersIn(node.left), ...matchersIn(node.right)];
  }
}

const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };
const SIGNS: Readonly<Record<string, string>> = { '&': '&&', '|': '||' };

class RuleParser {
  problem: RuleSyntaxProblem | null = null;
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly RuleToken[],
  ) {}

  whole(): RuleNode | null {
    const tree = this.or();
    const { token } = this;
    if (token.kind !== 'end') this.unexpected(token, tree !== null);
    return tree;
  }

  private get token(): RuleToken {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as RuleToken;
  }

  private isAt(sign: string): boolean {
    return this.token.text === sign;
  }

  private fail(range: Range, message: string, mended: RuleSyntaxProblem['mended'] = null): void {
    // What follows a mistake is most often only its consequence.
    this.problem ??= { range: { start: range.start, end: range.end }, message, mended };
  }

  private or(): RuleNode | null {
    return this.joined('or', '||', () => this.joined('and', '&&', () => this.unary()));
  }

  private joined(kind: 'and' | 'or', sign: string, part: () => RuleNode | null): RuleNode | null {
    let left = part();
    while (left !== null && this.token.text === sign) {
      this.at++;
      const right = part();
      if (right === null) return left;
      left = { kind, left, right, range: { start: left.range.start, end: right.range.end } };
    }
    return left;
  }

  private unary(): RuleNode | null {
    const { token } = this;
    if (token.text === '!') {
      this.at++;
      const operand = this.unary();
      return operand === null
        ? null
        : { kind: 'not', operand, range: { start: token.start, end: operand.range.end } };
    }
    if (token.text === '(') {
      this.at++;
      const inside = this.or();
      if (inside === null) return null;
      return this.closed(token, '`(`') ? inside : null;
    }
    if (token.kind === 'name') return this.matcher(token);
    if (token.kind === 'end' || token.text === ')') {
      this.fail(
        token.kind === 'end' ? this.lastWritten() : token,
        this.at === 0 ? 'there is no matcher' : 'a matcher is missing here',
      );
    } else this.unexpected(token, false);
    return null;
  }

  private matcher(name: RuleToken): RuleNode | null {
    this.at++;
    if (!this.isAt('(')) {
      this.notCalled(name);
      return null;
    }
    const open = this.token;
    this.at++;
    const given: RuleArgument[] = [];
    while (!this.isAt(')') && this.token.kind !== 'end') {
      const argument = this.argument();
      if (argument === null) return null;
      given.push(argument);
      // Go lets `...` stand behind the last argument.
      if (this.isAt('...')) this.at++;
      if (!this.isAt(',')) break;
      this.at++;
    }
    const { token } = this;
    if (!this.closed(open, `the \`(\` of \`${name.text}\``)) return null;
    return { kind: 'matcher', name, arguments: given, range: { start: name.start, end: token.end } };
  }

  private argument(): RuleArgument | null {
    const { token } = this;
    if (token.kind === 'string') {
      this.at++;
      if (token.value !== null) return { text: token.value, range: { start: token.start, end: token.end } };
      const closed = token.text.length > 1 && token.text.endsWith(token.text.charAt(0));
      this.fail(
        token,
        closed
          ? 'an escape in this text means nothing to Go: write the text in back-quotes'
          : 'this text is not closed',
      );
      return null;
    }
    if (token.kind === 'quote') {
      const inner = token.text.replace(/^'|'$/g, '');
      this.fail(token, 'texts stand in back-quotes or double quotes, not in single quotes', {
        range: token,
        newText: `\`${inner}\``,
        title: 'Use back-quotes',
      });
      return null;
    }
    // A text without quotes: up to the next comma or parenthesis.
    const length = /^[^,()`"'\n]*/.exec(this.text.slice(token.start))?.[0].trimEnd().length ?? 0;
    const range = { start: token.start, end: token.start + Math.max(length, token.end - token.start) };
    const bare = this.text.slice(range.start, range.end);
    const mended = { range, newText: `\`${bare}\``, title: 'Put it in back-quotes' };
    const plain = length > 0 && !bare.includes(HOLE);
    this.fail(range, 'the arguments of a matcher are texts in back-quotes', plain ? mended : null);
    return null;
  }

  private closed(open: RuleToken, what: string): boolean {
    const { token } = this;
    if (token.text === ')') {
      this.at++;
      return true;
    }
    if (token.kind === 'end') this.fail(open, `${what} is not closed`);
    else this.unexpected(token, true);
    return false;
  }

  private notCalled(name: RuleToken): void {
    const next = this.token;
    if (next.text === ':') {
      this.fail(
        { start: name.start, end: next.end },
        `this is the language of Traefik 1: write ${name.text}(\`…\`)`,
      );
      return;
    }
    const sign = WORDS[name.text.toLowerCase()];
    if (sign !== undefined) this.word(name, sign);
    else this.fail(name, `\`${name.text}\` has no arguments: a matcher is written ${name.text}(\`…\`)`);
  }

  private word(name: RuleToken, sign: string): void {
    this.fail(name, `\`${name.text}\` is no operator: write \`${sign}\``, {
      range: name,
      newText: sign,
      title: `Use ${sign}`,
    });
  }

  /** Something that cannot stand where it stands. */
  private unexpected(token: RuleToken, behindRule: boolean): void {
    if (token.kind === 'line-end') {
      const next = this.tokens[this.at + 1] ?? token;
      if (next.text === '&&' || next.text === '||')
        this.fail(
          next,
          `the rule ends before this line: write \`${next.text}\` at the end of the line above`,
        );
      else
        this.fail(next, 'the rule goes on after the end of a line, which is allowed only behind an operator');
      return;
    }
    const sign = WORDS[token.text.toLowerCase()] ?? SIGNS[token.text];
    if (sign !== undefined && behindRule) this.word(token, sign);
    else if (token.kind === 'name' && behindRule)
      this.fail(token, 'an operator, `&&` or `||`, is missing before it');
    else if (token.text === ')') this.fail(token, 'this `)` closes nothing');
    else if (token.text === ',' && behindRule)
      this.fail(token, 'a comma joins no matchers: write `&&` or `||`');
    else this.fail(token, `\`${shown(token.text)}\` cannot stand here`);
  }

  private lastWritten(): Range {
    return this.tokens[this.tokens.length - 2] ?? { start: 0, end: this.text.length };
  }
}

function shown(text: string): string {
  const line = text.replaceAll(HOLE, '…');
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}
