import type { Range } from '../../nix/positions';

/** JSON with the places of its parts. Unlike `JSON.parse` it makes something of half a text. */

export type JsonValue =
  | { readonly kind: 'object'; readonly range: Range; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly range: Range }
  | { readonly kind: 'string'; readonly range: Range; readonly text: string }
  /** A number, a boolean or null, as it is written. */
  | { readonly kind: 'word'; readonly range: Range; readonly text: string };

export interface JsonMember {
  readonly name: string;
  /** With its quotes. */
  readonly nameRange: Range;
  /** Null while it is not written. */
  readonly value: JsonValue | null;
}

export interface JsonProblem {
  readonly range: Range;
  readonly message: string;
}

export interface JsonText {
  /** What could be read. Null for an empty text. */
  readonly value: JsonValue | null;
  /** Where the text stops being JSON; null when all of it is. */
  readonly problem: JsonProblem | null;
}

const SPACE = /[ \t\r\n]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids them in a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b/y;
/** How deep values may nest. */
const MAX_DEPTH = 100;

/** Reads a text as JSON. Never throws. */
export function readJson(text: string): JsonText {
  const reader = new Reader(text);
  const value = reader.document();
  return { value, problem: reader.problem };
}

class Reader {
  problem: JsonProblem | null = null;
  private at = 0;

  constructor(private readonly text: string) {}

  document(): JsonValue | null {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    this.space();
    const value = this.value(0);
    this.space();
    if (this.problem === null && this.at < this.text.length) this.fail('Nothing may follow the value.');
    return value;
  }

  private value(depth: number): JsonValue | null {
    const { at: start } = this;
    const opening = this.text[start];
    if (depth > MAX_DEPTH) return this.fail('This nests too deeply.');
    if (opening === '{') return this.object(depth);
    if (opening === '[') return this.array(depth);
    if (opening === '"') {
      const text = this.string();
      return text === null ? null : { kind: 'string', range: { start, end: this.at }, text };
    }
    const text = this.match(WORD);
    if (text === null) return this.fail('A value is missing here.');
    return { kind: 'word', range: { start, end: this.at }, text };
  }

  private object(depth: number): JsonValue {
    const start = this.at++;
    const members: JsonMember[] = [];
    this.items('}', 'A name in double quotes belongs here.', () => {
      const nameStart = this.at;
      const name = this.string();
      if (name === null) return false;
      const nameRange = { start: nameStart, end: this.at };
      this.space();
      if (!this.take(':')) {
        members.push({ name, nameRange, value: null });
        this.fail(`A colon belongs behind ${JSON.stringify(name)}.`);
        return false;
      }
      this.space();
      const value = this.value(depth + 1);
      members.push({ name, nameRange, value });
      return this.problem === null;
    });
    return { kind: 'object', range: { start, end: this.at }, members };
  }

  private array(depth: number): JsonValue {
    const start = this.at++;
    this.items(']', 'A value is missing here.', () => {
      this.value(depth + 1);
      return this.problem === null;
    });
    return { kind: 'array', range: { start, end: this.at } };
  }

  /** What stands between brackets, with commas. Ends where `item` says that it could not be read. */
  private items(close: string, missing: string, item: () => boolean): void {
    this.space();
    if (this.take(close)) return;
    for (;;) {
      if (this.at >= this.text.length || this.text[this.at] === close) {
        this.fail(this.at >= this.text.length ? `${close} is missing.` : missing);
        return;
      }
      if (!item()) return;
      this.space();
      if (this.take(close)) return;
      if (!this.take(',')) {
        this.fail(this.at >= this.text.length ? `${close} is missing.` : `A comma or ${close} belongs here.`);
        return;
      }
      this.space();
    }
  }

  private string(): string | null {
    const text = this.match(STRING);
    if (text === null)
      return this.fail(this.text[this.at] === '"' ? 'This string has no end.' : 'Double quotes belong here.');
    return JSON.parse(text) as string;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at += match[0].length;
    return match[0];
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private space(): void {
    this.match(SPACE);
  }

  /** Remembers the first problem; what follows it is not looked at. */
  private fail(message: string): null {
    const { at, text } = this;
    if (this.problem !== null) return null;
    const end = at < text.length && !/[\r\n]/.test(text[at] ?? '') ? at + 1 : at;
    this.problem = { range: { start: at, end }, message };
    return null;
  }
}
