// Compares the tables in server/src/schema/traefik with a checkout of Traefik and says what the tables lack, what
// Traefik no longer has, and what has another type now: `node scripts/refresh-traefik.mjs CHECKOUT`.
// It reads the Go structs in pkg/config/dynamic, pkg/config/static and what these use; it changes nothing, because what
// a key does has to be written by hand. Exit status 0 where nothing differs, 1 where something does, 2 for a folder
// that is no checkout.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { goFields } from './traefik/go-fields.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Types that the tables say otherwise than the structs. */
const WRITTEN_OTHERWISE = new Map([['http.middlewares.<name>.plugin', 'anything']]);

/** The fields of the tables by path, with those that the tables do not go into as `anything`. */
async function tableFields(part) {
  const result = await build({
    entryPoints: [path.join(root, `server/src/schema/traefik/${part}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
  });
  const code = Buffer.from(result.outputFiles[0].contents).toString('base64');
  const tables = await import(`data:text/javascript;base64,${code}`);
  const found = new Map();
  const visit = (fields, prefix) => {
    for (const [name, field] of Object.entries(fields)) {
      const where = prefix + name;
      found.set(where, field);
      const below = field.type === 'list of set' ? '.*.' : field.type === 'map of set' ? '.<name>.' : '.';
      if (field.fields !== undefined) visit(field.fields, where + below);
    }
  };
  visit(tables[`${part.toUpperCase()}_FIELDS`], '');
  return found;
}

function differences(table, go) {
  const lines = [];
  const open = [...table].filter(([, { type }]) => type === 'anything').map(([where]) => where);
  const isOpen = (where) => open.some((above) => where === above || where.startsWith(`${above}.`));
  for (const [where, { type, emptyAllowed }] of go) {
    const field = table.get(where);
    if (field === undefined) {
      if (!isOpen(where)) lines.push(`lacks   ${where} (${type}${emptyAllowed ? ', may be empty' : ''})`);
      continue;
    }
    if (field.type === 'anything' || WRITTEN_OTHERWISE.get(where) === field.type) continue;
    if (field.type !== type) lines.push(`type    ${where}: ${field.type} in the table, ${type} in Traefik`);
    if (/^(?:set|map of .*)$/.test(type) && (field.emptyAllowed ?? false) !== emptyAllowed)
      lines.push(`empty   ${where}: ${emptyAllowed ? 'may be empty' : 'must not be empty'} in Traefik`);
  }
  for (const where of table.keys()) if (!go.has(where)) lines.push(`gone    ${where}`);
  return lines;
}

const [checkout] = process.argv.slice(2);
if (checkout === undefined || !existsSync(path.join(checkout, 'pkg/config/dynamic'))) {
  console.error('usage: node scripts/refresh-traefik.mjs CHECKOUT   (a folder with the sources of Traefik)');
  process.exit(2);
}
let count = 0;
for (const part of ['dynamic', 'static']) {
  const table = await tableFields(part);
  const go = goFields(checkout, part);
  const lines = differences(table, go);
  console.log(
    `${part}: ${table.size} keys in the tables, ${go.size} in Traefik, ${lines.length} differences`,
  );
  for (const line of lines) console.log(`  ${line}`);
  count += lines.length;
}
process.exitCode = count === 0 ? 0 : 1;
