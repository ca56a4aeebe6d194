import { finding, type Rule } from './rule';

/** Text that is not Nix. Says what is missing or in the way. */
export const syntaxError: Rule = {
  id: 'syntax-error',
  severity: 'error',
  description: 'The file is not Nix: something is missing or in the way.',
  *check({ files }) {
    for (const path of files.nixFiles()) {
      const file = files.parsed(path);
      for (const error of file?.errors ?? []) {
        const range = { start: error.start, end: error.end };
        const { line, character } = file?.lines.positionAt(error.start) ?? { line: 0, character: 0 };
        yield finding(syntaxError, {
          at: { file: path, range, line, character },
          message: error.message,
          incomplete: error.incomplete,
        });
      }
    }
  },
};
