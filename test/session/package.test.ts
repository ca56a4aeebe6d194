import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { packExtension } from '../../scripts/package.mjs';
import { root } from '../../scripts/setup/run.mjs';

describe('the packaged extension', () => {
  let folder: string;
  const packed = (name: string): string => path.join(folder, `${name}.vsix`);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-package-'));
    vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
    await packExtension(packed('first'));
    await packExtension(packed('second'));
    vi.unstubAllEnvs();
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  test('is the same, byte for byte, when it is packed twice', async () => {
    expect(await sha256(packed('first'))).toBe(await sha256(packed('second')));
  });

  test('holds what runs and nothing else', async () => {
    expect(namesInZip(await readFile(packed('first')))).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/cli.js',
      'extension/dist/client.js',
      'extension/dist/program.js',
      'extension/dist/rule-pages.json',
      'extension/dist/server.js',
      'extension/dist/tree-sitter-nix.wasm',
      'extension/dist/web-tree-sitter.wasm',
      'extension/dist/web/client.js',
      'extension/dist/web/server.js',
      'extension/package.json',
      'extension/readme.md',
      'extension/schemas/nixos-containers.schema.json',
      'extension/snippets/nix.json',
      'extension/syntaxes/nix.language-configuration.json',
      'extension/syntaxes/nix.tmLanguage.json',
      'extension/syntaxes/traefik-rule.tmLanguage.json',
    ]);
  });

  test('shows the pictures of the README, from where the extension page may load them', async () => {
    const page = fileInZip(await readFile(packed('first')), 'extension/readme.md');
    const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, address]) => address ?? '');
    expect(pictures.length).toBeGreaterThan(0);
    for (const address of pictures) {
      const [, file] =
        /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/main\/(.+)$/.exec(address) ?? [];
      expect(file, address).toBeDefined();
      expect(existsSync(path.join(root, file ?? '')), file).toBe(true);
    }
    expect(page).not.toMatch(/\]\((?!https:|#)/);
  });
});

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** The text of a file in a zip, found through the central directory. */
function fileInZip(zip: Buffer, name: string): string {
  const entry = zip.lastIndexOf(name) - 46;
  const at = zip.readUInt32LE(entry + 42);
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  return (zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}

/** Names in a zip's central directory, sorted. */
function namesInZip(zip: Buffer): string[] {
  const names: string[] = [];
  const signature = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 1)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names.sort();
}
