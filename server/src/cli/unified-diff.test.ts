import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff';

describe('a unified diff', () => {
  it('shows a new file as a whole', () => {
    expect(unifiedDiff('a.nix', null, '{\n}\n')).toBe(
      '--- /dev/null\n+++ b/a.nix\n@@ -0,0 +1,2 @@\n+{\n+}\n',
    );
  });

  it('shows an added line among its neighbours', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', ''].join('\n');
    expect(unifiedDiff('a', before, before.replace('5\n', '5\nnew\n'))).toBe(
      '--- a/a\n+++ b/a\n@@ -3,6 +3,7 @@\n 3\n 4\n 5\n+new\n 6\n 7\n 8\n',
    );
  });

  it('is empty for equal texts', () => {
    expect(unifiedDiff('a', 'x', 'x')).toBe('');
  });
});

describe.runIf(spawnSync('git', ['--version']).status === 0)('a unified diff, applied by git', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unified-diff-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [
      'changes far apart',
      Array.from({ length: 60 }, (_, i) => `line ${i}\n`).join(''),
      (text: string) => text.replace('line 3\n', '').replace('line 50\n', 'line 50\nmore\n'),
    ],
    ['lines that repeat', 'a\nb\na\nb\na\n', () => 'b\na\na\nb\nb\na\n'],
    ['a line end that is missing', 'a\nb', () => 'a\nb\nc\n'],
    ['a line end that goes', 'a\nb\n', () => 'a\nc'],
    ['carriage returns', 'a\r\nb\r\nc\r\n', () => 'a\r\nnew\r\nb\r\nc\r\n'],
    ['everything', 'a\nb\n', () => 'c\nd\n'],
  ])('%s', async (_title, before, change) => {
    const after = change(before);
    await writeFile(join(folder, 'file'), before);
    const applied = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: unifiedDiff('file', before, after),
    });
    expect(String(applied.stderr)).toBe('');
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe(after);
  });
});
