import { runCommandLine } from '../cli/command-line';
import { wordsOf } from '../eval/value';

/** Runs the command line that the process was started with, and sets its exit status. */
export function startCommandLine(): void {
  runCommandLine(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(`nixos-containers: ${wordsOf(error)}\n`);
      process.exitCode = 2;
    },
  );
}
