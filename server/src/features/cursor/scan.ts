import { tokenize, type Token } from '../../nix/tokens';
import type { BoundNames, Frame, FrameKind, Item, PathSegment, Role, Scan, WrittenBinding } from './frames';
import { groupItem, namesOfPattern, roleAfter, tokenItem, trailingPath } from './items';

/** Words after which an expression begins anew. */
const RESTARTS: ReadonlySet<string> = new Set(['if', 'then', 'else', 'or', 'rec']);

class OpenFrame implements Frame {
  state: Frame['state'] = 'name';
  path: PathSegment[] = [];
  dotted = false;
  items: Item[] = [];
  scopes: BoundNames[] = [];
  bindings: WrittenBinding[] = [];
  computed = false;
  quote = '';
  valueStart = 0;
  /** `with` and `assert` whose `;` is still to come. */
  pending = 0;
  /** Names of a function's pattern, should this turn out to be one. */
  formals: string[] = [];
  /** The column of the first binding that begins a line; null before one does. */
  column: number | null = null;
  text = '';

  constructor(
    readonly kind: FrameKind,
    readonly role: Role,
    readonly start: number,
    readonly inside: number,
  ) {}

  get takesName(): boolean {
    return (this.kind === 'set' || this.kind === 'let') && this.state === 'name';
  }
}

/**
 * What is open right before an offset. Works on any text: brackets, `;` and quotes that are missing cost as little as
 * can be told from what follows them and, in a broken file, from the indentation.
 * @param offset UTF-16, from 0
 * @param broken whether the file has a syntax error
 */
export function scanBefore(text: string, offset: number, broken: boolean): Scan {
  const tokens = tokenize(text, { end: offset, recover: broken });
  const scanner = new Scanner(text, broken);
  for (const token of tokens) scanner.take(token);
  const last = tokens.at(-1);
  return {
    frames: scanner.frames,
    inComment:
      last?.kind === 'comment' &&
      last.end === offset &&
      !(last.text.startsWith('/*') && last.text.length > 3 && last.text.endsWith('*/')),
    blank: tokens.every(({ kind }) => kind === 'comment'),
  };
}

/** The bindings of the set that is open at an offset, those before it and those after. */
export function bindingsAround(text: string, offset: number, broken: boolean): readonly WrittenBinding[] {
  const before = scanBefore(text, offset, broken);
  const depth = before.frames.length;
  const scanner = new Scanner(text, broken);
  let found: readonly WrittenBinding[] = before.frames.at(-1)?.bindings ?? [];
  for (const token of tokenize(text, { recover: broken })) {
    scanner.take(token);
    if (token.start < offset) continue;
    const frame = scanner.frames[depth - 1];
    if (scanner.frames.length < depth || frame?.start !== before.frames.at(-1)?.start) break;
    found = frame?.bindings ?? found;
  }
  return found;
}

class Scanner {
  readonly frames: OpenFrame[] = [new OpenFrame('root', { kind: 'value' }, 0, 0)];

  constructor(
    private readonly text: string,
    private readonly broken: boolean,
  ) {}

  private get top(): OpenFrame {
    return this.frames[this.frames.length - 1] as OpenFrame;
  }

  take(token: Token): void {
    const { top } = this;
    switch (token.kind) {
      case 'comment':
        return;
      case 'text':
        top.text += token.text;
        return;
      case 'string-start':
        this.open('string', token).quote = token.text;
        return;
      case 'string-end':
        this.closeString(token);
        return;
      case 'interpolation-start':
        this.open('interpolation', token);
        return;
      case 'interpolation-end':
        this.closeInterpolation(token);
        return;
      case 'name':
        this.word(token);
        return;
      case 'punctuation':
        this.punctuation(token);
        return;
      default:
        if (!top.takesName) top.items.push(tokenItem(token));
    }
  }

  private open(kind: FrameKind, token: Token): OpenFrame {
    const { top } = this;
    const named = top.takesName && (kind === 'string' || kind === 'interpolation');
    if (top.takesName && !named) top.state = 'value';
    const role: Role =
      top.kind === 'string' || named
        ? { kind: 'name' }
        : top.state === 'inherit' || top.state === 'default'
          ? { kind: 'argument', head: '', index: 0 }
          : roleAfter(top.items, top.kind === 'list');
    const frame = new OpenFrame(kind, role, token.start, token.end);
    this.frames.push(frame);
    return frame;
  }

