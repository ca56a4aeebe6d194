/**
 * POSIX extended regular expressions as `builtins.match` and `builtins.split` know them: those of libstdc++'s
 * `std::regex` with `extended`, on bytes. Source: GCC's regex_scanner.tcc, regex_compiler.tcc and regex_executor.tcc
 * (the depth-first executor). JavaScript's own expressions differ: they take the first alternative that matches, not
 * the longest, forget groups between repetitions, and can run forever.
 */

/** Where a group matched: start and end; null when it took no part. */
export type Span = readonly [start: number, end: number];

export interface Match {
  readonly whole: Span;
  readonly groups: readonly (Span | null)[];
}

export class InvalidRegex extends Error {}

type Node =
  | { readonly kind: 'class'; readonly test: (byte: number) => boolean }
  | { readonly kind: 'start' | 'end' | 'empty' }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number };

/** How often an interval may repeat; libstdc++ refuses expressions of more than 100,000 states. */
const MAX_REPEAT = 10_000;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  // eslint-disable-next-line no-control-regex
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

class RegexParser {
  private at = 0;
  groups = 0;
  constructor(private readonly text: string) {}

  parse(): Node {
    const node = this.alternatives();
    if (this.at < this.text.length) throw new InvalidRegex();
    return node;
  }

  private alternatives(): Node {
    let left = this.sequence();
    while (this.take('|')) left = { kind: 'either', left, right: this.sequence() };
    return left;
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.text.length && this.peek() !== '|' && this.peek() !== ')') parts.push(this.term());
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'sequence', parts };
  }

  private term(): Node {
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    let node = this.atom();
    for (;;) {
      if (this.take('*')) node = { kind: 'repeat', body: node, least: 0, most: Infinity };
      else if (this.take('+')) node = { kind: 'repeat', body: node, least: 1, most: Infinity };
      else if (this.take('?')) node = { kind: 'repeat', body: node, least: 0, most: 1 };
      else if (this.take('{')) node = this.interval(node);
      else return node;
    }
  }

  private atom(): Node {
    const character = this.next();
    switch (character) {
      case '.':
        return { kind: 'class', test: (byte) => byte !== 0 };
      case '[':
        return this.bracket();
      case '\\':
        return literal(this.next());
      case '(': {
        const index = this.groups++;
        const body = this.alternatives();
        if (!this.take(')')) throw new InvalidRegex();
        return { kind: 'group', index, body };
      }
      case '*':
      case '+':
      case '?':
      case '{':
        throw new InvalidRegex();
      default:
        return literal(character);
    }
  }

  private interval(body: Node): Node {
    const found = /^([0-9]+)(,([0-9]*))?\}/.exec(this.text.slice(this.at));
    if (found === null) throw new InvalidRegex();
    this.at += found[0].length;
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3]);
    if (most < least || least > MAX_REPEAT || (most > MAX_REPEAT && most !== Infinity))
      throw new InvalidRegex();
    return { kind: 'repeat', body, least, most };
  }

  private bracket(): Node {
    const negated = this.take('^');
    const members = new Set<number>();
    const add = (from: number, to: number): void => {
      for (let byte = from; byte <= to; byte++) members.add(byte);
    };
    for (let first = true; first || this.peek() !== ']'; first = false) {
      const name = this.named();
      if (name?.delimiter === ':') {
        const test = CLASSES[name.text.toLowerCase()];
        if (test === undefined) throw new InvalidRegex();
        for (let byte = 0; byte < 128; byte++) if (test.test(String.fromCharCode(byte))) members.add(byte);
        continue;
      }
      const from = byteOf(name?.text ?? this.next());
      const ranged = this.peek() === '-' && this.text[this.at + 1] !== ']' && this.at + 1 < this.text.length;
      if (!ranged) {
        add(from, from);
        continue;
      }
      this.at++;
      const to = byteOf(this.named()?.text ?? this.next());
      if (to < from) throw new InvalidRegex();
      add(from, to);
    }
    this.at++;
    return { kind: 'class', test: (byte) => members.has(byte) !== negated };
  }

  /** `[:digit:]`, `[.x.]` and `[=x=]` inside brackets. */
  private named(): { delimiter: string; text: string } | null {
    const found = /^\[([:.=])(.*?)\1\]/s.exec(this.text.slice(this.at));
    if (found === null) return null;
    this.at += found[0].length;
    return { delimiter: found[1] ?? '', text: found[2] ?? '' };
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private next(): string {
    const character = this.text[this.at++];
    if (character === undefined) throw new InvalidRegex();
    return character;
  }
}

function literal(character: string): Node {
  const wanted = character.charCodeAt(0);
  return { kind: 'class', test: (byte) => byte === wanted };
}

function byteOf(text: string): number {
  if (text.length !== 1) throw new InvalidRegex();
  return text.charCodeAt(0);
}

/** One attempt to match at one place. */
interface Run {
  readonly text: string;
  readonly begin: number;
  /** Whether `^` holds at `begin`. */
  readonly lineStart: boolean;
  /** Whether the match must reach the end of the text. */
  readonly whole: boolean;
  readonly notEmpty: boolean;
  readonly spend: (steps: number) => void;
  readonly groups: (Span | null)[];
  found: boolean;
  best: Match | null;
}

type Continue = (at: number) => void;
type Matcher = (run: Run, at: number, then: Continue) => void;

