import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { textsAfter } from '../edits/overlay';
import type { EditPlan } from '../edits/edit-plan';
import type { FileSource } from '../nix/file-source';

/** Why a plan was not written: nothing has changed on disk. */
export class NotWritten extends Error {}

interface Write {
  readonly path: string;
  readonly bytes: Buffer;
  /** What the file held; null for a new one. */
  readonly before: Buffer | null;
}

/**
 * Writes everything a plan changes, or nothing: all is checked first, and what was written is taken back when a later
 * step fails. Never overwrites a file it did not read, never follows a link, never leaves the folder.
 * @param root the folder that nothing outside of may be written to
 */
export async function writePlan(
  plan: EditPlan,
  files: Pick<FileSource, 'entry'>,
  root: string,
): Promise<void> {
  const realRoot = await realpath(root);
  const texts = textsAfter(files, plan);
  const created = new Set(plan.creations.map(({ path }) => path));
  const writes: Write[] = [];
  for (const [path, text] of texts) {
    writes.push(
      created.has(path)
        ? await checkedCreation(path, text, realRoot)
        : await checkedChange(path, text, files, realRoot),
    );
  }
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const write of writes.filter(({ before }) => before === null)) await create(write, undo);
    for (const write of writes.filter(({ before }) => before !== null)) await replace(write, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw new NotWritten(`${messageOf(error)}; nothing was changed`);
  }
}

async function checkedCreation(path: string, text: string, root: string): Promise<Write> {
  if (await exists(path)) throw new NotWritten(`${path} exists already; nothing was changed`);
  let folder = dirname(path);
  while (!(await exists(folder))) folder = dirname(folder);
  await checkFolder(folder, root);
  return { path, bytes: Buffer.from(text), before: null };
}

async function checkedChange(
  path: string,
  text: string,
  files: Pick<FileSource, 'entry'>,
  root: string,
): Promise<Write> {
  const info = await lstat(path).catch(() => null);
  if (info === null) throw new NotWritten(`${path} is gone; nothing was changed`);
  if (!info.isFile())
    throw new NotWritten(`${path} is a link or no plain file, so it is not written to; nothing was changed`);
  await checkFolder(dirname(path), root);
  await access(path, constants.W_OK).catch(() => {
    throw new NotWritten(`${path} is not writable; nothing was changed`);
  });
  const before = await readFile(path);
  const entry = files.entry(path);
  const read = entry.kind === 'file' ? entry.text : '';
  const mark = before.subarray(0, 3).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : Buffer.alloc(0);
  if (!before.equals(Buffer.concat([mark, Buffer.from(read)])))
    throw new NotWritten(`${path} was changed meanwhile, or is not UTF-8; nothing was changed`);
  return { path, bytes: Buffer.concat([mark, Buffer.from(text)]), before };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A folder to write in: really inside the root, and writable. */
async function checkFolder(folder: string, root: string): Promise<void> {
  const real = await realpath(folder);
  if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new NotWritten(`${folder} leads out of ${root}; nothing was changed`);
  const info = await stat(real);
  if (!info.isDirectory()) throw new NotWritten(`${folder} is not a folder; nothing was changed`);
  await access(real, constants.W_OK | constants.X_OK).catch(() => {
    throw new NotWritten(`${folder} is not writable; nothing was changed`);
  });
}

async function create({ path, bytes }: Write, undo: (() => Promise<unknown>)[]): Promise<void> {
  const missing: string[] = [];
  for (let folder = dirname(path); !(await exists(folder)); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    await mkdir(folder);
    undo.push(() => rmdir(folder));
  }
  // `wx` refuses a file that has come into being since it was looked for.
  await writeFile(path, bytes, { flag: 'wx' });
  undo.push(() => rm(path));
}

async function replace({ path, bytes, before }: Write, undo: (() => Promise<unknown>)[]): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const { mode, uid, gid } = await stat(path);
  undo.push(() => rm(temporary, { force: true }));
  await writeFile(temporary, bytes, { flag: 'wx' });
  await chmod(temporary, mode);
  await chown(temporary, uid, gid).catch(() => undefined);
  await rename(temporary, path);
  undo.push(() => writeFile(path, before ?? bytes));
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
