import type { Source } from '../eval/provenance';
import type { OptionTrace, TracedDefinition } from '../homelab/provenance';
import type { TraceSyntax } from './trace-syntax';
import { valueJson } from './trace-value';

/** Version 1 of `trace --format json`. */
export function tracesAsJson(option: string, traces: readonly OptionTrace[], syntax: TraceSyntax): string {
  const json = {
    version: 1,
    option,
    traces: traces.map(({ host, disabled, value, definitions, source }) => ({
      host: host.name,
      disabled,
      value: valueJson(value),
      definitions: definitions.map((definition) => definitionJson(definition, syntax)),
      ...sourceJson(source, syntax),
    })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function definitionJson(
  { priority, isDefault, state, source }: TracedDefinition,
  syntax: TraceSyntax,
): object {
  return {
    value: valueJson(source.value),
    priority,
    default: isDefault,
    state: typeof state === 'object' ? { unknown: state.reason } : state,
    ...sourceJson(source, syntax),
  };
}

function sourceJson({ through, end, parts, untold }: Source, syntax: TraceSyntax): object {
  return {
    places: through.flatMap((node) => syntax.place(node) ?? []),
    end: end.kind,
    ...('option' in end ? { endsIn: end.option } : {}),
    parts: parts.map(({ label, source }) => ({
      label: typeof label === 'object' ? syntax.text(label) : label,
      value: valueJson(source.value),
      ...sourceJson(source, syntax),
    })),
    ...(untold === 0 ? {} : { untold }),
  };
}
