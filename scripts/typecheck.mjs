// Type-checks every project of the repository; prints what tsc says and fails when one of them fails.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const projects = ['server', 'client', 'test'].filter((project) =>
  existsSync(path.join(root, project, 'tsconfig.json')),
);

const statuses = await Promise.all(
  projects.map(
    (project) =>
      new Promise((resolve) => {
        spawn(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' }).on('exit', resolve);
      }),
  ),
);
process.exitCode = statuses.some((status) => status !== 0) ? 1 : 0;
