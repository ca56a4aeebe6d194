import * as nodeModule from 'node:module';
import type { program } from './program';

/** Not in the types of Node 20, nor in Node 20. */
interface WithCompileCache {
  readonly enableCompileCache?: () => unknown;
}

/**
 * The program, which lies beside the launcher. Where Node can (22.1 and newer), it keeps what it compiled for the next
 * start.
 */
export function loadProgram(): typeof program {
  (nodeModule as WithCompileCache).enableCompileCache?.();
  const loaded = nodeModule.createRequire(__filename)('./program.js') as { readonly program: typeof program };
  return loaded.program;
}
