import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FLOORS,
  FORBIDDEN_IN_SERVER,
  PROTOCOL,
  PURE_FLOORS,
  RUNS_THE_PROGRAM,
  floorOf,
  mayImport,
} from './floors.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const inRepository = (file) => path.relative(root, file).split(path.sep).join('/');
const isTest = (file) => /\.test\.ts$/.test(file);

/** What is wrong with `file` importing `source`; undefined when nothing is. Paths are relative to the repository. */
export function importProblem({ file, source, typeOnly }) {
  const target = source.startsWith('.') ? path.posix.join(path.posix.dirname(file), source) : undefined;
  if (file.startsWith('client/')) return clientProblem(target, typeOnly);
  const floor = floorOf(file);
  if (floor === undefined) return undefined;
  if (!FLOORS.includes(floor)) return `server/src/${floor} is no floor of the house (${FLOORS.join(', ')})`;
  return target === undefined ? packageProblem(file, floor, source) : serverProblem(file, floor, target);
}

function clientProblem(target, typeOnly) {
  if (target === undefined || !target.startsWith('server/')) return undefined;
  if (target.replace(/\.(js|ts)$/, '') !== PROTOCOL)
    return `the client knows only ${PROTOCOL}.ts of the server`;
  return typeOnly ? undefined : `the client takes only types from ${PROTOCOL}.ts: write \`import type\``;
}

function packageProblem(file, floor, source) {
  const name = source.replace(/^node:/, '');
  if (source === 'vscode') return 'the server does not know VS Code';
  if (!isBuiltin(source) || isTest(file)) return undefined;
  if (name === 'vm' && file === RUNS_THE_PROGRAM) return undefined;
  if (FORBIDDEN_IN_SERVER.includes(name.split('/')[0])) return `${source} has no place in the server`;
  if (PURE_FLOORS.includes(floor)) return `${floor}/ runs anywhere: it cannot use ${source}`;
  return undefined;
}

function serverProblem(file, floor, target) {
  if (isTest(file)) return target.startsWith('client/') ? 'the server does not know the client' : undefined;
  const to = floorOf(target);
  if (to === undefined) {
    return target === 'server/package.json' ? undefined : `${floor}/ reaches out of server/src to ${target}`;
  }
  if (mayImport(floor, to)) return undefined;
  return FLOORS.includes(to)
    ? `${floor}/ imports from ${to}/, which is above it`
    : `server/src/${to} is no floor of the house (${FLOORS.join(', ')})`;
}

/** ESLint rule: imports go down the house, and what the server must not do cannot be imported. */
export const importsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      direction: '{{problem}}.',
      computed: 'import() of something computed: the server executes nothing.',
    },
  },
  create(context) {
    const file = inRepository(context.filename);
    const check = (node, literal, typeOnly) => {
      if (typeof literal?.value !== 'string') return;
      const problem = importProblem({ file, source: literal.value, typeOnly });
      if (problem !== undefined) context.report({ node: literal, messageId: 'direction', data: { problem } });
    };
    const checkComputed = (node, source) => {
      if (source?.type === 'Literal' && typeof source.value === 'string') check(node, source, false);
      else if (file.startsWith('server/src/')) context.report({ node, messageId: 'computed' });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      TSImportEqualsDeclaration: (node) =>
        check(node, node.moduleReference.expression, node.importKind === 'type'),
      TSImportType: (node) => check(node, node.source, true),
      ImportExpression: (node) => checkComputed(node, node.source),
      'CallExpression[callee.name="require"]': (node) => checkComputed(node, node.arguments[0]),
    };
  },
};
