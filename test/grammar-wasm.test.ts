import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { grammarProblems, grammarWasmPath } from '../scripts/grammar-wasm.mjs';

/** Smallest module with one imported function: `(module (import "env" "f" (func)))`. */
const importsFunction = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
  ...[0x02, 0x09, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x01, 0x66, 0x00, 0x00],
);

describe('the grammar that is shipped', () => {
  test('is the one that was reviewed, has ABI 15 and imports no function', async () => {
    expect(await grammarProblems(await readFile(grammarWasmPath()))).toEqual([]);
  });

  test('is refused when one byte differs', async () => {
    const bytes = new Uint8Array(await readFile(grammarWasmPath()));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    expect((await grammarProblems(bytes)).join()).toContain('sha256 is');
  });

  test('is refused when it could call out', async () => {
    expect((await grammarProblems(importsFunction)).join()).toContain('imports the function env.f');
  });

  test('is refused when it is no WebAssembly at all', async () => {
    expect((await grammarProblems(new TextEncoder().encode('hello'))).join()).toContain(
      'not a WebAssembly module',
    );
  });
});
