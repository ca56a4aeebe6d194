// Measures the built server and command line against budget.json. Prints p50 and p95, writes test/artefacts/bench.json.
// A figure below its minimum fails too: what is suspiciously fast did not do its work.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { largeHomelab } from './large-homelab.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'server/dist/cli.js');
const server = path.join(root, 'server/dist/server.js');

async function writeHomelab(count) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-bench-'));
  for (const [file, text] of largeHomelab(count)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

function run(args) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.resume();
    child.on('error', reject);
    child.on('exit', (status) =>
      status === 0 ? resolve(performance.now() - started) : reject(new Error(`exit ${status}`)),
    );
  });
}

/** Starts the server on a folder; gives the connection and how long `initialize` took from the start of the process. */
async function connect(folder) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', server, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest(() => null);
  connection.onNotification(() => {});
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
    },
    initializationOptions: { pushDiagnostics: true },
  });
  const answered = performance.now() - started;
  connection.sendNotification('initialized', {});
  return { connection, child, answered };
}

async function stop({ connection, child }) {
  const exited = new Promise((resolve) => child.on('exit', resolve));
  await connection.sendRequest('shutdown');
  connection.sendNotification('exit');
  await exited;
  connection.dispose();
}

/** Types a conflict in and out again; each time from the change to the diagnostics of that version. */
async function keystrokes(folder, times) {
  const session = await connect(folder);
  const { connection, child } = session;
  const file = path.join(folder, 'containers/service1.nix');
  const uri = pathToFileURL(file).href;
  const text = await readFile(file, 'utf8');
  let notify = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (published) => notify(published));
  const published = (matches) =>
    new Promise((resolve) => {
      notify = (event) => event.uri === uri && matches(event) && resolve(performance.now());
    });
  const open = text.indexOf('10.20.0.5');
  const conflict = published((event) => event.diagnostics.length > 0);
  const changed = text.replace('localAddress = "10.20.0.5"', 'localAddress = "10.20.0.3"');
  if (open === -1 || changed === text) throw new Error('the generated homelab has another shape');
  connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'nix', version: 1, text: changed },
  });
  await conflict;
  const figures = [];
  let version = 1;
  for (let i = 0; i < times; i++) {
    const wanted = i % 2 === 1;
    const seen = published((event) => event.diagnostics.length > 0 === wanted);
    const started = performance.now();
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ text: wanted ? changed : text }],
    });
    figures.push((await seen) - started);
  }
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  await stop(session);
  return { figures, rss };
}

/** Places of a container's module that are asked about: a request, and the text behind which the cursor stands. */
const ASKED = {
  'completion-1000': [
    ['textDocument/completion', 'privateNetwork = true;\n    '],
    ['textDocument/completion', 'entryPoints = [ "'],
    ['textDocument/completion', 'config.containers.'],
    ['textDocument/completion', 'service = "'],
  ],
  'hover-1000': [
    ['textDocument/hover', 'localAddr'],
    ['textDocument/hover', '  containers.ser'],
    ['textDocument/hover', 'url = "htt'],
    ['textDocument/hover', 'routers.ser'],
  ],
  'definition-1000': [
    ['textDocument/definition', 'config.containers.ser'],
    ['textDocument/definition', 'service = "ser'],
  ],
};

/** Changes a file and asks, each time the first question about that state: nothing of the answer is at hand. */
async function requests(folder, times) {
  const session = await connect(folder);
  const { connection } = session;
  const file = path.join(folder, 'containers/service1.nix');
  const uri = pathToFileURL(file).href;
  const text = await readFile(file, 'utf8');
  let notify = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (event) => event.uri === uri && notify(event));
  const published = (wanted) =>
    new Promise((resolve) => {
      notify = ({ diagnostics }) =>
        diagnostics.some(({ code }) => code === 'duplicate-address') === wanted && resolve();
    });
  const changed = text.replace('localAddress = "10.20.0.5"', 'localAddress = "10.20.0.3"');
  const first = published(true);
  connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'nix', version: 1, text: changed },
  });
  await first;
  const figures = {};
  let version = 1;
  let conflict = true;
  for (const [name, places] of Object.entries(ASKED)) {
    figures[name] = [];
    for (let i = 0; i < times; i++) {
      conflict = !conflict;
      const seen = published(conflict);
      const now = conflict ? changed : text;
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ text: now }],
      });
      await seen;
      const [method, behind] = places[i % places.length];
      const at = now.indexOf(behind);
      if (at === -1) throw new Error(`the generated homelab does not say ${behind}`);
      const before = now.slice(0, at + behind.length).split('\n');
      const position = { line: before.length - 1, character: before.at(-1).length };
      const started = performance.now();
      const answer = await connection.sendRequest(method, { textDocument: { uri }, position });
      figures[name].push(performance.now() - started);
      if (answer === null || answer.items?.length === 0 || answer.length === 0)
        throw new Error(`${method} has no answer behind ${behind}`);
    }
  }
  await stop(session);
  return figures;
}

function percentile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const budget = JSON.parse(await readFile(path.join(root, 'test/bench/budget.json'), 'utf8'));
const [small, large] = [await writeHomelab(40), await writeHomelab(1000)];
const measured = {};
try {
  const starts = [];
  for (let i = 0; i < 10; i++) {
    const session = await connect(small);
    starts.push(session.answered);
    await stop(session);
  }
  measured['initialize'] = starts;
  measured['check-1000'] = [];
  for (let i = 0; i < 5; i++) measured['check-1000'].push(await run([cli, 'check', large]));
  measured['keystroke-40'] = (await keystrokes(small, 60)).figures;
  const { figures, rss } = await keystrokes(large, 20);
  measured['keystroke-1000'] = figures;
  measured['rss-1000'] = [rss];
  Object.assign(measured, await requests(large, 40));
} finally {
  await rm(small, { recursive: true, force: true });
  await rm(large, { recursive: true, force: true });
}

let failed = false;
const report = {};
for (const [name, { unit, statistic, min, max }] of Object.entries(budget)) {
  const figures = measured[name] ?? [];
  const row = { p50: percentile(figures, 0.5), p95: percentile(figures, 0.95), runs: figures.length };
  const value = row[statistic];
  const verdict = value < min ? 'too fast' : value > max ? 'over budget' : 'ok';
  failed ||= verdict !== 'ok';
  report[name] = { ...row, unit, verdict };
  console.log(
    `${name.padEnd(16)} p50 ${row.p50.toFixed(1).padStart(8)}  p95 ${row.p95.toFixed(1).padStart(8)} ${unit}  ${statistic} ${min}–${max}: ${verdict}`,
  );
}
await mkdir(path.join(root, 'test/artefacts'), { recursive: true });
await writeFile(path.join(root, 'test/artefacts/bench.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;
