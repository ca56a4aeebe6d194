#!/usr/bin/env node
// Stands in for the desktop `code` under @vscode/test-electron: same arguments, same exit status, but the workbench
// runs in Chromium and the extension host under code-server.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { ensureCodeServer } from '../setup/code-server.mjs';
import { launchChromium } from './chromium.mjs';
import { startCodeServer } from './code-server.mjs';
import { loadDevelopmentExtension } from './development-extension.mjs';
import { TEST_SETTINGS } from './settings.mjs';

/** Lines of VS Code itself that tell nothing about the tests. */
const CHATTER =
  /^(Resolv|Creating a socket|\[Service Worker|Ignoring fetching|Updating additional|ChatSessionStore|Request to .*package\.nls\.json)/;

const { options, folder } = parseArguments(process.argv.slice(2));
const { node, codeServer } = await ensureCodeServer();
if (options.version) {
  console.log(JSON.parse(await readFile(path.join(codeServer, 'lib/vscode/package.json'), 'utf8')).version);
} else {
  process.exitCode = await runTests();
}

async function runTests() {
  const server = await startCodeServer({
    node,
    codeServer,
    settings: { ...TEST_SETTINGS, ...(await userSettings()) },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The workbench calls these two when they exist.
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const line = util.format(...args);
      if (!CHATTER.test(line)) (type === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
    });
    const ended = new Promise((resolve, reject) => {
      const limit = Number(process.env.VSCODE_TEST_TIMEOUT ?? 300_000);
      const timer = setTimeout(() => reject(new Error(`no result after ${limit} ms`)), limit);
      void page.exposeFunction('codeAutomationExit', (code) => {
        clearTimeout(timer);
        resolve(code === 0 ? 0 : 1);
      });
    });
    await loadDevelopmentExtension(page, {
      extension: server.remoteUri(toPath(options.extensionDevelopmentPath)),
      tests: server.remoteUri(toPath(options.extensionTestsPath)),
    });
    await page.goto(server.url({ folder }));
    return await ended;
  } finally {
    await browser.close();
    await server.stop();
  }
}

function parseArguments(args) {
  const options = {};
  let folder;
  for (const arg of args) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) folder = arg;
    else options[name] = value ?? true;
  }
  return { options, folder };
}

function toPath(place) {
  return place.startsWith('file:') ? fileURLToPath(place) : path.resolve(place);
}

async function userSettings() {
  try {
    return JSON.parse(await readFile(path.join(options['user-data-dir'], 'User/settings.json'), 'utf8'));
  } catch {
    return {};
  }
}
