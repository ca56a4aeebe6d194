/** A snippet body as VS Code's grammar has it, without transforms: tab stops, placeholders, choices, variables. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stop'; readonly number: number; readonly default: readonly Part[] | undefined }
  | { readonly kind: 'variable'; readonly name: string; readonly default: readonly Part[] | undefined };

function parse(body: string): Part[] {
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    const found = new RegExp(pattern.source, 'y');
    found.lastIndex = at;
    const text = found.exec(body)?.[0];
    if (text !== undefined) at += text.length;
    return text;
  };
  const fail = (): never => {
    throw new Error(`not a snippet at ${at}: ${body.slice(at, at + 30)}`);
  };

  function parts(end: string): Part[] {
    const list: Part[] = [];
    while (at < body.length && !body.startsWith(end || '\0', at)) {
      const text = take(/(?:[^\\$}]|\\[\\$}]|\\)+/) ?? (end === '' ? take(/\}/) : undefined);
      if (text === undefined) list.push(variable());
      else list.push({ kind: 'text', text: text.replace(/\\([\\$}])/g, '$1') });
    }
    return list;
  }

  function choices(): Part[] {
    const first = take(/(?:[^\\,|]|\\.)+/) ?? fail();
    while (take(/,/) !== undefined) take(/(?:[^\\,|]|\\.)*/);
    if (take(/\|/) === undefined) fail();
    return [{ kind: 'text', text: first.replace(/\\(.)/g, '$1') }];
  }

  function variable(): Part {
    if (take(/\$/) === undefined) fail();
    const braced = take(/\{/) !== undefined;
    const name = take(/\d+|[A-Za-z_]\w*/) ?? fail();
    let value: Part[] | undefined;
    if (braced) {
      if (take(/:/) !== undefined) value = parts('}');
      else if (take(/\|/) !== undefined) value = choices();
      if (take(/\}/) === undefined) fail();
    }
    return /^\d/.test(name)
      ? { kind: 'stop', number: Number(name), default: value }
      : { kind: 'variable', name, default: value };
  }

  return parts('');
}

export interface Expanded {
  readonly text: string;
  /** The tab stops in the order in which Tab visits them, the final one (0) last. */
  readonly stops: readonly number[];
  readonly variables: readonly string[];
}

/**
 * The text that inserting the snippet gives while nothing is typed. A variable without a value takes its default;
 * a tab stop takes the default that one of its places has.
 */
export function expandSnippet(
  body: string | readonly string[],
  values: Readonly<Record<string, string>>,
): Expanded {
  const tree = parse(typeof body === 'string' ? body : body.join('\n'));
  const defaults = new Map<number, readonly Part[]>();
  const stops = new Set<number>();
  const variables = new Set<string>();

  const collect = (part: Part): void => {
    if (part.kind === 'text') return;
    if (part.kind === 'variable') variables.add(part.name);
    else {
      stops.add(part.number);
      if (part.default) {
        if (defaults.has(part.number)) throw new Error(`tab stop ${part.number} has two defaults`);
        defaults.set(part.number, part.default);
      }
    }
    part.default?.forEach(collect);
  };
  tree.forEach(collect);

  const render = (parts: readonly Part[], inside: readonly number[]): string =>
    parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        if (part.kind === 'variable') return values[part.name] ?? render(part.default ?? [], inside);
        if (inside.includes(part.number)) throw new Error(`tab stop ${part.number} contains itself`);
        return render(defaults.get(part.number) ?? [], [...inside, part.number]);
      })
      .join('');

  return {
    text: render(tree, []),
    stops: [...stops].sort((a, b) => (a || Infinity) - (b || Infinity)),
    variables: [...variables],
  };
}
