import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Evaluation } from '../eval/evaluation';
import { printNix, toJson } from '../eval/print';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { isInside } from '../nix/paths';
import { scanFolder, toEnginePath } from '../workspace/disk';
import { Workspace } from '../workspace/workspace';
import { readArguments } from './arguments';
import { STATUS, type Command } from './command';
import { loadParser } from './load';
import { problem, result } from './output';

/** `eval`: the value of one Nix file, everything in it included. */
export const evalCommand: Command = {
  name: 'eval',
  usage: 'eval FILE [--format json|nix]',
  summary: 'Evaluates one Nix file; what cannot be known is printed as unknown, with the reason.',
  async run(args) {
    const parsed = readArguments(args, { format: { values: ['json', 'nix'] } }, 1);
    const [name] = parsed?.positionals ?? [];
    if (parsed === null) return STATUS.usage;
    if (name === undefined) {
      problem('eval needs a FILE');
      return STATUS.usage;
    }
    const path = resolve(name);
    const info = await stat(path).catch(() => null);
    if (info?.isFile() !== true) {
      problem(info === null ? `${name} does not exist` : `${name} is not a file`);
      return STATUS.usage;
    }
    const folder = toEnginePath(dirname(path));
    const [parser, scan] = await Promise.all([loadParser(), scanFolder(dirname(path))]);
    const workspace = new Workspace(parser, (file) => scan.complete && isInside(folder, file));
    for (const [file, stored] of scan.files) workspace.setFile(file, stored);
    workspace.setFile(toEnginePath(path), { text: await readFile(path, 'utf8') });
    const thunk = new Evaluation(workspace.snapshot()).fileThunk(toEnginePath(path));
    const root = inspect(thunk);
    if (root instanceof Unknown && (root.cause === 'syntax' || root.cause === 'cycle')) {
      problem(`error: ${root.reason}`);
      return STATUS.findings;
    }
    const text = attempt(() =>
      parsed.options['format'] === 'nix' ? printNix(thunk) : JSON.stringify(toJson(thunk), null, 2),
    );
    if (text instanceof Failure || text instanceof Unknown) {
      problem(`error: ${text instanceof Failure ? text.message : text.reason}`);
      return STATUS.findings;
    }
    result(`${text}\n`);
    return STATUS.clean;
  },
};
