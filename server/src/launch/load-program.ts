import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { requireCompiled } from './compiled-form';
import type { program } from './program';

/** Not in the types of Node 20, nor in Node 20. */
interface WithCompileCache {
  readonly enableCompileCache?: () => unknown;
}

/**
 * The program, which lies beside the launcher. What Node compiled of it is kept for the next start; Node 22.1 and newer
 * do that themselves.
 */
export function loadProgram(): typeof program {
  const { enableCompileCache } = nodeModule as WithCompileCache;
  enableCompileCache?.();
  const path = join(__dirname, 'program.js');
  const loaded: unknown =
    enableCompileCache === undefined && process.env['NODE_DISABLE_COMPILE_CACHE'] === undefined
      ? requireCompiled(path)
      : nodeModule.createRequire(__filename)(path);
  return (loaded as { readonly program: typeof program }).program;
}
