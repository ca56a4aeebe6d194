import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { root } from '../../../scripts/setup/run.mjs';
import { launchChromium } from '../../../scripts/vscode/chromium.mjs';
import { copyHomelab } from '../homelab.mjs';
import { Workbench } from './workbench';

/** Without a display, so that it is the browser's VS Code on every machine. */
const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', INIT_CWD: root };

describe('npm start', () => {
  test('opens the homelab in VS Code with the extension, until Ctrl+C', async () => {
    const homelab = await copyHomelab();
    const child = spawn(process.execPath, ['scripts/start.mjs', homelab.folder], {
      cwd: root,
      env,
      stdio: 'pipe',
    });
    const ended = once(child, 'exit');
    const browser = await launchChromium();
    try {
      const workbench = await Workbench.open(browser, await addressIn(child.stdout));
      await workbench.openFile('containers/immich.nix');
      await workbench.command('NixOS Containers: Show Output');
      await workbench.output().waitFor();
      await workbench.screenshot('start');
    } finally {
      await browser.close();
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
      await homelab.remove();
    }
  });

  test('with --once prints the check of the example and ends', async () => {
    const child = spawn(process.execPath, ['scripts/start.mjs', '--once'], { cwd: root, env, stdio: 'pipe' });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => said.push(data.toString()));
    const [status] = (await once(child, 'close')) as [number];
    expect(status, said.join('')).toBe(0);
    expect(said.join('')).not.toContain('http://');
  });

  test('says so when the folder is not there', async () => {
    const child = spawn(process.execPath, ['scripts/start.mjs', 'no/such/folder'], {
      cwd: root,
      env,
      stdio: 'pipe',
    });
    const said: string[] = [];
    child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said.join('')).toContain('there is no folder');
  });
});

/** The workbench's address, among what is printed. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface(output)) {
    said.push(line);
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`no address in:\n${said.join('\n')}`);
}
