import { finding } from './rule';
import { perFile } from './scopes';

/** Text that is not Nix. Says what is missing or in the way. */
export const syntaxError = perFile({
  id: 'syntax-error',
  severity: 'error',
  description: 'The file is not Nix: something is missing or in the way.',
  *look(_homelab, file) {
    for (const { start, end, message, incomplete } of file.errors) {
      const at = { file: file.path, range: { start, end }, ...file.lines.positionAt(start) };
      yield finding(syntaxError, { at, message, incomplete });
    }
  },
});
