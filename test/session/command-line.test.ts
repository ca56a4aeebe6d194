import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/setup/run.mjs';
import { RULES } from '../../server/src/rules/registry';
import { writeIn } from './with-server';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-cli-'));
  await writeIn(
    folder,
    'flake.nix',
    '{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./lab/a.nix ]; }; }; }\n',
  );
  await writeIn(
    folder,
    'lab/a.nix',
    '{\r\n  # nixos-containers: ignore invalid-mac\r\n  containers.a = { privateNetwork = true; localAddress = "10.0.0"; config = { }; };\r\n}\r\n',
  );
});
afterEach(() => rm(folder, { recursive: true }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const cli = path.join(root, 'server/dist/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('check --fix makes what is safe, says so, and tells what is left', async () => {
  const { status, stdout, stderr } = run('check', '--fix');
  expect(stderr).toBe('');
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^fixed {2}lab\/a\.nix:2: Remove the comment that silences nothing \[unneeded-ignore\]\n\nlab\/a\.nix:2:/,
  );
  expect(stdout).toMatch(/^lab\/a\.nix:2:\d+: error: .*\[invalid-address\]$/m);
  expect(await readFile(path.join(folder, 'lab/a.nix'), 'utf8')).toBe(
    '{\r\n  containers.a = { privateNetwork = true; localAddress = "10.0.0"; config = { }; };\r\n}\r\n',
  );
  expect(run('check', '--fix').stdout).not.toContain('fixed');
});

test('check runs the rules that are chosen, and fails by what counts', () => {
  const only = JSON.parse(run('check', '--rule', 'invalid-address', '--format', 'json').stdout) as {
    diagnostics: { rule: string }[];
  };
  expect(only.diagnostics.map(({ rule }) => rule)).toEqual(['invalid-address']);
  expect(run('check', '--no-rule', 'invalid-address').status).toBe(0);
  expect(run('check', '--no-rule', 'invalid-address', '--fail-on', 'hint').status).toBe(1);
  const unknown = run('check', '--rule', 'invalid-adress');
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  expect(unknown.stderr).toContain('Did you mean invalid-address?');
});

test('GitHub sees files from where the command stands, text from the folder that is checked', () => {
  expect(run('check', 'lab', '--format', 'github', '--fail-on', 'hint').stderr).toBe('');
  const github = run('check', '.', '--format', 'github').stdout;
  expect(github).toMatch(/^::error file=lab\/a\.nix,line=3,/m);
});

test('explain prints the page of each rule, with how to silence it', () => {
  for (const { id, off } of RULES.filter((_rule, index) => index % 10 === 0)) {
    const { status, stdout } = run('explain', id);
    expect(status).toBe(0);
    expect(stdout.startsWith(`# ${id}\n`)).toBe(true);
    expect(stdout).toContain(off === true ? '## How to switch it on' : `nixos-containers: ignore ${id}`);
  }
  const unknown = run('explain', 'duplicate-adress');
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  expect(unknown.stderr).toContain('Did you mean duplicate-address?');
});
