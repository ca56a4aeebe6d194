import { writeSync } from 'node:fs';

/** Results go to stdout. Written synchronously: a pipe must hold everything when the process ends. */
export function result(text: string): void {
  writeAll(1, text);
}

/** What is wrong with the call or the input goes to stderr. */
export function problem(message: string): void {
  writeAll(2, `nixos-containers: ${message}\n`);
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}
