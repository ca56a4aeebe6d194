import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/run.mjs';

/** Where `npm run package` puts the extension. */
export function vsixPath() {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, 'dist', `${name}-${version}.vsix`);
}
