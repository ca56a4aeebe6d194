import { forceString } from '../arguments';
import { attr, attrs, bool, float, listOf, string } from '../construct';
import { define, type FunctionTable } from '../primop';
import { ready } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { asInt } from './numbers';

/** Reads TOML 1.0.0 as `builtins.fromTOML` does; dates and times are errors there without an experimental feature. */

class TomlError extends Error {}

/** A table while it is read. */
interface Table {
  readonly entries: Map<string, Item>;
  /** How it came to be, which decides what may still be added to it. */
  kind: 'header' | 'implicit' | 'dotted' | 'inline';
}
type Item = { readonly table: Table } | { readonly tables: Table[] } | { readonly value: Value };

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

function newTable(kind: Table['kind']): Table {
  return { entries: new Map(), kind };
}

class TomlReader {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly call: Call,
  ) {}

  read(): Value {
    const root = newTable('header');
    let current = root;
    for (;;) {
      this.skip(/(?:[ \t\r\n]|#[^\n]*)*/y);
      if (this.at >= this.text.length) return this.finished(root);
      this.call.machine.spend(1);
      if (this.take('[[')) current = this.arrayHeader(root);
      else if (this.take('[')) current = this.header(root);
      else this.assignment(current);
      this.skip(/[ \t]*(?:#[^\n]*)?/y);
      if (this.at < this.text.length && this.token(/\r?\n/y) === null) throw new TomlError();
    }
  }

  private header(root: Table): Table {
    const path = this.key();
    this.expect(']');
    const last = path.pop() ?? '';
    const parent = this.descend(root, path, 'implicit');
    const existing = parent.entries.get(last);
    if (existing === undefined) {
      const table = newTable('header');
      parent.entries.set(last, { table });
      return table;
    }
    if (!('table' in existing) || existing.table.kind !== 'implicit') throw new TomlError();
    existing.table.kind = 'header';
    return existing.table;
  }

  private arrayHeader(root: Table): Table {
    const path = this.key();
    this.expect(']]');
    const last = path.pop() ?? '';
    const parent = this.descend(root, path, 'implicit');
    const existing = parent.entries.get(last);
    const table = newTable('header');
    if (existing === undefined) parent.entries.set(last, { tables: [table] });
    else if ('tables' in existing) existing.tables.push(table);
    else throw new TomlError();
    return table;
  }

  private assignment(table: Table): void {
    const path = this.key();
    this.expect('=');
    this.skip(/[ \t]*/y);
    const last = path.pop() ?? '';
    const parent = this.descend(table, path, 'dotted');
    const item = this.item();
    if (parent.entries.has(last)) throw new TomlError();
    parent.entries.set(last, item);
  }

  /** The table at a path, made on the way. Dotted keys add only to tables of their own, headers to any but inline ones. */
  private descend(from: Table, path: readonly string[], kind: 'implicit' | 'dotted'): Table {
    let table = from;
    for (const name of path) {
      const existing = table.entries.get(name);
      if (existing === undefined) {
        const below = newTable(kind);
        table.entries.set(name, { table: below });
        table = below;
      } else if ('table' in existing) {
        if (existing.table.kind === 'inline' || (kind === 'dotted' && existing.table.kind === 'header'))
          throw new TomlError();
        table = existing.table;
      } else if ('tables' in existing && kind === 'implicit')
        table = existing.tables[existing.tables.length - 1] as Table;
      else throw new TomlError();
    }
    return table;
  }

  private key(): string[] {
    const path: string[] = [];
    do {
      this.skip(/[ \t]*/y);
      const quote = this.text[this.at];
      path.push(
        quote === '"' ? this.basic() : quote === "'" ? this.literal() : this.required(/[A-Za-z0-9_-]+/y),
      );
      this.skip(/[ \t]*/y);
    } while (this.take('.'));
    return path;
  }

  private item(): Item {
    if (this.text[this.at] === '{') return { table: this.inlineTable() };
    return { value: this.value() };
  }

  private value(): Value {
    this.call.machine.enter();
    try {
      switch (this.text[this.at]) {
        case '{':
          return this.finished(this.inlineTable());
        case '[':
          return this.array();
        case '"':
          return string(this.text.startsWith('"""', this.at) ? this.multiline('"""') : this.basic());
        case "'":
          return string(this.text.startsWith("'''", this.at) ? this.multiline("'''") : this.literal());
        default:
          return this.scalar();
      }
    } finally {
      this.call.machine.leave();
    }
  }

  private scalar(): Value {
    const text = this.required(/[A-Za-z0-9_+.:-]+/y);
    if (text === 'true' || text === 'false') return bool(text === 'true');
    if (/^\d{4}-\d\d-\d\d|^\d\d:\d\d/.test(text))
      return fail('type', 'while parsing TOML: Dates and times are not supported', this.call.at);
    const digits = text.replace(/_/g, '');
    if (/^[+-]?(?:0|[1-9](?:_?\d)*)$/.test(text))
      return asInt(BigInt(digits.replace(/^\+/, ''))) ?? outOfRange();
    if (/^0x[\dA-Fa-f](?:_?[\dA-Fa-f])*$|^0o[0-7](?:_?[0-7])*$|^0b[01](?:_?[01])*$/.test(text))
      return asInt(BigInt(digits)) ?? outOfRange();
    if (/^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/.test(text))
      return float(Number(digits));
    const special = /^([+-]?)(inf|nan)$/.exec(text);
    if (special === null) throw new TomlError();
    return float(special[2] === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity);
  }

  private array(): Value {
    this.at++;
    const items: Value[] = [];
    const space = (): void => this.skip(/(?:[ \t\r\n]|#[^\n]*)*/y);
    space();
    while (!this.take(']')) {
      items.push(this.value());
      space();
      if (this.take(',')) space();
      else if (this.text[this.at] !== ']') throw new TomlError();
    }
    return listOf(items, this.call.at);
  }

  private inlineTable(): Table {
    this.at++;
    const table = newTable('header');
    this.skip(/[ \t]*/y);
    if (!this.take('}')) {
      do {
        this.assignment(table);
        this.skip(/[ \t]*/y);
      } while (this.take(','));
      this.expect('}');
    }
    seal(table);
    return table;
  }

  private basic(): string {
    // eslint-disable-next-line no-control-regex
    const text = this.required(/"(?:[^"\\\n\r\u0000-\u0008\u000b-\u001f\u007f]|\\[^\n])*"/y);
    return this.unescaped(text.slice(1, -1));
  }

  private literal(): string {
    // eslint-disable-next-line no-control-regex
    return this.required(/'[^'\n\r\u0000-\u0008\u000b-\u001f\u007f]*'/y).slice(1, -1);
  }

  private multiline(quote: '"""' | "'''"): string {
    const pattern =
      quote === '"""'
        ? /"""(?:\\[\s\S]|(?!"""(?!"))[^\\])*?"""(?!")/y
        : /'''(?:(?!'''(?!'))[\s\S])*?'''(?!')/y;
    const text = this.required(pattern)
      .slice(3, -3)
      .replace(/^\r?\n/, '');
    return quote === '"""'
      ? this.unescaped(text.replace(/((?:^|[^\\])(?:\\\\)*)\\[ \t]*\r?\n[ \t\r\n]*/g, '$1'))
      : text;
  }

  private unescaped(text: string): string {
    return text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\s\S])/g, (_, escape: string) => {
      if (escape.length === 1) return ESCAPES[escape] ?? invalid();
      const code = parseInt(escape.slice(1), 16);
      return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? invalid() : String.fromCodePoint(code);
    });
  }

  private finished({ entries }: Table): Value {
    const shown = (name: string): string => (name.includes('\0') ? this.nullByte() : name);
    const value = (item: Item): Value => {
      if ('table' in item) return this.finished(item.table);
      if ('tables' in item)
        return listOf(
          item.tables.map((table) => this.finished(table)),
          this.call.at,
        );
      return item.value.type === 'string' && item.value.text.includes('\0') ? this.nullByte() : item.value;
    };
    return attrs(
      new Map([...entries].map(([name, item]) => [shown(name), attr(ready(value(item)))])),
      this.call.at,
    );
  }

  private nullByte(): never {
    return fail('type', 'while parsing TOML: a null byte, which Nix strings cannot hold', this.call.at);
  }

  private token(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private required(pattern: RegExp): string {
    return this.token(pattern) ?? invalid();
  }

  private skip(pattern: RegExp): void {
    this.token(pattern);
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new TomlError();
  }
}

function seal(table: Table): void {
  table.kind = 'inline';
  for (const item of table.entries.values()) if ('table' in item) seal(item.table);
}

function invalid(): never {
  throw new TomlError();
}

function outOfRange(): never {
  throw new TomlError();
}

export const TOML: FunctionTable = {
  fromTOML: define('fromTOML', 1, (call, text) => {
    const source = forceString(text, call);
    try {
      return new TomlReader(source, call).read();
    } catch (problem) {
      if (problem instanceof TomlError) return fail('type', 'while parsing TOML: syntax error', call.at);
      throw problem;
    }
  }),
};
