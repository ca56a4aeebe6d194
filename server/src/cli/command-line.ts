import { version } from '../../package.json';
import { addCommand } from './add';
import { checkCommand } from './check';
import { evalCommand } from './eval';
import { explainCommand } from './explain';
import { inventoryCommand } from './inventory';
import { lspCommand } from './lsp';
import { problem, result } from './output';
import { STATUS, type Command } from './command';
import { traceCommand } from './trace';

/** Every subcommand, in the order the help shows them. */
const COMMANDS: readonly Command[] = [
  checkCommand,
  inventoryCommand,
  addCommand,
  evalCommand,
  traceCommand,
  explainCommand,
  lspCommand,
];

/**
 * Runs one command line.
 * @param args without the program's name
 * @returns the exit status
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    result(usage());
    return name === undefined ? STATUS.usage : STATUS.clean;
  }
  if (name === '--version') {
    result(`${version}\n`);
    return STATUS.clean;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    problem(`there is no subcommand ${name}. Known: ${COMMANDS.map((known) => known.name).join(', ')}.`);
    return STATUS.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    result(`${command.usage}\n\n${command.summary}\n`);
    return STATUS.clean;
  }
  return command.run(rest);
}

function usage(): string {
  const lines = COMMANDS.map(({ usage: line, summary }) => `  ${line}\n      ${summary}`);
  return `nixos-containers: finds mistakes in homelabs built from declarative NixOS containers\n\n${lines.join('\n')}\n\nExit status: 0 nothing found, 1 findings, 2 wrong usage or unreadable input.\n`;
}
