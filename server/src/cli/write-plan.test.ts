import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EditPlan } from '../edits/edit-plan';
import type { FileSource } from '../nix/file-source';
import { writePlan } from './write-plan';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-plan-'));
  await writeFile(join(folder, 'flake.nix'), 'old\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the engine read. */
const files: Pick<FileSource, 'entry'> = {
  entry: (path) => (path.endsWith('flake.nix') ? { kind: 'file', text: 'old\n' } : { kind: 'missing' }),
};

function plan(created = 'containers/a.nix', changed = 'flake.nix'): EditPlan {
  return {
    changes: [{ file: join(folder, changed), range: { start: 0, end: 3 }, newText: 'new' }],
    creations: [{ path: join(folder, created), text: '{ }\n' }],
    openAt: { file: join(folder, created), offset: 0 },
    notes: [],
  };
}

/** Every file below the folder, with its text. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length + 1)] = entry.isFile()
      ? await readFile(path, 'utf8')
      : entry.isDirectory()
        ? 'folder'
        : 'link';
  }
  return found;
}

describe('writing a plan', () => {
  it('writes all of it, making the folder and keeping the mode', async () => {
    await chmod(join(folder, 'flake.nix'), 0o640);
    await writePlan(plan(), files, folder);
    expect(await everything()).toEqual({
      'flake.nix': 'new\n',
      containers: 'folder',
      'containers/a.nix': '{ }\n',
    });
    expect((await stat(join(folder, 'flake.nix'))).mode & 0o777).toBe(0o640);
  });

  it('keeps a byte order mark', async () => {
    await writeFile(join(folder, 'flake.nix'), '\ufeffold\n');
    await writePlan(plan(), files, folder);
    expect(await readFile(join(folder, 'flake.nix'), 'utf8')).toBe('\ufeffnew\n');
  });

  it.each<[string, (() => Promise<unknown>) | null, RegExp, [string?, string?]]>([
    [
      'a file that exists',
      () => mkdir(join(folder, 'containers')).then(() => writeFile(join(folder, 'containers/a.nix'), 'mine')),
      /a\.nix exists already/,
      [],
    ],
    [
      'a link that leads nowhere',
      () => symlink('/nowhere', join(folder, 'a.nix')),
      /a\.nix exists already/,
      ['a.nix'],
    ],
    [
      'a folder that is a link out of the root',
      () => symlink(tmpdir(), join(folder, 'containers')),
      /leads out of/,
      [],
    ],
    ['a path that leads out of the root', null, /leads out of/, ['../write-plan-elsewhere.nix']],
    [
      'a changed file that is a link',
      () => rm(join(folder, 'flake.nix')).then(() => symlink('other', join(folder, 'flake.nix'))),
      /is a link or no plain file/,
      [],
    ],
    [
      'a file that changed meanwhile',
      () => writeFile(join(folder, 'flake.nix'), 'other\n'),
      /was changed meanwhile/,
      [],
    ],
    [
      'a file that is not UTF-8',
      () => writeFile(join(folder, 'flake.nix'), Buffer.from([0xff, 0x0a])),
      /is not UTF-8/,
      [],
    ],
    ['a file that is gone', () => rm(join(folder, 'flake.nix')), /is gone/, []],
    ['a file where a folder is wanted', null, /is not a folder/, ['flake.nix/a.nix']],
  ])('writes nothing for %s', async (_title, prepare, message, args) => {
    await prepare?.();
    const before = await everything();
    await expect(writePlan(plan(...args), files, folder)).rejects.toThrow(message);
    await expect(writePlan(plan(...args), files, folder)).rejects.toThrow(/nothing was changed$/);
    expect(await everything()).toEqual(before);
  });

  it('takes back what it wrote when a later step fails', async () => {
    await mkdir(join(folder, `.flake.nix.${process.pid}.tmp`));
    const before = await everything();
    await expect(writePlan(plan(), files, folder)).rejects.toThrow(/nothing was changed$/);
    const after = await everything();
    expect(after['flake.nix']).toBe(before['flake.nix']);
    expect(after['containers']).toBeUndefined();
  });

  it.skipIf(process.getuid?.() === 0)('writes nothing to what is read-only', async () => {
    await chmod(folder, 0o555);
    await expect(writePlan(plan('a.nix'), files, folder)).rejects.toThrow(
      /is not writable; nothing was changed/,
    );
    await chmod(folder, 0o755);
  });
});
