import { parseArgs } from 'node:util';
import { problem } from './output';

/** The options a subcommand takes: each with a value, and the values that are allowed. */
export type OptionTable = Readonly<
  Record<string, { readonly values?: readonly string[]; readonly flag?: boolean }>
>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
}

/** Reads a subcommand's arguments; null, after saying what is wrong, where they do not fit. */
export function readArguments(
  args: readonly string[],
  table: OptionTable,
  most: number,
): ParsedArguments | null {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { flag }]) => [
      name,
      { type: flag === true ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (parsed.positionals.length > most) {
      problem(`too many arguments: ${parsed.positionals.slice(most).join(' ')}`);
      return null;
    }
    const found: Record<string, string | true> = {};
    for (const [name, value] of Object.entries(parsed.values)) {
      const allowed = table[name]?.values;
      if (typeof value === 'string' && allowed !== undefined && !allowed.includes(value)) {
        problem(`--${name} is one of ${allowed.join(', ')}, not ${value}`);
        return null;
      }
      if (typeof value === 'string' || value === true) found[name] = value;
    }
    return { positionals: parsed.positionals, options: found };
  } catch (error) {
    problem(error instanceof Error ? error.message : String(error));
    return null;
  }
}