  private closeString(token: Token): void {
    const frame = this.top;
    if (frame.kind !== 'string') return;
    this.frames.pop();
    const plain = frame.computed ? null : frame.text;
    if (this.top.takesName) this.addName({ text: plain, start: frame.start, end: token.end });
    else this.top.items.push(groupItem('"', frame.start, token.end, { plain }));
  }

  private closeInterpolation(token: Token): void {
    const index = this.nearest('interpolation');
    if (index === -1) return;
    const frame = this.frames[index] as OpenFrame;
    this.frames.length = index;
    if (this.top.kind === 'string') this.top.computed = true;
    else if (this.top.takesName) this.addName({ text: null, start: frame.start, end: token.end });
    else this.top.items.push(groupItem('${', frame.start, token.end));
  }

  private word(token: Token): void {
    const { top } = this;
    if (top.takesName) {
      if (token.text === 'in' && top.kind === 'let') this.closeLet();
      else if (token.text === 'inherit' && !top.dotted) {
        top.state = 'inherit';
        top.items = [];
      } else this.addName({ text: token.text, start: token.start, end: token.end });
      return;
    }
    if (isSelected(top.items)) top.items.push(tokenItem(token));
    else if (token.text === 'let') this.open('let', token);
    else if (token.text === 'in') this.closeLet();
    else if (token.text === 'with' || token.text === 'assert') {
      top.pending++;
      top.items = [];
    } else if (RESTARTS.has(token.text)) top.items = [];
    else top.items.push(tokenItem(token));
  }

  private addName(segment: PathSegment): void {
    const { top } = this;
    if (!top.dotted) top.path = [];
    top.path.push(segment);
    top.dotted = false;
  }

  private punctuation(token: Token): void {
    const { top } = this;
    switch (token.text) {
      case '{':
        this.open('set', token);
        return;
      case '[':
        this.open('list', token);
        return;
      case '(':
        this.open('paren', token);
        return;
      case '}':
        this.close('set', token);
        return;
      case ']':
        this.close('list', token);
        return;
      case ')':
        this.close('paren', token);
        return;
      case '=':
        this.beginValue(token);
        return;
      case ';':
        this.endStatement(token);
        return;
      case ':':
        this.enterFunction();
        return;
      case '.':
        if (top.takesName) top.dotted = true;
        else top.items.push(tokenItem(token));
        return;
      case '@':
        if (!top.takesName) top.items.push(tokenItem(token));
        return;
      case ',':
      case '?':
      case '...':
        this.formal(token.text);
        return;
      default:
        if (!top.takesName) top.items = [];
    }
  }

  /** A sign that only the pattern of a function has: `{ a, b ? 1, ... }`. */
  private formal(sign: string): void {
    const { top } = this;
    if (top.kind !== 'set') {
      top.items = [];
      return;
    }
    const name = top.path.at(-1)?.text ?? null;
    if (top.state === 'name' && name !== null) top.formals.push(name);
    top.path = [];
    top.items = [];
    if (top.state === 'name' || top.state === 'default') top.state = sign === '?' ? 'default' : 'name';
  }

  /** `:` after a name or a pattern: what follows is the body of a function. */
  private enterFunction(): void {
    const { top } = this;
    if (top.takesName) return;
    const names = namesOfPattern(top.items);
    if (names !== null) top.scopes.push({ names, byFunction: true, aliases: new Map() });
    top.items = [];
  }

  private beginValue(token: Token): void {
    let path: readonly PathSegment[] = this.top.path;
    if (!this.top.takesName) {
      // The end of what came before is missing: `a = 1  b = 2;`, `a = [ 1  b = 2;`.
      path = trailingPath(this.top.items);
      const index = this.nearestSet();
      if (index === -1) {
        this.top.items = [];
        return;
      }
      this.frames.length = index + 1;
      this.finishBinding(path[0]?.start ?? token.start);
    }
    this.dedent(path[0]?.start ?? token.start);
    const { top } = this;
    top.path = [...path];
    top.dotted = false;
    top.state = 'value';
    top.valueStart = token.end;
    top.items = [];
    top.scopes = [];
  }

