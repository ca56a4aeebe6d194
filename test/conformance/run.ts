/**
 * Runs Nix's own language tests (NixOS/nix, `tests/functional/lang`) from a folder outside the repository:
 * `npm run conformance -- DIR`. Prints counts, what was left out and why, and each test that differs.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { builtinNames } from '../../server/src/eval/builtins';
import { writeXml } from '../../server/src/eval/builtins/xml';
import { Evaluation, type ParsedFiles } from '../../server/src/eval/evaluation';
import { printNix } from '../../server/src/eval/print';
import { attempt, inspect } from '../../server/src/eval/thunk';
import { Failure, Unknown } from '../../server/src/eval/value';
import type { DirectoryEntry, FileEntry } from '../../server/src/nix/file-source';
import { NixParser } from '../../server/src/nix/parser';
import type { SourceFile } from '../../server/src/nix/source-file';
import { LEFT_OUT } from './left-out';

/** Where the tests stand in the expected texts. */
const PWD = '/pwd/lang';

/** Folders that exist wherever the tests run. */
const ABOVE = new Set(['/', '/pwd', '/nix', '/nix/store']);

interface Difference {
  readonly name: string;
  readonly why: string;
}

/** The folder as a snapshot in which it stands at the place that the expected texts name. */
function snapshotOf(folder: string, parser: NixParser): ParsedFiles {
  const parsed = new Map<string, SourceFile>();
  const onDisk = (path: string): string | null =>
    path === PWD || path.startsWith(`${PWD}/`) ? folder + path.slice(PWD.length) : null;
  const read = (path: string): string | null => {
    const disk = onDisk(path);
    return disk !== null && existsSync(disk) && statSync(disk).isFile() ? readFileSync(disk, 'latin1') : null;
  };
  return {
    entry(path): FileEntry {
      const disk = onDisk(path);
      if (ABOVE.has(path)) return { kind: 'directory', entries: [] };
      if (disk === null || !existsSync(disk)) return { kind: 'missing' };
      if (statSync(disk).isDirectory())
        return { kind: 'directory', entries: readdirSync(disk, { withFileTypes: true }).map(entryOf) };
      const bytes = readFileSync(disk);
      const text = bytes.toString('utf8');
      return Buffer.from(text, 'utf8').equals(bytes)
        ? { kind: 'file', text }
        : { kind: 'opaque', reason: 'binary' };
    },
    ignored: () => false,
    tracked: () => null,
    nixFiles: () => [],
    parsed(path) {
      const known = parsed.get(path);
      if (known !== undefined || read(path) === null) return known ?? null;
      const file = parser.parse(path, readFileSync(onDisk(path) as string, 'utf8'));
      parsed.set(path, file);
      return file;
    },
  };
}

