import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

type ModuleFunction = (
  exports: object,
  require: NodeJS.Require,
  module: { readonly exports: object },
  filename: string,
  dirname: string,
) => void;

/** As many compiled forms stay: an editor's Node and a shell's, each before and after an update. */
const MOST_KEPT = 4;

/**
 * Loads a CommonJS bundle as `require` does, with V8's compiled form of it from an earlier start; the first start keeps
 * that form when it ends. It is what `module.enableCompileCache` of Node 22.1 does, for older ones.
 * @param path absolute; the bundle is ASCII, as esbuild writes it
 * @param folder where compiled forms are kept; when it cannot be written to, every start compiles
 */
export function requireCompiled(path: string, folder = cacheFolder()): unknown {
  const source = readFileSync(path);
  const kept = join(
    folder,
    `${process.version}-${process.arch}-${digest(source).toString('hex').slice(0, 32)}.bin`,
  );
  const cachedData = keptIn(kept);
  const script = new Script(wrap(source.toString('latin1')), { filename: path, cachedData });
  if (cachedData === undefined || script.cachedDataRejected === true)
    // At the end, since it then holds the functions that a start runs.
    process.once('exit', () => keep(kept, script.createCachedData()));
  const module = { exports: {} };
  const run = script.runInThisContext() as ModuleFunction;
  run(module.exports, createRequire(path), module, path, dirname(path));
  return module.exports;
}

/** The user's own folder for what can be made again; no other user can write into it. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'nixos-containers');
}

function digest(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}

const DIGEST_BYTES = 32;

/** What was kept, if it is whole: V8 trusts what it is given. */
function keptIn(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const form = content.subarray(DIGEST_BYTES);
    return content.subarray(0, DIGEST_BYTES).equals(digest(form)) ? form : undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, form: Buffer): void {
  const folder = dirname(file);
  const unfinished = `${file}.${process.pid}`;
  attempt(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, Buffer.concat([digest(form), form]));
    renameSync(unfinished, file);
  });
  attempt(() => rmSync(unfinished, { force: true }));
  attempt(() => {
    const byAge = readdirSync(folder)
      .map((name) => join(folder, name))
      .map((path) => ({ path, time: statSync(path).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { path } of byAge.slice(MOST_KEPT)) rmSync(path);
  });
}

/** Does what the disk may refuse; a start does not depend on it. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The next start compiles again.
  }
}
