import type { Part, Source } from '../eval/provenance';
import { PRIORITY } from '../eval/modules/definition';
import type { OptionTrace, TracedDefinition } from '../homelab/provenance';
import type { SyntaxNode } from '../nix/syntax';
import type { TraceSyntax } from './trace-syntax';
import { outlineText, valueText } from './trace-value';

/** Traces for people: `10.10.10.5 — containers/immich.nix:33, through constants.nix:7`. */
export function tracesAsText(traces: readonly OptionTrace[], syntax: TraceSyntax): string {
  const single = traces.length === 1;
  return traces
    .flatMap((trace) => {
      const lines = traceLines(trace, syntax);
      if (single) return lines;
      return [`${trace.host.name ?? trace.host.file}:`, ...lines.map((line) => `  ${line}`)];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function traceLines(trace: OptionTrace, syntax: TraceSyntax): string[] {
  const { definitions, value, source, disabled } = trace;
  const counting = definitions.filter(isCounting);
  const [only] = counting;
  const lines =
    counting.length > 1
      ? [
          `${valueText(value)} — merged from ${counting.length} definitions`,
          ...counting.flatMap((definition) =>
            indented(definitionLines(definition, definition.source.value, syntax)),
          ),
        ]
      : only === undefined
        ? sourceLines(source, value, syntax)
        : definitionLines(only, value, syntax);
  const others = definitions
    .filter((definition) => !isCounting(definition) && !definition.isDefault)
    .map((definition) => {
      const [line = ''] = definitionLines(definition, definition.source.value, syntax);
      return `  not used: ${line}${definition.state === 'switched off' ? ', its condition is false' : ''}`;
    });
  return [...lines, ...others, ...(disabled === null ? [] : [`  of no effect: ${disabled}`])];
}

function isCounting({ state }: TracedDefinition): boolean {
  return state === 'counts' || typeof state === 'object';
}

function definitionLines(
  definition: TracedDefinition,
  value: Source['value'],
  syntax: TraceSyntax,
): string[] {
  const { state, source } = definition;
  const note = priorityName(definition);
  const doubt = typeof state === 'object' ? ` (may not count: ${state.reason})` : '';
  const [first = '', ...rest] = sourceLines(source, value, syntax, note);
  return [first + doubt, ...rest];
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [PRIORITY.force, 'mkForce'],
  [PRIORITY.default, 'mkDefault'],
  [PRIORITY.image, 'mkImageMediaOverride'],
  [PRIORITY.vmOverride, 'mkVMOverride'],
  [PRIORITY.optionDefault, 'mkOptionDefault'],
]);

/** How a definition's priority is written; null for an ordinary one, and for an option's default. */
export function priorityName({ priority, isDefault }: TracedDefinition): string | null {
  if (isDefault || priority === PRIORITY.normal) return null;
  return NAMES.get(priority) ?? `mkOverride ${priority}`;
}

/** @param line the place that is named already, where the value is used */
function sourceLines(
  source: Source,
  value: Source['value'],
  syntax: TraceSyntax,
  note: string | null = null,
  line: string | null = null,
): string[] {
  const names = placesOf(source, syntax);
  const parts = source.parts.flatMap((part) =>
    indented(partLines(part, source, names.at(-1) ?? null, syntax)),
  );
  if (source.untold > 0 && parts.length > 0) parts.push(`  … and ${source.untold} more`);
  const shown = parts.length > 0 ? outlineText(value) : valueText(value);
  const isNamed = names[0] === line && (names.length > 1 || source.end.kind === 'default');
  const further = isNamed ? names.slice(1) : names;
  return [`${shown} — ${chain(source, further, note)}`, ...parts];
}

/** Where a chain leads: each place once in a row. */
export function placesOf({ through }: Source, syntax: TraceSyntax): string[] {
  const names = through.flatMap((node) => placeName(node, syntax));
  return names.filter((name, index) => name !== names[index - 1]);
}

function placeName(node: SyntaxNode, syntax: TraceSyntax): string[] {
  const place = syntax.place(node);
  return place === null ? [] : [`${place.file}:${place.line}`];
}

function chain(source: Source, names: readonly string[], note: string | null): string {
  const { end } = source;
  const [first, ...others] = names;
  const noted = first === undefined ? [] : [note === null ? first : `${first} (${note})`];
  const written = [...noted, ...(others.length === 0 ? [] : [`through ${others.join(', ')}`])];
  switch (end.kind) {
    case 'default':
      return [...written, `default of ${end.option}`, ...(end.file === '' ? ['nixpkgs'] : [])].join(', ');
    case 'merged':
      return [...written, `${source.parts.length + source.untold} definitions of ${end.option}`].join(', ');
    case 'written':
    case 'computed':
      return written.length > 0 ? written.join(', ') : 'not written in the repository';
  }
}

/** What a value is put together from; nothing of what stands on the same line anyway. */
function partLines(part: Part, whole: Source, line: string | null, syntax: TraceSyntax): string[] {
  const { source, label } = part;
  const lines = sourceLines(source, source.value, syntax, null, line);
  const names = placesOf(source, syntax);
  if (lines.length === 1 && source.end.kind === 'written' && names.every((name) => name === line)) return [];
  if (whole.end.kind === 'merged') return lines;
  const shown =
    typeof label === 'number'
      ? `[${label}]`
      : typeof label === 'string'
        ? label
        : oneLine(syntax.text(label));
  return [`${shown}: ${lines[0] ?? ''}`, ...lines.slice(1)];
}

const LONGEST = 70;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