  /**
   * In a broken file: a binding that stands in line with those of a set further out belongs to that one; the end of what
   * is between is missing. Also notes the column that the bindings of a set have.
   */
  private dedent(start: number): void {
    const column = this.columnOfLine(start);
    if (column === null) return;
    if (this.broken && this.top.column !== null && this.top.column > column) {
      for (let index = this.frames.length - 2; index > 0; index--) {
        const frame = this.frames[index] as OpenFrame;
        if (frame.kind === 'string' || frame.kind === 'interpolation') break;
        if (frame.column !== column || (frame.kind !== 'set' && frame.kind !== 'let')) continue;
        this.frames.length = index + 1;
        this.finishBinding(start);
        break;
      }
    }
    this.top.column ??= column;
  }

  /** The column of what begins a line; null for what does not. */
  private columnOfLine(start: number): number | null {
    const line = this.text.lastIndexOf('\n', start - 1) + 1;
    return /^[ \t]*$/.test(this.text.slice(line, start)) ? start - line : null;
  }

  private endStatement(token: Token): void {
    if (this.top.pending > 0) {
      this.top.pending--;
      this.top.items = [];
      return;
    }
    const index = this.nearestSet();
    if (index === -1) return;
    this.frames.length = index + 1;
    this.finishBinding(token.start);
  }

  private finishBinding(end: number): void {
    const { top } = this;
    if (top.state === 'value' && top.path.length > 0)
      top.bindings.push({ path: top.path, valueStart: top.valueStart, valueEnd: end });
    if (top.state === 'inherit') {
      for (const { token } of top.items) {
        if (token?.kind !== 'name') continue;
        const { text, start } = token;
        top.bindings.push({ path: [{ text, start, end: token.end }], valueStart: start, valueEnd: end });
      }
    }
    top.state = 'name';
    top.path = [];
    top.dotted = false;
    top.items = [];
    top.scopes = [];
    top.pending = 0;
  }

  private close(kind: 'set' | 'list' | 'paren', token: Token): void {
    const index = this.nearest(kind);
    if (index === -1) return;
    const frame = this.frames[index] as OpenFrame;
    this.frames.length = index;
    if (this.top.takesName) return;
    const last = frame.path.at(-1)?.text;
    const names = frame.state === 'name' && last != null ? [...frame.formals, last] : frame.formals;
    const opener = kind === 'set' ? '{' : kind === 'list' ? '[' : '(';
    this.top.items.push(
      groupItem(opener, frame.start, token.end, { names, inner: kind === 'paren' ? frame.items : [] }),
    );
  }

  private closeLet(): void {
    const index = this.nearest('let');
    if (index === -1) {
      this.top.items = [];
      return;
    }
    const frame = this.frames[index] as OpenFrame;
    this.frames.length = index;
    this.top.scopes.push(boundBy(frame, this.text));
    this.top.items = [];
  }

  /** The innermost frame of a kind, not looking out of a string or an interpolation; -1 where there is none. */
  private nearest(kind: FrameKind): number {
    for (let index = this.frames.length - 1; index > 0; index--) {
      const frame = this.frames[index] as OpenFrame;
      if (frame.kind === kind) return index;
      if (frame.kind === 'string' || frame.kind === 'interpolation') return -1;
    }
    return -1;
  }

  private nearestSet(): number {
    return Math.max(this.nearest('set'), this.nearest('let'));
  }
}

function isSelected(items: readonly Item[]): boolean {
  return items.at(-1)?.token?.text === '.';
}

function boundBy({ bindings }: Frame, text: string): BoundNames {
  const names = new Set<string>();
  const aliases = new Map<string, string>();
  for (const { path, valueStart, valueEnd } of bindings) {
    const name = path[0]?.text;
    if (name == null) continue;
    names.add(name);
    const value = text.slice(valueStart, valueEnd).trim();
    if (path.length === 1 && /^[A-Za-z_][\w'-]*$/.test(value)) aliases.set(name, value);
  }
  return { names, byFunction: false, aliases };
}
