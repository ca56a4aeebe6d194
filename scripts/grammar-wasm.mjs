import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What the shipped tree-sitter-nix grammar must be, byte for byte. */
export const GRAMMAR = {
  sha256: 'ee332466b7667c0cddbee1621b89b4a3fd83a0e83c938a1502081440e03ba6a2',
  abi: 15,
};

/** Path of the grammar inside npm's `tree-sitter-wasm`. */
export function grammarWasmPath() {
  return require.resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm');
}

/** Path of the tree-sitter runtime inside npm's `web-tree-sitter`. */
export function runtimeWasmPath() {
  return require.resolve('web-tree-sitter/web-tree-sitter.wasm');
}

/**
 * Says what is wrong with the bytes of a grammar; an empty list when nothing is.
 * A grammar that imports no function can compute, and do nothing else.
 * @param {Uint8Array} bytes
 * @returns {Promise<string[]>}
 */
export async function grammarProblems(bytes) {
  const problems = [];
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== GRAMMAR.sha256) problems.push(`sha256 is ${sha256}, expected ${GRAMMAR.sha256}`);

  let module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch (error) {
    return [...problems, `not a WebAssembly module: ${error.message}`];
  }
  for (const { kind, module: from, name } of WebAssembly.Module.imports(module)) {
    if (!['memory', 'table', 'global'].includes(kind)) problems.push(`imports the ${kind} ${from}.${name}`);
  }
  if (problems.length > 0) return problems;

  const abi = await grammarAbi(bytes);
  if (abi !== GRAMMAR.abi) problems.push(`ABI is ${abi}, expected ${GRAMMAR.abi}`);
  return problems;
}

/**
 * Reads and checks the grammar; throws with every problem in words.
 * @returns {Promise<Buffer>}
 */
export async function readCheckedGrammar() {
  const file = grammarWasmPath();
  const bytes = await readFile(file);
  const problems = await grammarProblems(bytes);
  if (problems.length > 0) throw new Error(`tree-sitter-nix.wasm is refused: ${problems.join('; ')}`);
  return bytes;
}

async function grammarAbi(bytes) {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  return (await Language.load(bytes)).abiVersion;
}