function compileNode(node: Node): Matcher {
  switch (node.kind) {
    case 'empty':
      return (_run, at, then) => then(at);
    case 'class': {
      const { test } = node;
      return (run, at, then) => {
        if (at < run.text.length && test(run.text.charCodeAt(at))) then(at + 1);
      };
    }
    case 'start':
      return (run, at, then) => {
        if (at === run.begin && run.lineStart) then(at);
      };
    case 'end':
      return (run, at, then) => {
        if (at === run.text.length) then(at);
      };
    case 'sequence':
      return node.parts
        .map(compileNode)
        .reduceRight(
          (rest, part) => (run, at, then) => part(run, at, (next) => rest(run, next, then)),
          compileNode({ kind: 'empty' }),
        );
    case 'either': {
      const [left, right] = [compileNode(node.left), compileNode(node.right)];
      return (run, at, then) => {
        left(run, at, then);
        const { found } = run;
        run.found = false;
        right(run, at, then);
        run.found ||= found;
      };
    }
    case 'group': {
      const body = compileNode(node.body);
      const { index } = node;
      return (run, at, then) => {
        body(run, at, (end) => {
          const before = run.groups[index] ?? null;
          run.groups[index] = [at, end];
          then(end);
          run.groups[index] = before;
        });
      };
    }
    case 'repeat':
      return node.body.kind === 'class'
        ? repeatClass(node.body.test, node.least, node.most)
        : repeat(compileNode(node.body), node.least, node.most);
  }
}

/** A repeated single character needs no recursion: as many as there are, then fewer. */
function repeatClass(test: (byte: number) => boolean, least: number, most: number): Matcher {
  return (run, at, then) => {
    let end = at;
    const last = Math.min(run.text.length, at + most);
    while (end < last && test(run.text.charCodeAt(end))) end++;
    run.spend(end - at);
    for (; end - at >= least; end--) {
      then(end);
      if (run.found) return;
    }
  };
}

function repeat(body: Matcher, least: number, most: number): Matcher {
  const loop = (run: Run, at: number, then: Continue, count: number, empty: number): void => {
    run.spend(1);
    if (count < least) {
      body(run, at, (next) => loop(run, next, then, count + 1, 0));
      return;
    }
    // A repetition that consumes nothing is tried once more and no further.
    if (count < most && empty < 2)
      body(run, at, (next) => loop(run, next, then, count + 1, next === at ? empty + 1 : 0));
    if (!run.found) then(at);
  };
  return (run, at, then) => loop(run, at, then, 0, 0);
}

/** A compiled regular expression over byte strings. */
export class Regex {
  private readonly matcher: Matcher;
  private readonly groupCount: number;
  /** The text itself where the expression has no special character. */
  private readonly plain: string | null;

  /** Throws `InvalidRegex`. */
  constructor(source: string) {
    const parser = new RegexParser(source);
    this.matcher = compileNode(parser.parse());
    this.groupCount = parser.groups;
    const unescaped = source.replace(/\\([\s\S])/g, '$1');
    this.plain = source !== '' && /^(?:[^\\^$.*+?()[{|]|\\[\s\S])+$/.test(source) ? unescaped : null;
  }

  /** The match of a whole text. */
  matchWhole(text: string, spend: (steps: number) => void): Match | null {
    return this.matchAt(text, 0, { lineStart: true, whole: true, notEmpty: false }, spend);
  }

  /** Every match in a text, from left to right, as C++'s `regex_iterator` finds them. */
  matches(text: string, spend: (steps: number) => void): Match[] {
    const found: Match[] = [];
    let at = 0;
    let first = true;
    for (;;) {
      const match = this.search(text, at, first, spend);
      if (match === null) return found;
      found.push(match);
      at = match.whole[1];
      let last = match;
      while (last.whole[0] === last.whole[1]) {
        if (at === text.length) return found;
        const longer = this.matchAt(text, at, { lineStart: first, whole: false, notEmpty: true }, spend);
        if (longer === null) {
          at++;
          break;
        }
        found.push(longer);
        last = longer;
        at = longer.whole[1];
      }
      first = false;
    }
  }

  private search(
    text: string,
    from: number,
    lineStart: boolean,
    spend: (steps: number) => void,
  ): Match | null {
    if (this.plain !== null) {
      const at = text.indexOf(this.plain, from);
      spend((at < 0 ? text.length : at) - from + 1);
      return at < 0 ? null : { whole: [at, at + this.plain.length], groups: [] };
    }
    for (let at = from; at <= text.length; at++) {
      const match = this.matchAt(
        text,
        at,
        { lineStart: lineStart && at === from, whole: false, notEmpty: false },
        spend,
      );
      if (match !== null) return match;
    }
    return null;
  }

  private matchAt(
    text: string,
    at: number,
    how: Pick<Run, 'lineStart' | 'whole' | 'notEmpty'>,
    spend: (steps: number) => void,
  ): Match | null {
    const groups = Array.from({ length: this.groupCount }, () => null);
    const run: Run = { text, begin: at, ...how, spend, groups, found: false, best: null };
    spend(1);
    this.matcher(run, at, (end) => {
      if ((run.whole && end !== text.length) || (run.notEmpty && end === at)) return;
      run.found = true;
      if (run.best === null || run.best.whole[1] < end)
        run.best = { whole: [at, end], groups: [...run.groups] };
    });
    return run.best;
  }
}
