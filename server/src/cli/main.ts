import { runCommandLine } from './command-line';

runCommandLine(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`nixos-containers: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
