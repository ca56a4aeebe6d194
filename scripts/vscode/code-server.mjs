import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runQuietly } from '../setup/run.mjs';
import { descendants, endAll } from './processes.mjs';
import { QUIET_SETTINGS } from './settings.mjs';

/**
 * @typedef {object} RunningCodeServer
 * @property {string} authority host and port, on the loopback interface
 * @property {Promise<unknown>} exited
 * @property {(file: string) => string} remoteUri the address by which the workbench knows a file of this machine
 * @property {(options: { folder?: string }) => string} url the workbench's address, with a folder open
 * @property {() => Promise<void>} stop
 */

/**
 * Starts VS Code (code-server) on a free loopback port, with fresh folders of its own, and no other service in reach.
 * @param {object} options
 * @param {string} options.node
 * @param {string} options.codeServer
 * @param {string[]} [options.vsix] extensions to install first
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.trust] whether folders are trusted without a question
 * @param {boolean} [options.detached] out of reach of the terminal's Ctrl+C, for a caller that stops it then
 * @returns {Promise<RunningCodeServer>}
 */
export async function startCodeServer({
  node,
  codeServer,
  vsix = [],
  settings = {},
  env = {},
  trust = true,
  detached = false,
}) {
  const base = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-vscode-'));
  const home = path.join(base, 'home');
  const userData = path.join(base, 'user-data');
  const extensions = path.join(base, 'extensions');
  for (const folder of [home, path.join(userData, 'User'), extensions])
    await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(userData, 'User/settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2),
  );
  const config = path.join(base, 'code-server.yaml');
  await writeFile(config, 'bind-addr: 127.0.0.1:0\nauth: none\ncert: false\n');

  const entry = path.join(codeServer, 'out/node/entry.js');
  const common = [entry, '--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  const childEnv = { ...environment(base, home), ...env };
  for (const file of vsix) {
    await runQuietly(node, [...common, '--install-extension', file, '--force'], { env: childEnv });
  }

  const logFile = path.join(base, 'server.log');
  const log = openSync(logFile, 'a');
  const flags = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (trust) flags.push('--disable-workspace-trust');
  const child = spawn(node, [...common, '--bind-addr', '127.0.0.1:0', '--auth', 'none', ...flags], {
    env: childEnv,
    stdio: ['ignore', log, log],
    detached,
  });
  const exited = new Promise((resolve) => child.on('exit', resolve));

  const killNow = () => child.kill();
  process.once('exit', killNow);

  const stop = async () => {
    process.off('exit', killNow);
    const tree = [child.pid, ...descendants(child.pid)];
    child.kill('SIGTERM');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    // The extension host outlives its parent by a moment, and would write into the removed folder.
    await endAll(tree);
    closeSync(log);
    await rm(base, { recursive: true, force: true });
  };

  try {
    const authority = `127.0.0.1:${await portOf(child, logFile)}`;
    return {
      authority,
      exited,
      remoteUri: (file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`,
      url: ({ folder } = {}) =>
        `http://${authority}/${folder === undefined ? '' : `?${new URLSearchParams({ folder: path.resolve(folder) })}`}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(base, home) {
  const env = {
    ...process.env,
    HOME: home,
    TMPDIR: base,
    XDG_RUNTIME_DIR: base,
    // No request to an extension gallery.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  // Started from a VS Code terminal, it would otherwise take itself for that VS Code's command line.
  const foreign = /^(VSCODE_|CODE_SERVER_|XDG_(CONFIG|DATA|CACHE)_HOME$|NODE_OPTIONS$|npm_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

async function portOf(child, logFile) {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const said = await readFile(logFile, 'utf8');
    const port = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return port;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`code-server ended:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`code-server did not start within a minute:\n${await readFile(logFile, 'utf8')}`);
}