function entryOf(entry: {
  name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): DirectoryEntry {
  const kind = entry.isSymbolicLink()
    ? 'symlink'
    : entry.isDirectory()
      ? 'directory'
      : entry.isFile()
        ? 'regular'
        : 'unknown';
  return { name: entry.name, kind };
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function firstDifference(got: string, wanted: string): string {
  let at = 0;
  while (at < got.length && got[at] === wanted[at]) at++;
  const from = Math.max(0, at - 30);
  return `gives …${got.slice(from, at + 80)}… instead of …${wanted.slice(from, at + 80)}…`;
}

/** Why a test that should print `wanted` does not; null when it does. */
function checkOkay(snapshot: ParsedFiles, name: string, wanted: string, xml: boolean): string | null {
  const evaluation = new Evaluation(snapshot);
  const path = `${PWD}/${name}.nix`;
  const file = snapshot.parsed(path);
  if (file !== null && file.errors.length > 0) return `syntax error: ${file.errors[0]?.message ?? ''}`;
  const thunk = evaluation.fileThunk(path);
  const got = attempt(() =>
    xml ? writeXml(thunk, { at: null, machine: evaluation }) : `${printNix(thunk)}\n`,
  );
  if (got instanceof Unknown) return `unknown (${got.cause}): ${got.reason}`;
  if (got instanceof Failure) return `fails: ${got.message}`;
  return got === wanted ? null : firstDifference(got, wanted);
}

/** Why a test that should fail does not; null when it does. */
function checkFail(snapshot: ParsedFiles, name: string): string | null {
  const evaluation = new Evaluation(snapshot);
  const path = `${PWD}/${name}.nix`;
  const file = snapshot.parsed(path);
  if (file !== null && file.errors.length > 0) return null;
  const thunk = evaluation.fileThunk(path);
  const value = inspect(thunk);
  // Nix calls these errors; here the value is unknown, for the same reason.
  if (value instanceof Unknown && ['cycle', 'budget', 'syntax'].includes(value.cause)) return null;
  const got = attempt(() => printNix(thunk));
  if (got instanceof Failure) return null;
  if (got instanceof Unknown) return `unknown (${got.cause}): ${got.reason}`;
  if (/«unknown: (infinite recursion|the (evaluation|value) nests too deeply)/.test(got)) return null;
  return `evaluates to ${shortened(got)}`;
}

async function main(): Promise<number> {
  const [argument] = process.argv.slice(2);
  if (argument === undefined || !existsSync(argument)) {
    console.error('usage: npm run conformance -- DIR   (NixOS/nix, tests/functional/lang)');
    return 2;
  }
  const folder = resolve(argument);
  const find = createRequire(`${process.cwd()}/`);
  const parser = await NixParser.create({
    runtime: readFileSync(find.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(find.resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
  });
  builtinNames();
  const snapshot = snapshotOf(folder, parser);
  const leftOut = new Map<string, string[]>();
  const differences: Difference[] = [];
  const counts = { okay: 0, okayAsExpected: 0, fail: 0, failAsExpected: 0 };
  for (const path of readdirSync(folder).sort()) {
    const found = /^(eval-(okay|fail)-.*)\.nix$/.exec(path);
    if (found === null) continue;
    const name = basename(path, '.nix');
    const has = (extension: string): boolean => existsSync(`${folder}/${name}.${extension}`);
    const reason =
      LEFT_OUT[name] ?? (has('flags') ? 'needs flags' : has('exp-disabled') ? 'disabled by Nix' : null);
    if (reason !== null) {
      leftOut.set(reason, [...(leftOut.get(reason) ?? []), name]);
      continue;
    }
    let why: string | null;
    if (found[2] === 'okay') {
      const xml = has('exp.xml');
      if (!xml && !has('exp')) {
        leftOut.set('has no expected result', [...(leftOut.get('has no expected result') ?? []), name]);
        continue;
      }
      counts.okay++;
      why = checkOkay(
        snapshot,
        name,
        readFileSync(`${folder}/${name}.${xml ? 'exp.xml' : 'exp'}`, 'utf8'),
        xml,
      );
      if (why === null) counts.okayAsExpected++;
    } else {
      counts.fail++;
      why = checkFail(snapshot, name);
      if (why === null) counts.failAsExpected++;
    }
    if (why !== null) differences.push({ name, why });
  }
  const all = counts.okay + counts.fail;
  const good = counts.okayAsExpected + counts.failAsExpected;
  console.log(`eval-okay: ${counts.okayAsExpected} of ${counts.okay} as expected`);
  console.log(`eval-fail: ${counts.failAsExpected} of ${counts.fail} as expected`);
  console.log(`together:  ${good} of ${all} (${((100 * good) / all).toFixed(1)} %)`);
  for (const [reason, names] of leftOut)
    console.log(`left out, ${reason} (${names.length}): ${names.join(', ')}`);
  for (const { name, why } of differences) console.log(`differs: ${name}: ${why}`);
  return differences.length === 0 ? 0 : 1;
}

process.exitCode = await main();
