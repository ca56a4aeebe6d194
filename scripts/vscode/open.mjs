import { spawn } from 'node:child_process';
import { packExtension } from '../package.mjs';
import { ensureCodeServer } from '../setup/code-server.mjs';
import { root, which } from '../setup/run.mjs';
import { vsixPath } from '../vsix-path.mjs';
import { startCodeServer } from './code-server.mjs';

/**
 * Opens a folder in VS Code with the built extension, and returns after Ctrl+C: in the desktop VS Code where there
 * is one and a display for it, else in a VS Code for the browser.
 * @param {string} folder
 */
export async function openUntilInterrupted(folder) {
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
  const desktop = desktopVSCode();
  if (desktop === undefined) await openInBrowser(folder, interrupted);
  else await openOnDesktop(desktop, folder, interrupted);
}

function desktopVSCode() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  // The desktop VS Code refuses to run as root.
  if (process.getuid?.() === 0) return undefined;
  return which(process.platform === 'win32' ? 'code.cmd' : 'code');
}

async function openOnDesktop(code, folder, interrupted) {
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder];
  spawn(code, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log('\nopening VS Code; Ctrl+C ends this');
  const keepAlive = setInterval(() => undefined, 60_000);
  await interrupted;
  clearInterval(keepAlive);
}

async function openInBrowser(folder, interrupted) {
  const [{ node, codeServer }] = await Promise.all([ensureCodeServer(), packExtension()]);
  const server = await startCodeServer({ node, codeServer, vsix: [vsixPath()], detached: true });
  try {
    console.log(`\nVS Code with the extension: ${server.url({ folder })}\nCtrl+C ends it`);
    await Promise.race([interrupted, server.exited]);
  } finally {
    await server.stop();
  }
}
