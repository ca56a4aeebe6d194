import { HOLE } from '../nix/string-text';
import type { Range } from '../nix/positions';

/**
 * The words of Traefik's rule language. A rule is parsed as a Go expression, so these are Go's tokens.
 * Source: vulcand/predicate v1.3.0; the Go specification, "Lexical elements".
 */

export type RuleTokenKind =
  | 'name'
  | 'string'
  /** `'…'`, which Go takes for a single character. */
  | 'quote'
  | 'number'
  /** `(`, `)`, `,`, `!`, `&&`, `||`. */
  | 'sign'
  /** Any other sign. */
  | 'other'
  /** A line end after which Go ends the expression. */
  | 'line-end'
  | 'hole'
  | 'end';

export interface RuleToken extends Range {
  readonly kind: RuleTokenKind;
  readonly text: string;
  /** For a string, what it says; null where it does not end, or an escape in it means nothing. */
  readonly value: string | null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** The tokens of a rule; the last one is `end`. */
export function ruleTokens(text: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  let at = 0;
  const add = (kind: RuleTokenKind, end: number, value: string | null = null): void => {
    tokens.push({ kind, start: at, end, text: text.slice(at, end), value });
    at = end;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^[ \t\r]+/.exec(rest)?.[0];
    if (blank !== undefined) at += blank.length;
    else if (rest.startsWith('\n')) {
      if (endsExpression(tokens.at(-1))) add('line-end', at + 1);
      else at++;
    } else if (rest.startsWith('//')) at += /^[^\n]*/.exec(rest)?.[0].length ?? 0;
    else if (rest.startsWith('/*')) at = rest.includes('*/') ? at + rest.indexOf('*/') + 2 : text.length;
    else if (rest.startsWith('`')) {
      const close = text.indexOf('`', at + 1);
      if (close === -1) add('string', text.length);
      else add('string', close + 1, text.slice(at + 1, close).replaceAll('\r', ''));
    } else if (rest.startsWith('"')) {
      const whole = /^"((?:[^"\\\n]|\\[^\n])*)"/.exec(rest);
      if (whole === null) add('string', at + (/^[^\n]*/.exec(rest)?.[0].length ?? 0));
      else add('string', at + whole[0].length, unescaped(whole[1] ?? ''));
    } else if (rest.startsWith("'")) add('quote', at + (/^'[^'\n]*'?/.exec(rest)?.[0].length ?? 1));
    else if (rest.startsWith(HOLE)) add('hole', at + 1);
    else {
      const name = /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(rest)?.[0];
      const number = /^\d[\w.]*/.exec(rest)?.[0];
      const sign = /^(?:&&|\|\||!(?!=)|[(),])/.exec(rest)?.[0];
      const other = /^(?:\.\.\.|[=!<>]=|&\^|<-|<<|>>|:=|.)/su.exec(rest)?.[0] ?? '';
      if (name !== undefined) add('name', at + name.length);
      else if (number !== undefined) add('number', at + number.length);
      else if (sign !== undefined) add('sign', at + sign.length);
      else add('other', at + other.length);
    }
  }
  while (tokens.at(-1)?.kind === 'line-end') tokens.pop();
  add('end', text.length);
  return tokens;
}

/** Go puts a `;` at a line end after these. */
function endsExpression(token: RuleToken | undefined): boolean {
  if (token === undefined) return false;
  return token.kind === 'name' || token.kind === 'string' || token.kind === 'number' || token.text === ')';
}

/** What a `"…"` string says; null for an escape that means nothing. */
function unescaped(text: string): string | null {
  let known = true;
  const result = text.replace(
    /\\(x[0-9a-fA-F]{2}|[0-7]{3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g,
    (_, escape: string) => {
      if (/^[xuU]./.test(escape))
        return String.fromCodePoint(Math.min(0x10ffff, parseInt(escape.slice(1), 16)));
      if (/^[0-7]{3}$/.test(escape)) return String.fromCodePoint(parseInt(escape, 8));
      const meaning = ESCAPES[escape];
      if (meaning === undefined) known = false;
      return meaning ?? '';
    },
  );
  return known ? result : null;
}
