/**
 * Surveys repositories that lie outside the project: `npm run survey -- [--definitions | --names] [--markdown] FOLDER…`.
 * Prints for each what the engine knows and finds, why addresses are unknown, and what it took; `--definitions` and
 * `--names` ask other things (definitions.ts, names.ts). docs/survey.md keeps the table.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import type { Container, Host } from '../../server/src/homelab/model';
import { NixParser } from '../../server/src/nix/parser';
import { isInside } from '../../server/src/nix/paths';
import { scanFolder } from '../../server/src/workspace/disk';
import { Workspace, type Analysis } from '../../server/src/workspace/workspace';
import { definitionsOf, definitionTable, definitionText, type DefinitionRow } from './definitions';
import type { AskedName } from './asked-names';
import { namesReport, surveyNames } from './names';

/** What a survey says of one repository. */
interface Row {
  readonly name: string;
  readonly hosts: number;
  readonly active: number;
  readonly disabled: number;
  readonly known: number;
  readonly unknown: number;
  readonly unset: number;
  readonly routes: number;
  readonly reached: number;
  readonly open: number;
  readonly findings: ReadonlyMap<string, number>;
  readonly reasons: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
  readonly milliseconds: number;
  readonly megabytes: number;
}

const ADDRESSES = ['hostAddress', 'localAddress', 'hostAddress6', 'localAddress6'] as const;

function tally(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function running({ containers }: Host): readonly Container[] {
  return containers.filter(({ status }) => status !== 'disabled');
}

/** How many collections of a host are not known as a whole. */
function openCollections(host: Host): number {
  const reasons = [
    host.incomplete,
    host.containersOpen,
    host.tcp.ports.open,
    host.udp.ports.open,
    host.entryPoints.open,
    host.middlewares.open,
    ...running(host).flatMap(({ bindMounts, forwardPorts, extraVeths, guest }) => [
      bindMounts.open,
      forwardPorts.open,
      extraVeths.open,
      guest?.tcp.ports.open ?? null,
    ]),
    ...host.routes.map(({ backendsOpen }) => backendsOpen),
  ];
  return reasons.filter((reason) => reason !== null).length;
}

function rowOf(name: string, { homelab, findings }: Analysis, took: number): Row {
  const hosts = homelab.hosts;
  const containers = hosts.flatMap(running);
  const facts = containers.flatMap((container) => ADDRESSES.map((option) => container[option]));
  const routes = hosts.flatMap((host) => host.routes);
  return {
    name,
    hosts: homelab.projects.reduce((sum, project) => sum + project.hosts.length, 0),
    active: containers.length,
    disabled: hosts.flatMap((host) => host.containers).length - containers.length,
    known: facts.filter(({ kind }) => kind === 'known').length,
    unknown: facts.filter(({ kind }) => kind === 'unknown').length,
    unset: facts.filter(({ kind }) => kind === 'unset').length,
    routes: routes.length,
    reached: routes.filter(({ backends }) => backends.some(({ container }) => container !== null)).length,
    open: hosts.reduce((sum, host) => sum + openCollections(host), 0),
    findings: tally(findings.map(({ severity, rule }) => `${severity} ${rule}`)),
    reasons: tally(facts.flatMap((fact) => (fact.kind === 'unknown' ? [fact.reason] : []))),
    problems: homelab.projects.flatMap(({ problem }) => (problem === null ? [] : [problem.message])),
    milliseconds: took,
    megabytes: Math.round(process.memoryUsage().heapUsed / 1e6),
  };
}

async function workspaceOf(parser: NixParser, root: string): Promise<Workspace> {
  const workspace = new Workspace(parser, (path) => isInside(root, path));
  const { files } = await scanFolder(root);
  for (const [path, file] of files) workspace.setFile(path, file);
  return workspace;
}

async function analysed(parser: NixParser, root: string): Promise<{ analysis: Analysis; took: number }> {
  const workspace = await workspaceOf(parser, root);
  const start = performance.now();
  const analysis = workspace.analysis();
  return { analysis, took: Math.round(performance.now() - start) };
}

function counts(of: ReadonlyMap<string, number>): string {
  return [...of].map(([what, number]) => (number === 1 ? what : `${number} × ${what}`)).join(', ');
}

const COLUMNS: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['repository', ({ name }) => name],
  ['hosts', ({ hosts }) => String(hosts)],
  ['containers (disabled)', ({ active, disabled }) => `${active} (${disabled})`],
  ['addresses known / unknown / unset', ({ known, unknown, unset }) => `${known} / ${unknown} / ${unset}`],
  ['routes (to a container)', ({ routes, reached }) => `${routes} (${reached})`],
  ['open', ({ open }) => String(open)],
  ['findings', ({ findings }) => counts(findings) || '–'],
  ['ms', ({ milliseconds }) => String(milliseconds)],
  ['heap MB', ({ megabytes }) => String(megabytes)],
];

function markdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(COLUMNS.map(([title]) => title)),
    line(COLUMNS.map(() => '---')),
    ...rows.map((row) => line(COLUMNS.map(([, cell]) => cell(row)))),
  ].join('\n');
}

function text(row: Row): string {
  const lines = COLUMNS.slice(1).map(([title, cell]) => `  ${title}: ${cell(row)}`);
  for (const [reason, number] of row.reasons) lines.push(`  unknown (${number}): ${reason}`);
  for (const problem of row.problems) lines.push(`  problem: ${problem}`);
  return [row.name, ...lines].join('\n');
}

async function main(args: readonly string[]): Promise<void> {
  const folders = args.filter((arg) => !arg.startsWith('--'));
  if (folders.length === 0) {
    console.error(
      'usage: npm run survey -- [--definitions | --names [--every=N] [--answers=DIR]] [--markdown] FOLDER…',
    );
    process.exitCode = 2;
    return;
  }
  const require = createRequire(import.meta.url);
  const parser = await NixParser.create({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(require.resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
  });
  const isTable = args.includes('--markdown');
  if (args.includes('--definitions')) {
    const rows: DefinitionRow[] = [];
    for (const folder of folders) {
      const root = resolve(folder);
      const { analysis } = await analysed(parser, root);
      rows.push({ name: basename(root), root, definitions: definitionsOf(analysis.homelab) });
    }
    console.log(isTable ? definitionTable(rows) : rows.map(definitionText).join('\n\n'));
    return;
  }
  if (args.includes('--names')) {
    const valueOf = (option: string): string | null =>
      args.find((arg) => arg.startsWith(`--${option}=`))?.slice(option.length + 3) ?? null;
    const wishes = { every: Number(valueOf('every') ?? 1), answers: valueOf('answers') };
    const asked: AskedName[] = [];
    for (const folder of folders)
      asked.push(...(await surveyNames(folder, wishes, (root) => workspaceOf(parser, root))));
    console.log(namesReport(asked));
    return;
  }
  const rows: Row[] = [];
  for (const folder of folders) {
    const root = resolve(folder);
    const { analysis, took } = await analysed(parser, root);
    rows.push(rowOf(basename(root), analysis, took));
  }
  console.log(isTable ? markdown(rows) : rows.map(text).join('\n\n'));
}

await main(process.argv.slice(2));
