import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import type { WorkerResult } from './deep-worker';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(ROOT, 'node_modules/.deep-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Node takes 192 KB of this for itself; what remains is the stack of a web worker in Chromium, 500 KB. */
const STACK_MB = 0.69;

it(
  'bounds hold in the stack of a web worker, counted and not by an overflow',
  { timeout: 120_000 },
  async () => {
    const outfile = join(folder, 'worker.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'deep-worker.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['web-tree-sitter'],
      outfile,
    });
    const results = await new Promise<WorkerResult[]>((resolve, reject) => {
      const worker = new Worker(outfile, { resourceLimits: { stackSizeMb: STACK_MB } });
      worker.on('message', resolve);
      worker.on('error', reject);
    });
    expect(results.length).toBeGreaterThan(30);
    expect(results.map(({ expression, text, overflows }) => ({ expression, text, overflows }))).toEqual(
      results.map(({ expression, expected }) => ({ expression, text: expected, overflows: 0 })),
    );
  },
);
