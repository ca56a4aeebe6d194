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
