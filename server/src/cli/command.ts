/** Exit statuses. Source: design.md, "Contracts". */
export const STATUS = { clean: 0, findings: 1, usage: 2 } as const;

/** A subcommand of the command line. */
export interface Command {
  readonly name: string;
  /** How it is called, e.g. `check [FOLDER] [--format text|json]`. */
  readonly usage: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** Runs it; returns the exit status. */
  run(args: readonly string[]): Promise<number>;
}
