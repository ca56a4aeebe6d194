import { FORBIDDEN_GLOBALS_IN_PURE_FLOORS, FORBIDDEN_GLOBALS_IN_SERVER, PURE_FLOORS } from './floors.mjs';
import { importsRule } from './imports-rule.mjs';

const globalsRule = (names, why) => ['error', ...names.map((name) => ({ name, message: why }))];

/** ESLint configuration that keeps the house standing, generated from the list of floors. */
export const boundaries = [
  {
    name: 'house/imports',
    files: ['server/src/**/*.ts', 'client/src/**/*.ts'],
    plugins: { house: { rules: { imports: importsRule } } },
    rules: { 'house/imports': 'error' },
  },
  {
    name: 'house/server',
    files: ['server/src/**/*.ts'],
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-globals': globalsRule(FORBIDDEN_GLOBALS_IN_SERVER, 'The server opens no connection.'),
    },
  },
  {
    name: 'house/pure-floors',
    files: PURE_FLOORS.map((floor) => `server/src/${floor}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': globalsRule(
        [...FORBIDDEN_GLOBALS_IN_SERVER, ...FORBIDDEN_GLOBALS_IN_PURE_FLOORS],
        'These floors touch no disk, no clock and no connection.',
      ),
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The same text gives the same answer.' },
      ],
    },
  },
];
