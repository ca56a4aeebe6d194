import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { root } from '../../scripts/setup/run.mjs';
import { ProtocolClient } from './protocol-client';

/** What a session starts from. */
export interface Session {
  /** Files of the folder, by their path in it. */
  files: Record<string, string>;
  initializationOptions?: unknown;
}

/**
 * Runs a session: a folder with these files, the built server on it, and a client. Afterwards the server must end by
 * itself, with status 0 and nothing on stderr.
 */
export async function withServer(
  { files, initializationOptions }: Session,
  session: (client: ProtocolClient) => Promise<void>,
): Promise<void> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-session-')));
  try {
    for (const [file, text] of Object.entries(files)) await writeIn(folder, file, text);
    const serverFile = process.env['NIXOS_CONTAINERS_SERVER'] ?? path.join(root, 'server/dist/server.js');
    const client = await ProtocolClient.start(serverFile, folder, initializationOptions);
    try {
      await session(client);
    } catch (error) {
      await client.kill();
      throw error;
    }
    expect(await client.stop()).toEqual({ status: 0, errors: '' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a file into a folder, with the folders on the way. */
export async function writeIn(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}
