// Builds the extension and packs it into dist/NAME-VERSION.vsix. With SOURCE_DATE_EPOCH set, two runs give the same bytes.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { endingWithStatus, root, run, runQuietly, SetupError } from './setup/run.mjs';
import { vsixPath } from './vsix-path.mjs';

const LIMIT = 2 * 1024 * 1024;
const REPOSITORY = 'nixos-containers/nixos-containers';

/**
 * Packs what `npm run build` made; refuses a package over the size limit.
 * @param {string} [file] where to put it
 * @returns {Promise<number>} its size in bytes
 */
export async function packExtension(file = vsixPath()) {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    // The extension's page shows pictures only from an https address.
    ...['--baseContentUrl', `https://github.com/${REPOSITORY}/blob/main`],
    ...['--baseImagesUrl', `https://raw.githubusercontent.com/${REPOSITORY}/main`],
    '--out',
    file,
  ];
  await runQuietly(process.execPath, [vsce, 'package', ...flags], {
    // Times in a zip are local ones.
    env: { ...process.env, TZ: 'UTC' },
  });
  const { size } = await stat(file);
  if (size > LIMIT) throw new SetupError(`${file} has ${size} bytes, more than ${LIMIT}`);
  return size;
}

if (process.argv[1] === import.meta.filename) {
  await endingWithStatus(async () => {
    if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) throw new SetupError('the build failed');
    const size = await packExtension();
    console.log(`${path.relative(root, vsixPath())}: ${size} bytes`);
  });
}
