import { forceString, sortedEntries } from '../arguments';
import { coerceToString } from '../coerce';
import { attr, attrs, bool, float, listOf, nullValue, string } from '../construct';
import { jsonFloat } from '../float-text';
import { apply } from '../interpret';
import { define, type FunctionTable } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, raise, typeName, unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';
import { asInt } from './numbers';

/** A value as `builtins.toJSON` writes it: no spaces, names in order. One function, so that each level costs little stack. */
export function writeJson(thunk: Thunk, call: Call, copyPaths = true, mustBeText = false): string {
  const { machine } = call;
  machine.enter();
  try {
    const value = thunk.force();
    const isText =
      value.type === 'string' || value.type === 'path' || (value.type === 'attrs' && standsForText(value));
    if (mustBeText && !isText)
      return fail('type', `\`__toString\` should return a string, but got ${typeName(value)}`, call.at);
    switch (value.type) {
      case 'null':
        return 'null';
      case 'bool':
        return value.value ? 'true' : 'false';
      case 'int':
        return value.value.toString();
      case 'float':
        return jsonFloat(value.value);
      case 'string':
        return jsonString(value.text);
      case 'path':
        return jsonString(coerceToString(value, call.at, machine, { copyPaths }));
      case 'list': {
        if (value.open !== null) return raise(value.open);
        let text = '';
        for (const item of value.items)
          text += `${text === '' ? '' : ','}${writeJson(item, call, copyPaths)}`;
        return `[${text}]`;
      }
      case 'attrs': {
        const toText = value.entries.get('__toString');
        // A path that `__toString` gives is not copied. Source: Nix's value-to-json.cc.
        if (toText !== undefined)
          return writeJson(
            lazily(() => apply(toText.value.force(), thunk, call.at, machine)),
            call,
            false,
            true,
          );
        const outPath = value.entries.get('outPath');
        if (outPath !== undefined) return writeJson(outPath.value, call, copyPaths, mustBeText);
        let text = '';
        for (const [name, entry] of sortedEntries(value, call)) {
          text += `${text === '' ? '' : ','}${jsonString(name)}:${writeJson(entry.value, call, copyPaths)}`;
        }
        return `{${text}}`;
      }
      case 'lambda':
      case 'primop':
        return fail('type', `cannot convert ${typeName(value)} to JSON`, call.at);
    }
  } finally {
    machine.leave();
  }
}

function standsForText({ entries }: AttrsValue): boolean {
  return entries.has('__toString') || entries.has('outPath');
}

/** `JSON.stringify` escapes as nlohmann::json does, lone surrogates apart, which Nix strings cannot hold. */
function jsonString(text: string): string {
  return JSON.stringify(text);
}

class JsonSyntaxError extends Error {}

/** How deep JSON may nest; the same bound keeps the reader's own recursion small. */
const MAX_DEPTH = 500;

/** Reads JSON as Nix does: whole numbers stay exact, the last of two equal names counts. */
class JsonReader {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly text: string,
    private readonly call: Call,
  ) {}

  read(): Value {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw new JsonSyntaxError();
    return value;
  }

  private value(): Value {
    this.space();
    this.call.machine.spend(1);
    const character = this.text[this.at];
    switch (character) {
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.array());
      case '"':
        return string(this.string());
      case 't':
        return this.word('true', bool(true));
      case 'f':
        return this.word('false', bool(false));
      case 'n':
        return this.word('null', nullValue());
      default:
        return this.number();
    }
  }

  private nested(read: () => Value): Value {
    if (++this.depth > MAX_DEPTH) return unknown('budget', 'JSON that nests too deeply', this.call.at);
    this.at++;
    const value = read();
    this.depth--;
    return value;
  }

  private object(): Value {
    const entries = new Map<string, Attr>();
    if (!this.take('}')) {
      do {
        this.space();
        const name = this.string();
        if (!this.take(':')) throw new JsonSyntaxError();
        entries.set(name, attr(ready(this.value())));
      } while (this.take(','));
      if (!this.take('}')) throw new JsonSyntaxError();
    }
    return attrs(entries, this.call.at);
  }

  private array(): Value {
    const items: Value[] = [];
    if (!this.take(']')) {
      do items.push(this.value());
      while (this.take(','));
      if (!this.take(']')) throw new JsonSyntaxError();
    }
    return listOf(items, this.call.at);
  }

  private string(): string {
    // eslint-disable-next-line no-control-regex
    const found = this.token(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y);
    const text = JSON.parse(found) as string;
    if (text.includes('\0'))
      return fail('type', 'input string contains a null byte, which Nix strings cannot hold', this.call.at);
    return text;
  }

  private number(): Value {
    const found = this.token(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
    const whole = /^-?[0-9]+$/.test(found) ? asInt(BigInt(found)) : null;
    if (whole !== null) return whole;
    // nlohmann::json reads up to 2^64 - 1 as whole, which Nix cannot hold; what is beyond becomes a float.
    if (/^[0-9]+$/.test(found) && BigInt(found) < 1n << 64n)
      return fail('type', `unsigned json number ${found} outside of Nix integer range`, this.call.at);
    const value = Number(found);
    if (!Number.isFinite(value)) throw new JsonSyntaxError();
    return float(value);
  }

  private word(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) throw new JsonSyntaxError();
    this.at += word.length;
    return value;
  }

  private token(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new JsonSyntaxError();
    this.at += found.length;
    return found;
  }

  private take(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }
}

export const JSON_FUNCTIONS: FunctionTable = {
  toJSON: define('toJSON', 1, (call, value) => string(writeJson(value, call), call.at)),
  fromJSON: define('fromJSON', 1, (call, text) => {
    const source = forceString(text, call);
    try {
      return new JsonReader(source, call).read();
    } catch (problem) {
      if (problem instanceof JsonSyntaxError) return fail('type', 'failed to parse JSON', call.at);
      throw problem;
    }
  }),
};
