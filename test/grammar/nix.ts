import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What `nix-instantiate --parse` has against a text; null where there is nothing. */
export type NixParse = (text: string) => string | null;

/** Real Nix, unprivileged and with its state in a folder of its own; undefined where it is not installed. */
export function startNix(): { parse: NixParse; stop: () => void } | undefined {
  const state = mkdtempSync(path.join(tmpdir(), 'nix-parse-'));
  const names = ['NIX_STATE_DIR', 'NIX_STORE_DIR', 'NIX_LOG_DIR', 'NIX_CONF_DIR', 'HOME'];
  const env = {
    PATH: process.env.PATH,
    NIX_REMOTE: '',
    ...Object.fromEntries(names.map((name) => [name, path.join(state, name.toLowerCase())])),
  };
  const run = (...args: string[]) => spawnSync('nix-instantiate', args, { encoding: 'utf8', env });
  const stop = () => {
    rmSync(state, { recursive: true, force: true });
  };
  if (run('--version').status !== 0) {
    stop();
    return undefined;
  }
  const file = path.join(state, 'text.nix');
  return {
    stop,
    parse: (text) => {
      writeFileSync(file, text);
      const { status, stderr } = run('--parse', file);
      return status === 0 ? null : stderr;
    },
  };
}
