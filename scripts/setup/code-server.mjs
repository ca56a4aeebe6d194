import { existsSync } from 'node:fs';
import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { ensureNode20 } from './node20.mjs';
import { cache, environmentForNpm, runQuietly, SetupError, which } from './run.mjs';

/** VS Code 1.100.3, the newest that runs under Node 20. */
const VERSION = '4.100.3';

/** Built with the machine's compiler where it has one; VS Code does without: log files, watchdog, terminals. */
const OPTIONAL_NATIVE = ['@vscode/spdlog', 'native-watchdog', 'node-pty'];

/**
 * Real VS Code from npm, for machines without a desktop one. Installed once into .cache; an interrupted
 * installation is taken up again.
 * @returns {Promise<{ node: string, codeServer: string }>} the Node to run it with, and its folder
 */
export async function ensureCodeServer() {
  const node = await ensureNode20();
  const folder = path.join(cache, `code-server-${VERSION}`);
  const complete = path.join(folder, 'complete');
  const codeServer = path.join(folder, 'node_modules/code-server');
  if (!existsSync(complete)) {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(complete)) return;
      console.log(`installing code-server ${VERSION} into .cache …`);
      await install({ node, folder, codeServer });
      await writeFile(complete, '');
    });
  }
  // Each time: ripgrep may have been installed, or moved, since.
  await linkRipgrep(path.join(codeServer, 'lib/vscode'));
  return { node, codeServer };
}

async function install({ node, folder, codeServer }) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{"private":true}\n');
  const vscode = path.join(codeServer, 'lib/vscode');
  // Its own install scripts fetch from hosts that need not be reachable; the steps below stand in for them.
  await npmInstall(folder, [`code-server@${VERSION}`]);
  await npmInstall(vscode, ['--omit=dev']);
  await npmInstall(path.join(vscode, 'extensions'), ['--omit=dev']);
  await writeFile(
    path.join(folder, 'node_modules/argon2/argon2.js'),
    'const no = () => { throw new Error("no password support"); };\n' +
      'module.exports = { hash: no, verify: no, argon2i: 0, argon2d: 1, argon2id: 2 };\n',
  );
  await buildNative(node, vscode);
  await link('node_modules', path.join(vscode, 'node_modules.asar'));
  await link('code-linux.sh', path.join(vscode, 'bin/remote-cli/code-server'));
  await link('browser-linux.sh', path.join(vscode, 'bin/helpers/browser.sh'));
  await runQuietly(node, [path.join(codeServer, 'out/node/entry.js'), '--version'], {
    env: { ...process.env, HOME: folder },
  });
}

function npmInstall(cwd, args) {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return runQuietly('npm', ['install', ...args, ...flags], { cwd, env: environmentForNpm() });
}

async function buildNative(node, vscode) {
  const headers = path.dirname(path.dirname(node));
  // Without headers at hand node-gyp would download them.
  if (!existsSync(path.join(headers, 'include/node/node.h'))) return;
  if (['make', 'g++', 'python3'].some((tool) => which(tool) === undefined)) return;
  const npm = await realpath(which('npm'));
  const gyp = path.resolve(path.dirname(npm), '../node_modules/node-gyp/bin/node-gyp.js');
  for (const name of OPTIONAL_NATIVE) {
    const cwd = path.join(vscode, 'node_modules', name);
    if (!existsSync(path.join(cwd, 'binding.gyp'))) continue;
    try {
      await runQuietly(node, [gyp, 'rebuild', `--nodedir=${headers}`], { cwd, env: environmentForNpm() });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      console.log(`code-server: ${name} could not be built, left out`);
    }
  }
}

async function linkRipgrep(vscode) {
  const ripgrep = path.join(vscode, 'node_modules/@vscode/ripgrep');
  const program = which('rg');
  if (program === undefined || !existsSync(ripgrep)) return;
  await mkdir(path.join(ripgrep, 'bin'), { recursive: true });
  await link(program, path.join(ripgrep, 'bin/rg'));
}

async function link(target, file) {
  await rm(file, { recursive: true, force: true });
  await symlink(target, file);
}
