import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**', '.cache/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['server/src/**/*.test.ts', 'client/src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...never, 'test/session/**', 'test/e2e/**'],
          // How long a test takes says how busy the machine is; what is slow is measured by `npm run bench`.
          testTimeout: 60_000,
        },
      },
      {
        // Needs the build: these talk to server/dist over stdio.
        test: {
          name: 'session',
          include: ['test/session/**/*.test.ts'],
          exclude: never,
          testTimeout: 20_000,
        },
      },
      {
        // Needs the packaged extension: drives the window of real VS Code.
        test: {
          name: 'ui',
          include: ['test/e2e/ui/**/*.test.ts'],
          exclude: never,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
