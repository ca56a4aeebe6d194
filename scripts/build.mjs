// Makes every bundle named in docs/architecture.md. Flags: --dev (readable, source maps), --watch (implies --dev).
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { readCheckedGrammar, runtimeWasmPath } from './grammar-wasm.mjs';
import { rulePages } from './rule-pages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
  external: ['vscode'],
  // esbuild would take the ESM entry, whose import.meta.url is undefined in a CommonJS bundle.
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
};
const forNode = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
};
const forBrowser = { ...shared, platform: 'browser' };

/** Every bundle: from which entry, to which file; `alsoTo` are byte-for-byte copies. */
const bundles = [
  {
    from: 'server/src/launch/program.ts',
    to: 'server/dist/program.js',
    alsoTo: ['dist/program.js'],
    options: forNode,
  },
  {
    from: 'server/src/launch/server.ts',
    to: 'server/dist/server.js',
    alsoTo: ['dist/server.js'],
    options: forNode,
  },
  {
    from: 'server/src/launch/cli.ts',
    to: 'server/dist/cli.js',
    alsoTo: ['dist/cli.js'],
    options: { ...forNode, banner: { js: '#!/usr/bin/env node' } },
    executable: true,
  },
  { from: 'server/src/lsp/worker.ts', to: 'dist/web/server.js', options: { ...forBrowser, format: 'iife' } },
  { from: 'client/src/extension.ts', to: 'dist/client.js', options: forNode },
  { from: 'client/src/browser.ts', to: 'dist/web/client.js', options: { ...forBrowser, format: 'cjs' } },
];

function esbuildOptions({ from, to, alsoTo = [], options, executable = false }) {
  const finish = {
    name: 'copies',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        for (const copy of alsoTo) {
          await copyFile(path.join(root, to), path.join(root, copy));
          if (dev) await copyFile(path.join(root, `${to}.map`), path.join(root, `${copy}.map`));
        }
        if (executable) for (const file of [to, ...alsoTo]) await chmod(path.join(root, file), 0o755);
      });
    },
  };
  return { ...options, entryPoints: [from], outfile: to, plugins: [finish] };
}

async function writeWasm() {
  const grammar = await readCheckedGrammar();
  const runtime = await readFile(runtimeWasmPath());
  for (const folder of ['server/dist', 'dist']) {
    await writeFile(path.join(root, folder, 'tree-sitter-nix.wasm'), grammar);
    await writeFile(path.join(root, folder, 'web-tree-sitter.wasm'), runtime);
  }
}

console.log('build: starting');
for (const folder of ['server/dist', 'dist']) {
  await mkdir(path.join(root, folder), { recursive: true });
}
await writeWasm();
const pages = await rulePages();
for (const folder of ['server/dist', 'dist'])
  await writeFile(path.join(root, folder, 'rule-pages.json'), pages);

if (watch) {
  for (const bundle of bundles) await (await esbuild.context(esbuildOptions(bundle))).watch();
  console.log('build: watching');
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(esbuildOptions(bundle))));
}
