/** Nix as a flat row of tokens. Unlike a parser it makes something of every text, also of half a file. */

export type TokenKind =
  /** An identifier or a keyword. */
  | 'name'
  | 'number'
  | 'path'
  | 'uri'
  | 'comment'
  /** `"` or `''` */
  | 'string-start'
  /** What stands in a string between its ends and its interpolations, escapes as they are written. */
  | 'text'
  | 'string-end'
  /** `${` */
  | 'interpolation-start'
  | 'interpolation-end'
  /** Brackets, operators, `=`, `;`, `.` and the like. */
  | 'punctuation';

export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offsets, from 0; empty for an end that is missing and was supplied. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How a text is read. */
export interface TokenOptions {
  /** Only what stands before this offset is read. */
  readonly end?: number;
  /**
   * Whether a `"` string that is still open where the next line begins a binding, or closes a bracket, counts as closed
   * there: right for a file with a syntax error, wrong for one without.
   */
  readonly recover?: boolean;
}

type Mode =
  | { readonly kind: 'code'; readonly interpolation: boolean; braces: number }
  | { readonly kind: 'string' | 'indented' };

const NAME = /[A-Za-z_][A-Za-z0-9_'-]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const RUN = /[A-Za-z0-9._+-]+/y;
const PATH =
  /(?:[A-Za-z0-9._+-]+|~)?(?:\/[A-Za-z0-9._+-]+)+\/?|(?:\.{1,2}|~)\/|<[A-Za-z0-9._+-]+(?:\/[A-Za-z0-9._+-]+)*>/y;
const URI = /[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
const OPERATOR = /\.\.\.|\/\/|\+\+|==|!=|<=|>=|&&|\|\||->|\|>|<\|/y;
const SPACE = /[ \t\r\n\f\v]+/y;

/** A line that can only stand outside a string: a binding, closing brackets, `inherit`. */
const CODE_LINE =
  /[ \t\r\n]*(?:(?:[A-Za-z_][\w'-]*|"[^"\n]*")(?:\.(?:[A-Za-z_][\w'-]*|"[^"\n]*"|\$\{[^}\n]*\}))*[ \t]*=[^=]|[}\])]+[ \t]*[;,]?[ \t]*\r?(?:\n|$)|inherit\b)/y;

/** The tokens of a text, comments included. Never throws. */
export function tokenize(text: string, options: TokenOptions = {}): Token[] {
  const scanner = new Scanner(text, options.end ?? text.length, options.recover ?? false);
  return scanner.run();
}

class Scanner {
  private readonly tokens: Token[] = [];
  private readonly modes: Mode[] = [{ kind: 'code', interpolation: false, braces: 0 }];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly end: number,
    private readonly recover: boolean,
  ) {}

  run(): Token[] {
    while (this.at < this.end) {
      const mode = this.modes[this.modes.length - 1];
      if (mode === undefined) break;
      if (mode.kind === 'code') this.code(mode);
      else this.inString(mode.kind === 'indented');
    }
    return this.tokens;
  }

  private add(kind: TokenKind, length: number): void {
    const end = Math.min(this.at + length, this.end);
    this.tokens.push({ kind, start: this.at, end, text: this.text.slice(this.at, end) });
    this.at = end;
  }

  /** How long what a sticky expression matches here is; 0 where it does not match. */
  private length(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    return match === null ? 0 : match[0].length;
  }

  private code(mode: Mode & { kind: 'code' }): void {
    const { text, at } = this;
    const space = this.length(SPACE);
    if (space > 0) {
      if (this.recover && mode.interpolation) this.skipLines(space);
      else this.at += space;
      return;
    }
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (character === '#') {
      const line = /[\r\n]/g;
      line.lastIndex = at;
      this.add('comment', (line.exec(text)?.index ?? text.length) - at);
    } else if (character === '/' && next === '*') {
      const close = text.indexOf('*/', at + 2);
      this.add('comment', (close === -1 ? text.length : close + 2) - at);
    } else if (character === '"') this.open('string', 1);
    else if (character === "'" && next === "'") this.open('indented', 2);
    else if (character === '$' && next === '{') {
      this.add('interpolation-start', 2);
      this.modes.push({ kind: 'code', interpolation: true, braces: 0 });
    } else if (character === '{') {
      mode.braces++;
      this.add('punctuation', 1);
    } else if (character === '}') {
      if (mode.braces === 0 && mode.interpolation) {
        this.add('interpolation-end', 1);
        this.modes.pop();
      } else {
        mode.braces = Math.max(0, mode.braces - 1);
        this.add('punctuation', 1);
      }
    } else this.word();
  }

  private word(): void {
    const run = this.length(RUN);
    const after = this.text[this.at + run] ?? '';
    if (after === '/' || after === '~' || after === '<') {
      const path = this.length(PATH);
      if (path > run) {
        this.add('path', path);
        return;
      }
    }
    if (after === ':') {
      const uri = this.length(URI);
      if (uri > 0) {
        this.add('uri', uri);
        return;
      }
    }
    const name = this.length(NAME);
    if (name > 0) this.add('name', name);
    else {
      const number = this.length(NUMBER);
      if (number > 0) this.add('number', number);
      else this.add('punctuation', Math.max(1, this.length(OPERATOR)));
    }
  }

  private open(kind: 'string' | 'indented', length: number): void {
    this.add('string-start', length);
    this.modes.push({ kind });
  }

  private inString(indented: boolean): void {
    const { text } = this;
    let to = this.at;
    for (; to < this.end; to++) {
      const character = text[to];
      const next = text[to + 1];
      if (character === '$' && next === '{') break;
      if (character === '$' && next === '$') to++;
      else if (indented) {
        if (character !== "'" || next !== "'") continue;
        const escape = text[to + 2];
        if (escape === '$' || escape === "'") to += 2;
        else if (escape === '\\') to += 3;
        else break;
      } else if (character === '"') break;
      else if (character === '\\') to++;
      else if (character === '\n' && this.recover && this.beginsCode(to + 1)) {
        this.addText(to);
        this.closeStrings();
        return;
      }
    }
    this.addText(to);
    if (this.at >= this.end) return;
    if (text[this.at] === '$') {
      this.add('interpolation-start', 2);
      this.modes.push({ kind: 'code', interpolation: true, braces: 0 });
      return;
    }
    this.add('string-end', indented ? 2 : 1);
    this.modes.pop();
  }

  private addText(to: number): void {
    if (to > this.at) this.add('text', to - this.at);
  }

  private beginsCode(offset: number): boolean {
    CODE_LINE.lastIndex = offset;
    return CODE_LINE.test(this.text);
  }

  /** Goes over white space inside an interpolation; a new line may show that its string was never closed. */
  private skipLines(space: number): void {
    const to = this.at + space;
    const line = this.text.indexOf('\n', this.at);
    if (line !== -1 && line < to && this.beginsCode(line + 1)) this.closeStrings();
    this.at = to;
  }

  /** Supplies the ends of the `"` strings that are open, as far out as the nearest `''` string. */
  private closeStrings(): void {
    let depth = this.modes.length;
    for (let index = this.modes.length - 1; index > 0 && this.modes[index]?.kind !== 'indented'; index--)
      if (this.modes[index]?.kind === 'string') depth = index;
    while (this.modes.length > depth) {
      const mode = this.modes.pop();
      this.add(mode?.kind === 'code' ? 'interpolation-end' : 'string-end', 0);
    }
  }
}
