// Writes what package.json and the schema of the settings file say of the rules, from the rules themselves. To be run
// when a rule is new, or says something else of itself: server/src/rules/pages.test.ts notices.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import prettier from 'prettier';
import { root } from './setup/run.mjs';

const bundle = path.join(root, '.cache/manifest.mjs');
await esbuild.build({
  absWorkingDir: root,
  stdin: {
    contents: `export { RULES } from './server/src/rules/registry'; export * from './server/src/rules/settings/schema';`,
    resolveDir: root,
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['web-tree-sitter'],
  outfile: bundle,
  logLevel: 'warning',
});
const { RULES, rulesSetting, settingsFileSchema } = await import(bundle);

const manifestFile = path.join(root, 'package.json');
const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
manifest.contributes.configuration.properties['nixos-containers.rules'] = rulesSetting(RULES);
await write(manifestFile, manifest);
await mkdir(path.join(root, 'schemas'), { recursive: true });
await write(path.join(root, 'schemas/nixos-containers.schema.json'), settingsFileSchema(RULES));

async function write(file, value) {
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  await writeFile(file, await prettier.format(JSON.stringify(value, null, 2), options));
}
