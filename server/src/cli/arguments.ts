import { parseArgs } from 'node:util';
import { problem } from './output';

/** The options a subcommand takes: each with a value, and the values that are allowed. */
export type OptionTable = Readonly<
  Record<string, { readonly values?: readonly string[]; readonly flag?: boolean; readonly several?: boolean }>
>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
  /** The values of the options that may be given several times. */
  readonly several: Readonly<Record<string, readonly string[]>>;
}

/** Reads a subcommand's arguments; null, after saying what is wrong, where they do not fit. */
export function readArguments(
  args: readonly string[],
  table: OptionTable,
  most: number,
): ParsedArguments | null {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { flag, several: multiple = false }]) => [
      name,
      { type: flag === true ? ('boolean' as const) : ('string' as const), multiple },
    ]),
  );
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (parsed.positionals.length > most) {
      problem(`too many arguments: ${parsed.positionals.slice(most).join(' ')}`);
      return null;
    }
    const found: Record<string, string | true> = {};
    const several: Record<string, string[]> = {};
    for (const [name, value] of Object.entries(parsed.values)) {
      const allowed = table[name]?.values;
      if (typeof value === 'string' && allowed !== undefined && !allowed.includes(value)) {
        problem(`--${name} is one of ${allowed.join(', ')}, not ${value}`);
        return null;
      }
      if (typeof value === 'string' || value === true) found[name] = value;
      else if (Array.isArray(value)) several[name] = value.filter((one) => typeof one === 'string');
    }
    return { positionals: parsed.positionals, options: found, several };
  } catch (error) {
    problem(error instanceof Error ? error.message : String(error));
    return null;
  }
}
