// Compares the tables in server/src/schema (containers, guests, services) with a checkout of nixpkgs and says what is
// new, what is gone, and what has another type or default now: `node scripts/refresh-options.mjs CHECKOUT`.
// It reads the modules that the tables name as their sources, by the project's own evaluator, without Nix; it changes
// nothing, because what an option does has to be written by hand. A module that the checkout lacks is named and left out.
// Exit status 0 where nothing differs, 1 where something does, 2 for a folder that is no checkout.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The engine, bundled for this process. */
async function engine() {
  const outfile = path.join(root, '.cache/refresh-options.mjs');
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    stdin: {
      contents: `
        export { declaredRows, differences, modulesOf } from './server/src/schema/module-options';
        export { CONTAINER_OPTIONS } from './server/src/schema/tables/container';
        export { GUEST_OPTIONS } from './server/src/schema/tables/guest';
        export { SERVICE_OPTIONS } from './server/src/schema/service-options';
        export { SERVICE_DETAILS } from './server/src/schema/tables/service-details';
        export { CLOSED_SETS } from './server/src/schema/tables/closed';
        export { NixParser } from './server/src/nix/parser';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'node',
    external: ['web-tree-sitter'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/** The checkout as the engine sees files: at the root of its world. */
function snapshot(checkout, parser) {
  const parsed = new Map();
  const entry = (where) => {
    const file = path.join(checkout, where);
    if (!existsSync(file)) return { kind: 'missing' };
    if (!statSync(file).isDirectory()) return { kind: 'file', text: readFileSync(file, 'utf8') };
    const entries = readdirSync(file, { withFileTypes: true }).map((item) => ({
      name: item.name,
      kind: item.isDirectory() ? 'directory' : 'regular',
    }));
    return { kind: 'directory', entries };
  };
  return {
    entry,
    nixFiles: () => [],
    ignored: () => false,
    tracked: () => null,
    parsed(where) {
      if (!parsed.has(where)) {
        const found = entry(where);
        parsed.set(where, found.kind === 'file' ? parser.parse(where, found.text) : null);
      }
      return parsed.get(where);
    },
  };
}

const [checkout] = process.argv.slice(2);
if (checkout === undefined || !existsSync(path.join(checkout, 'nixos'))) {
  console.error('usage: node scripts/refresh-options.mjs CHECKOUT   (a folder with the sources of nixpkgs)');
  process.exit(2);
}
const tables = await engine();
const { resolve } = createRequire(import.meta.url);
const parser = await tables.NixParser.create({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
});
const files = snapshot(checkout, parser);
const rows = [
  ...tables.CONTAINER_OPTIONS,
  ...tables.GUEST_OPTIONS,
  ...tables.SERVICE_OPTIONS,
  ...tables.SERVICE_DETAILS,
];
const named = new Set([...rows, ...tables.CLOSED_SETS].flatMap(tables.modulesOf));
const there = [...named].sort().filter((module) => existsSync(path.join(checkout, module)));
const declared = tables.declaredRows(
  files,
  there.map((module) => `/${module}`),
);
const read = new Set(there);
const compared = rows.filter((row) => tables.modulesOf(row).some((module) => read.has(module)));
const lines = tables.differences(compared, declared);
console.log(
  `${there.length} of ${named.size} modules, ${compared.length} rows, ${declared.size} options in nixpkgs, ${lines.length} differences`,
);
for (const module of [...named].sort()) if (!read.has(module)) console.log(`  missing  ${module}`);
for (const line of lines) console.log(`  ${line}`);
process.exitCode = lines.length === 0 ? 0 : 1;
