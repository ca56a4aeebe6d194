import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import nodeModule from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../scripts/setup/run.mjs';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-cache-'));
});
afterEach(() => rm(cache, { recursive: true }));

function version(environment: Record<string, string> = {}): string {
  const cli = path.join(root, 'server/dist/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--version'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache, ...environment },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const folder = (): string => path.join(cache, 'nixos-containers');

async function keptForm(): Promise<string> {
  const names = await readdir(folder());
  expect(names).toHaveLength(1);
  return path.join(folder(), names[0] ?? '');
}

// Newer ones keep it themselves.
describe.skipIf('enableCompileCache' in nodeModule)('the compiled program', () => {
  test('is kept by the first start and taken by the second', async () => {
    const first = version();
    const form = await keptForm();
    const long = new Date(2020, 1, 1);
    await utimes(form, long, long);
    expect(version()).toBe(first);
    expect(await keptForm()).toBe(form);
    expect((await stat(form)).mtime).toEqual(long);
  });

  test('is made again where it is damaged', async () => {
    const first = version();
    const form = await keptForm();
    const whole = await readFile(form);
    const flipped = Buffer.from(whole).fill(7, whole.length >> 1, (whole.length >> 1) + 100);
    for (const damaged of [whole.subarray(0, 1000), flipped, Buffer.alloc(0)]) {
      await writeFile(form, damaged);
      expect(version()).toBe(first);
      const mended = await readFile(form);
      expect(mended.length).toBeGreaterThan(100_000);
      expect(mended.equals(damaged)).toBe(false);
    }
  });

  test('is not kept where that is not wanted or not possible', async () => {
    version({ NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(await readdir(cache)).toEqual([]);
    await writeFile(path.join(cache, 'file'), '');
    version({ XDG_CACHE_HOME: path.join(cache, 'file') });
    expect(await readdir(cache)).toEqual(['file']);
  });

  test('does not pile up', async () => {
    version();
    const form = await keptForm();
    for (let age = 1; age <= 6; age++) {
      const old = path.join(folder(), `old${age}.bin`);
      await writeFile(old, '');
      await utimes(old, new Date(2020, age, 1), new Date(2020, age, 1));
    }
    await rm(form);
    version();
    expect((await readdir(folder())).sort()).toEqual(
      [path.basename(form), 'old4.bin', 'old5.bin', 'old6.bin'].sort(),
    );
  });
});
