import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEnginePath } from './disk';
import { repositoryOf } from './disk-repository';
import { readGitIndex } from './git-index';

const run = promisify(execFile);

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'git-index-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

function git(folder: string, ...parameters: string[]): Promise<unknown> {
  return run('git', parameters, { cwd: folder, env: ENVIRONMENT });
}

/** A new repository with some files, none of them added. */
async function repository(
  name: string,
  files: readonly string[],
  ...options: readonly string[]
): Promise<string> {
  const folder = join(root, name);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${file}\n`);
  }
  await mkdir(folder, { recursive: true });
  await git(folder, 'init', '-q', ...options);
  return folder;
}

const FILES = [
  'flake.nix',
  'containers/immich.nix',
  'containers/immich/default.nix',
  'containers/jellyfin.nix',
  'größe.nix',
  `${'long-'.repeat(30)}name.nix`,
];

async function tracked(folder: string): Promise<string[] | null> {
  const found = (await repositoryOf(folder))?.tracked ?? null;
  return found === null ? null : [...found].sort();
}

describe('what git itself wrote', () => {
  it.each(['2', '3', '4'])('is read in version %s', async (version) => {
    const folder = await repository(`v${version}`, [...FILES, 'new.nix', 'untracked.nix']);
    await git(folder, 'add', ...FILES);
    // An entry that is to be added is what needs version 3.
    if (version !== '2') await git(folder, 'add', '-N', 'new.nix');
    if (version === '4') await git(folder, 'update-index', '--index-version', '4');
    const bytes = await readFile(join(folder, '.git/index'));
    expect(bytes[7]).toBe(Number(version));
    expect(await tracked(folder)).toEqual([...FILES, ...(version === '2' ? [] : ['new.nix'])].sort());
  });

  it('is read where objects are named by SHA-256', async () => {
    const folder = await repository('sha256', FILES, '--object-format=sha256');
    await git(folder, 'add', '.');
    expect(await tracked(folder)).toEqual([...FILES].sort());
  });

  it('is read after commits, renames and removals', async () => {
    const folder = await repository('changed', FILES);
    await git(folder, 'add', '.');
    await git(folder, 'commit', '-q', '-m', 'a');
    await git(folder, 'mv', 'flake.nix', 'other.nix');
    await git(folder, 'rm', '-q', '--cached', 'containers/jellyfin.nix');
    const expected = FILES.filter((file) => file !== 'flake.nix' && file !== 'containers/jellyfin.nix');
    expect(await tracked(folder)).toEqual([...expected, 'other.nix'].sort());
  });

  it('says nothing where its entries are in another file', async () => {
    const folder = await repository('split', FILES);
    await git(folder, 'add', '.');
    await git(folder, 'update-index', '--split-index');
    expect(await tracked(folder)).toBeNull();
  });
});

describe('the repository of a folder', () => {
  it('is found from a folder inside it', async () => {
    const folder = await repository('outer', FILES);
    await git(folder, 'add', 'flake.nix');
    const found = await repositoryOf(join(folder, 'containers'));
    expect(found?.root).toBe(toEnginePath(folder));
    expect([...(found?.tracked ?? [])]).toEqual(['flake.nix']);
  });

  it('tracks nothing before anything is added', async () => {
    expect(await tracked(await repository('empty', FILES))).toEqual([]);
  });

  it('may be another working tree of one', async () => {
    const folder = await repository('main', FILES);
    await git(folder, 'add', 'flake.nix');
    await git(folder, 'commit', '-q', '-m', 'a');
    const other = join(root, 'worktree');
    await git(folder, 'worktree', 'add', '-q', other);
    await writeFile(join(other, 'new.nix'), '{ }');
    await git(other, 'add', '-N', 'new.nix');
    expect((await repositoryOf(other))?.root).toBe(toEnginePath(other));
    expect(await tracked(other)).toEqual(['flake.nix', 'new.nix']);
    expect(await tracked(folder)).toEqual(['flake.nix']);
  });

  it('is the submodule, not what holds it', async () => {
    const inner = await repository('inner', ['module.nix']);
    await git(inner, 'add', '.');
    await git(inner, 'commit', '-q', '-m', 'a');
    const outer = await repository('holder', ['flake.nix']);
    await git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'modules');
    expect((await repositoryOf(join(outer, 'modules')))?.root).toBe(toEnginePath(join(outer, 'modules')));
    expect(await tracked(join(outer, 'modules'))).toEqual(['module.nix']);
  });

  it('is not known where the index is damaged', async () => {
    const folder = await repository('damaged', FILES);
    await git(folder, 'add', '.');
    const bytes = await readFile(join(folder, '.git/index'));
    await writeFile(join(folder, '.git/index'), bytes.subarray(0, bytes.length - 30));
    expect(await tracked(folder)).toBeNull();
  });
});

describe('bytes that are no index', () => {
  it.each([
    ['nothing', ''],
    ['text', 'this is a text that is longer than an empty index would be, and has none of its marks'],
    ['a head without entries', 'DIRC\0\0\0\x02\0\0\0\x05'.padEnd(64, '\0')],
  ])('give nothing: %s', (_title, text) => {
    expect(readGitIndex(new TextEncoder().encode(text))).toBeNull();
  });
});
