import type { Node } from 'web-tree-sitter';

/** A place where the text is not Nix, in words; offsets are absolute. */
export interface SyntaxError {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** Text that is merely not there yet: said when typing pauses, not between two keystrokes. */
  readonly incomplete: boolean;
}

/** More than this in one file tell no more than these. */
const MAX_ERRORS = 20;

/** What an error costs no more than: what stands beside it is read as it is meant. */
const BOUNDS: ReadonlySet<string> = new Set(['binding', 'formals', 'inherit', 'inherit_from']);

/**
 * Finds the damaged places of a tree and says for each what is missing or in the way. Outside of all bindings one error
 * spoils the rest, so only the first is said there.
 */
export function findSyntaxErrors(root: Node, text: string): SyntaxError[] {
  const errors: SyntaxError[] = [];
  const pending = [{ node: root, bounded: false }];
  let spoilt = false;
  for (let at = pending.pop(); at !== undefined && errors.length < MAX_ERRORS; at = pending.pop()) {
    const { node, bounded } = at;
    if (isGrammarGap(node, text)) continue;
    if (node.isMissing || node.isError) {
      if (spoilt && !bounded) continue;
      spoilt ||= !bounded;
      errors.push(node.isMissing ? missing(node, text) : unexpected(node, text));
    } else if (node.hasError) {
      const children = node.children;
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child != null && (child.hasError || child.isMissing || child.isError))
          pending.push({ node: child, bounded: bounded || BOUNDS.has(node.type) });
      }
    }
  }
  return errors;
}

/**
 * Nix that the grammar does not know, and that is therefore no error: `inherit;` without names, and an interpolation
 * right behind `~/`.
 */
function isGrammarGap(node: Node, text: string): boolean {
  if (node.isMissing) {
    const list = node.parent?.type === 'inherited_attrs' ? node.parent.parent : null;
    return node.type === 'identifier' && (list?.type === 'inherit' || list?.type === 'inherit_from');
  }
  if (!node.isError) return false;
  return text.startsWith('~/${', node.startIndex);
}

const CLOSERS: Record<string, string> = {
  '}': '`{`',
  ']': '`[`',
  ')': '`(`',
  '"': 'the string',
  "''": 'the string',
};

function missing(node: Node, text: string): SyntaxError {
  const end = endOfPreviousToken(text, node.startIndex);
  const start = Math.max(0, end - 1);
  const token = node.type;
  let message: string;
  if (token === ';') message = `\`;\` is missing after ${whatStandsBefore(node)}.`;
  else if (token in CLOSERS) {
    const opener = node.parent === null ? null : node.parent.firstChild;
    const line = opener === null ? '' : ` opened on line ${opener.startPosition.row + 1}`;
    message = `\`${token}\` is missing: it closes ${CLOSERS[token] ?? ''}${line}.`;
  } else if (token === 'identifier') message = missingExpression(node);
  else message = `\`${token}\` is missing.`;
  return { start, end: Math.max(end, start), message, incomplete: true };
}

function missingExpression(node: Node): string {
  const binding = ancestor(node, 'binding');
  const name = binding?.childForFieldName('attrpath')?.text;
  if (
    name !== undefined &&
    node.parent?.type === 'variable_expression' &&
    node.parent.parent?.type === 'binding'
  ) {
    return `The value of \`${name}\` is missing.`;
  }
  return 'A name or a value is missing here.';
}

function whatStandsBefore(node: Node): string {
  const binding = node.parent?.type === 'binding' ? node.parent : ancestor(node, 'binding');
  const name = binding?.childForFieldName('attrpath')?.text;
  if (name !== undefined) return `the value of \`${name}\``;
  if (node.parent?.type === 'inherit' || node.parent?.type === 'inherit_from')
    return 'the names of `inherit`';
  return 'the expression';
}

