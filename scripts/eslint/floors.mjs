/**
 * The house, from the ground up: a module under `server/src` imports from its own floor and the floors below.
 * Everything else in this folder is derived from this list.
 */
export const FLOORS = [
  'nix',
  'eval',
  'schema',
  'homelab',
  'edits',
  'rules',
  'features',
  'workspace',
  'lsp',
  'cli',
  'launch',
];

/** Floors that see neither disk nor clock nor connection, so that they run anywhere. */
export const PURE_FLOORS = FLOORS.slice(0, FLOORS.indexOf('workspace'));

/** The only module of the server that the client may name, and only its types. */
export const PROTOCOL = 'server/src/lsp/protocol';

/** Modules that start processes, open connections or run text as code: never in the server. */
export const FORBIDDEN_IN_SERVER = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'repl',
  'tls',
  'vm',
];

/** The one file that may: it runs the program that lies beside it. */
export const RUNS_THE_PROGRAM = 'server/src/launch/compiled-form.ts';

/** Ways to reach a clock, a disk or the machine without importing anything. */
export const FORBIDDEN_GLOBALS_IN_PURE_FLOORS = [
  'Buffer',
  'Date',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'global',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'self',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

/** Ways to reach the network without importing anything. */
export const FORBIDDEN_GLOBALS_IN_SERVER = ['EventSource', 'WebSocket', 'XMLHttpRequest', 'fetch'];

/**
 * Which floor a file stands on, by its path in the repository; undefined when it is not under `server/src`.
 * @param {string} file
 */
export function floorOf(file) {
  return /^server\/src\/(?:([^/]+)\/)?/
    .exec(file)
    ?.slice(1, 2)
    .map((name) => name ?? '')[0];
}

/**
 * Whether a module on floor `from` may import one on floor `to`.
 * @param {string} from
 * @param {string} to
 */
export function mayImport(from, to) {
  return FLOORS.includes(from) && FLOORS.includes(to) && FLOORS.indexOf(to) <= FLOORS.indexOf(from);
}
