/** For tests only: evaluation of files that are written in the test. */
/* eslint-disable house/imports -- reads the wasm files, as the tests that use this may */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { DirectoryEntry, FileEntry } from '../nix/file-source';
import { NixParser } from '../nix/parser';
import { directoryOf } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import { Evaluation, type ParsedFiles } from './evaluation';
import { printNix } from './print';
import { attempt, inspect, type Thunk } from './thunk';
import { Failure, Unknown, type Value } from './value';

const INDEX = '/.git/index';

let parser: Promise<NixParser> | undefined;

/** The parser, loaded once per process from npm's two wasm files. */
export function testParser(): Promise<NixParser> {
  return (parser ??= load());
}

async function load(): Promise<NixParser> {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, grammar] = await Promise.all([
    readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
  ]);
  return NixParser.create({ runtime, grammar });
}

/**
 * A snapshot of files by their absolute path; folders follow from the paths. A text at `…/.git/index` names what git tracks,
 * one path a line.
 */
export async function inMemoryFiles(given: Readonly<Record<string, string>>): Promise<ParsedFiles> {
  const files = Object.fromEntries(Object.entries(given).filter(([path]) => !path.endsWith(INDEX)));
  const tracked = new Set<string>();
  const repositories = Object.entries(given).flatMap(([path, text]) => {
    if (!path.endsWith(INDEX)) return [];
    const root = path.slice(0, -INDEX.length);
    for (const line of text.split(/\r?\n/)) tracked.add(`${root}/${line}`);
    return [root];
  });
  const nix = await testParser();
  const folders = new Map<string, Map<string, DirectoryEntry>>([['/', new Map()]]);
  const add = (path: string, kind: DirectoryEntry['kind']): void => {
    const folder = directoryOf(path);
    const entries = folders.get(folder) ?? new Map<string, DirectoryEntry>();
    folders.set(folder, entries);
    const name = path.slice(path.lastIndexOf('/') + 1);
    entries.set(name, { name, kind });
    if (folder !== '/') add(folder, 'directory');
  };
  for (const path of Object.keys(files)) add(path, 'regular');
  const parsed = new Map<string, SourceFile>();
  return {
    entry(path): FileEntry {
      const text = files[path];
      if (text !== undefined) return { kind: 'file', text };
      const folder = folders.get(path);
      return folder === undefined
        ? { kind: 'missing' }
        : { kind: 'directory', entries: [...folder.values()] };
    },
    nixFiles: () => Object.keys(files).filter((path) => path.endsWith('.nix')),
    ignored: () => false,
    tracked: (path) =>
      files[path] !== undefined && repositories.some((root) => path.startsWith(`${root}/`))
        ? tracked.has(path)
        : null,
    parsed(path) {
      const text = files[path];
      if (text === undefined || path.endsWith('.json')) return null;
      const file = parsed.get(path) ?? nix.parse(path, text);
      parsed.set(path, file);
      return file;
    },
  };
}

export async function evaluationOf(files: Readonly<Record<string, string>>): Promise<Evaluation> {
  return new Evaluation(await inMemoryFiles(files), { comesBack: true });
}

/** The file that `evaluateText` gives its text to. */
export const TEXT_PATH = '/test.nix';

/** A text's value, not yet computed; other files may stand beside it. */
export async function thunkOfText(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Thunk> {
  const evaluation = await evaluationOf({ ...files, [TEXT_PATH]: text });
  return evaluation.fileThunk(TEXT_PATH);
}

/** A text's value, or why there is none. */
export async function evaluateText(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Value | Unknown | Failure> {
  return inspect(await thunkOfText(text, files));
}

/** What a text prints as, or `error: …` where its evaluation fails. */
export async function printedText(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const thunk = await thunkOfText(text, files);
  const printed = attempt(() => printNix(thunk));
  if (printed instanceof Failure) return `error: ${printed.message}`;
  return printed instanceof Unknown ? `«unknown: ${printed.reason}»` : printed;
}

/**
 * What stays known: the text may use `x`, whose value is unknown, and all that prints as unknown is `?`.
 */
export async function printedShape(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const printed = await printedText(`let x = builtins.getEnv "X"; in ${text}`, files);
  return printed.replace(/«unknown: [^»]*»/g, '?');
}