function unexpected(node: Node, text: string): SyntaxError {
  const first = firstToken(node);
  const whole = { start: node.startIndex, end: Math.max(node.endIndex, node.startIndex + 1) };
  const token = first.type === 'string_fragment' ? '"' : text.slice(first.startIndex, first.endIndex);
  const parent = node.parent;
  if (token === '=' && parent?.type === 'apply_expression') {
    const value = missingSemicolon(node, parent, text);
    if (value !== null) return value;
  }
  if (parent?.type === 'formals' || parent?.type === 'formal') {
    const at = endOfPreviousToken(text, first.startIndex);
    return {
      start: at,
      end: first.endIndex,
      message: `\`,\` is missing before \`${token}\` in the function's arguments.`,
      incomplete: true,
    };
  }
  const marker = /^(<{7}|={7}|>{7}|\|{7})/.exec(text.slice(lineStart(text, first.startIndex)));
  if (marker !== null) {
    const start = lineStart(text, first.startIndex);
    const end = lineEnd(text, start);
    return {
      start,
      end,
      message: 'Unresolved merge conflict: choose one side and remove the markers.',
      incomplete: false,
    };
  }
  if (token === '.') {
    return {
      start: first.startIndex,
      end: first.endIndex,
      message: 'An attribute name is missing after `.`.',
      incomplete: true,
    };
  }
  if (token === '"' || token === "''") {
    const line = first.startPosition.row + 1;
    const end = Math.min(lineEnd(text, first.startIndex), whole.end);
    return {
      start: first.startIndex,
      end,
      message: `The string opened on line ${line} is not closed.`,
      incomplete: true,
    };
  }
  if (token === '}' || token === ']' || token === ')') {
    return {
      start: first.startIndex,
      end: first.endIndex,
      message: `\`${token}\` closes nothing: remove it, or open what it closes.`,
      incomplete: false,
    };
  }
  const unclosed = unclosedOpener(node);
  if (unclosed !== null) return unclosed;
  const end = Math.min(lineEnd(text, first.startIndex), whole.end);
  const shown = text.slice(first.startIndex, Math.min(end, first.startIndex + 30)).trim();
  const begun = /^([^\s=]+(?:\s*\.\s*[^\s=]+)*)\s*=(?!=)/.exec(text.slice(first.startIndex, end));
  if (first.type === 'identifier' && begun !== null) {
    const name = { start: first.startIndex, end: first.startIndex + (begun[1] ?? '').length };
    return { ...name, message: `The value of \`${begun[1] ?? ''}\` is not complete.`, incomplete: true };
  }
  if (first.type === 'identifier' || first.type === 'attrpath') {
    return {
      start: first.startIndex,
      end,
      message: `\`${shown}\` is not complete: \`= value;\` is missing.`,
      incomplete: true,
    };
  }
  return {
    start: first.startIndex,
    end: Math.max(end, first.startIndex + 1),
    message: `\`${shown}\` is not expected here.`,
    incomplete: false,
  };
}

/** `a = 1  b = 2;`: the grammar reads the second name as an argument of the first value. */
function missingSemicolon(error: Node, call: Node, text: string): SyntaxError | null {
  const fn = call.childForFieldName('function');
  const name = fn?.type === 'apply_expression' ? fn.childForFieldName('argument') : null;
  const value = fn?.type === 'apply_expression' ? fn.childForFieldName('function') : null;
  if (name == null || value == null || name.endIndex > error.startIndex) return null;
  const binding = ancestor(call, 'binding')?.childForFieldName('attrpath')?.text;
  const start = Math.max(value.startIndex, value.endIndex - 1);
  const after = binding === undefined ? 'this value' : `the value of \`${binding}\``;
  return {
    start,
    end: endOfPreviousToken(text, value.endIndex),
    message: `\`;\` is missing after ${after}, before \`${name.text}\`.`,
    incomplete: true,
  };
}

function unclosedOpener(node: Node): SyntaxError | null {
  const open: Node[] = [];
  const tokens: Node[] = [];
  const pending: Node[] = [node];
  for (let next = pending.pop(); next !== undefined && tokens.length < 20000; next = pending.pop()) {
    if (next.childCount === 0) tokens.push(next);
    else
      for (let i = next.childCount - 1; i >= 0; i--) {
        const child = next.child(i);
        if (child !== null) pending.push(child);
      }
  }
  for (const token of tokens) {
    if (['{', '[', '(', '${'].includes(token.type)) open.push(token);
    else if (['}', ']', ')'].includes(token.type)) {
      const opener = open.pop();
      // One of the two is wrong, and which one is not known.
      if (opener !== undefined && token.type !== closerOf(opener))
        return {
          start: token.startIndex,
          end: token.endIndex,
          message: `\`${token.type}\` is not expected here: \`${opener.type}\` opened on line ${lineOf(opener)} is still open.`,
          incomplete: true,
        };
    }
  }
  const last = open.pop();
  if (last === undefined) return null;
  const closer = closerOf(last);
  const line = lineOf(last);
  return {
    start: last.startIndex,
    end: last.endIndex,
    message: `\`${last.type}\` opened on line ${line} is not closed: \`${closer}\` is missing.`,
    incomplete: true,
  };
}

function closerOf(opener: Node): string {
  return opener.type === '[' ? ']' : opener.type === '(' ? ')' : '}';
}

function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

function firstToken(node: Node): Node {
  let token = node;
  for (let child = token.firstChild; child !== null; child = token.firstChild) token = child;
  return token;
}

function ancestor(node: Node, type: string): Node | null {
  let current = node.parent;
  while (current !== null && current.type !== type) current = current.parent;
  return current;
}

function endOfPreviousToken(text: string, offset: number): number {
  let end = offset;
  while (end > 0 && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/\r?\n/);
  return end === -1 ? text.length : offset + end;
}
