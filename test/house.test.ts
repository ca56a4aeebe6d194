import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { boundaries } from '../scripts/eslint/boundaries.mjs';

/** What the house's rules say of `code` as if it stood in `file`. */
function lint(file: string, code: string): string[] {
  const parser = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } };
  const config = [parser, ...boundaries] as unknown as Linter.Config[];
  return new Linter().verify(code, config, { filename: file }).map(({ message }) => message);
}

const accepted: [file: string, code: string][] = [
  ['server/src/eval/value.ts', `import type { Syntax } from '../nix/syntax';`],
  ['server/src/eval/lib/lists.ts', `import { force } from '../thunk';`],
  ['server/src/rules/registry.ts', `import { addressEdit } from '../edits/address';`],
  [
    'server/src/workspace/disk.ts',
    `import { readFile } from 'node:fs/promises'; export const now = () => Date.now();`,
  ],
  ['server/src/cli/lsp.ts', `import { serve } from '../lsp/node';`],
  ['server/src/cli/main.ts', `export const check = () => import('./check');`],
  [
    'server/src/nix/lower.test.ts',
    `import { readFileSync } from 'node:fs'; import { x } from '../../../test/fixture';`,
  ],
  [
    'client/src/extension.ts',
    `import * as vscode from 'vscode'; import type { Status } from '../../server/src/lsp/protocol';`,
  ],
];

const rejected: [file: string, code: string, message: string][] = [
  [
    'server/src/nix/lower.ts',
    `import { evaluate } from '../eval/interpret';`,
    'nix/ imports from eval/, which is above it',
  ],
  [
    'server/src/eval/flake.ts',
    `import type { Option } from '../schema/options';`,
    'eval/ imports from schema/',
  ],
  ['server/src/eval/lib/lists.ts', `export * from '../../rules/registry';`, 'eval/ imports from rules/'],
  [
    'server/src/edits/address.ts',
    `export { registry } from '../rules/registry';`,
    'edits/ imports from rules/',
  ],
  [
    'server/src/homelab/host.ts',
    `type F = import('../features/hover').Hover;`,
    'homelab/ imports from features/',
  ],
  ['server/src/lsp/node.ts', `import { main } from '../cli/main';`, 'lsp/ imports from cli/'],
  ['server/src/nix/x.ts', `import { y } from '../../../client/src/y';`, 'nix/ reaches out of server/src'],
  ['server/src/nix/x.ts', `import { y } from '../helpers/y';`, 'server/src/helpers is no floor'],
  ['server/src/helpers/x.ts', `import { y } from '../nix/y';`, 'server/src/helpers is no floor'],
  ['server/src/helpers.ts', `import { y } from './nix/y';`, 'is no floor'],
  ['server/src/features/hover.ts', `import { readFileSync } from 'node:fs';`, 'features/ runs anywhere'],
  ['server/src/features/hover.ts', `import path from 'path';`, 'features/ runs anywhere'],
  ['server/src/eval/interpret.ts', `export const now = () => Date.now();`, 'no disk, no clock'],
  ['server/src/eval/interpret.ts', `export const now = () => performance.now();`, 'no disk, no clock'],
  ['server/src/rules/registry.ts', `setTimeout(() => undefined, 1);`, 'no disk, no clock'],
  [
    'server/src/rules/registry.ts',
    `export const f = () => fetch('http://example.org');`,
    'no disk, no clock',
  ],
  ['server/src/cli/main.ts', `export const f = () => fetch('http://example.org');`, 'opens no connection'],
  ['server/src/cli/main.ts', `import { spawn } from 'node:child_process';`, 'no place in the server'],
  ['server/src/workspace/disk.ts', `import { spawn } from 'child_process';`, 'no place in the server'],
  ['server/src/workspace/disk.ts', `export const load = (file: string) => import(file);`, 'executes nothing'],
  [
    'server/src/workspace/disk.ts',
    `export const load = (file: string) => require(file);`,
    'executes nothing',
  ],
  ['server/src/lsp/node.ts', `import * as vscode from 'vscode';`, 'does not know VS Code'],
  ['client/src/extension.ts', `import { parse } from '../../server/src/nix/parse';`, 'the client knows only'],
  [
    'client/src/extension.ts',
    `import { version } from '../../server/src/lsp/protocol';`,
    'write `import type`',
  ],
];

describe('the house', () => {
  test.each(accepted)('%s may say %s', (file, code) => {
    expect(lint(file, code)).toEqual([]);
  });

  test.each(rejected)('%s may not say %s', (file, code, message) => {
    const said = lint(file, code);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(message);
  });
});
