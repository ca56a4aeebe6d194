import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { root } from '../../../scripts/setup/run.mjs';
import { launchChromium } from '../../../scripts/vscode/chromium.mjs';

/** The server as vscode.dev runs it: in a web worker of Chromium, whose stack is 500 KB. */

const ADDRESS = '10.0.0.2';
const SITE = 'http://lab.test/';

function nested(open: string, close: string, levels: number): string {
  return open.repeat(levels) + `"${ADDRESS}"` + close.repeat(levels);
}

/** Expressions that nest deeply, and what hover says of the address that they are: a value, or that it is not known. */
const DEEP: readonly (readonly [name: string, expression: string, known: boolean])[] = [
  ['a short one', `"10.0" + ".0.2"`, true],
  [
    '2,000 values, each of the one before',
    `let x0 = "${ADDRESS}"; ${Array.from({ length: 2000 }, (_, n) => `x${n + 1} = x${n};`).join(' ')} in x2000`,
    false,
  ],
  ['10,000 calls', `let f = n: if n == 0 then "${ADDRESS}" else f (n - 1); in f 10000`, false],
  ['a call without an end', `let f = n: 1 + f n; in toString (f 0)`, false],
  ['a fold of 2,000', `builtins.foldl' (a: b: b) "" (builtins.genList (n: "${ADDRESS}") 2000)`, true],
  [
    'a lazy fold of 2,000',
    `lib.foldr (a: b: if a == "" then b else a) "" (lib.replicate 2000 "${ADDRESS}")`,
    true,
  ],
  ['a fold of 100,000', `lib.foldl' (a: b: b) "" (map (n: "${ADDRESS}") (lib.range 1 100000))`, true],
  [
    'a fold of 100,000 that makes a text',
    `"10.0.0.\${toString (builtins.foldl' (a: b: if a > 1 then 2 else a + b) 0 (lib.range 1 100000))}"`,
    true,
  ],
  [
    'a fold of 100,000 that computes nothing until its end',
    `(builtins.foldl' (a: b: c: a (c + b)) (c: "${ADDRESS}") (lib.range 1 100000)) 0`,
    false,
  ],
  [
    'a recursion of 100,000 that still has to add',
    `let f = n: if n == 0 then 0 else 1 + f (n - 1); in if f 100000 == 100000 then "${ADDRESS}" else ""`,
    false,
  ],
  ['2,000 lists one after the other', `builtins.head ([ "${ADDRESS}" ]${' ++ [ 1 ]'.repeat(2000)})`, false],
  [
    'a fold of 2,000 lists one after the other',
    `builtins.head (builtins.foldl' (a: b: [ b ] ++ a) [ ] (map (n: "${ADDRESS}") (lib.range 1 2000)))`,
    true,
  ],
  [
    'a fold of 100,000 updates',
    `(builtins.foldl' (a: b: a // { ip = b; }) { } (map (n: "${ADDRESS}") (lib.range 1 100000))).ip`,
    true,
  ],
  ['2,000 sums', `"${ADDRESS}"${' + ""'.repeat(2000)}`, false],
  ['2,000 updates', `({ ip = "${ADDRESS}"; }${' // { }'.repeat(2000)}).ip`, false],
  ['2,000 sets in sets', `(${nested('{ a = ', '; }', 2000)})${'.a'.repeat(2000)}`, false],
  ['2,000 parentheses', nested('(', ')', 2000), false],
  ['2,000 lists in lists', `builtins.head (lib.flatten ${nested('[ ', ' ]', 2000)})`, false],
  ['2,000 functions', `(${'x: '.repeat(2000)}"${ADDRESS}") 1`, false],
];

function lab(expression: string): Record<string, string> {
  return {
    'configuration.nix': `{ lib, ... }:
{ containers.deep = {
  privateNetwork = true;
  localAddress =
    ${expression};
}; }
`,
  };
}

/** What the server sends: a request or notification with a method, or an answer. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly state?: string };
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Runs in the page: a client of the server, as far as it is needed here. */
async function hover(files: Record<string, string>): Promise<string> {
  const bytes = async (file: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(file)).arrayBuffer());
  const worker = new Worker('server.js');
  const answers = new Map<number, (answer: Message) => void>();
  let failed: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  worker.onerror = (event) => failed(new Error(`the worker failed: ${event.message}`));
  const send = (message: object): void => worker.postMessage({ jsonrpc: '2.0', ...message });
  const tree = Object.entries(files).map(([name, text]) => {
    const content = new TextEncoder().encode(text);
    return { uri: `file:///lab/${name}`, bytes: content, size: content.length };
  });
  worker.onmessage = ({ data }: MessageEvent<Message>): void => {
    if (data.method === 'nixosContainers/status' && data.params?.state === 'ready') isReady();
    if (data.method === undefined) answers.get(data.id ?? 0)?.(data);
    else if (data.id !== undefined)
      send({
        id: data.id,
        result: data.method === 'nixosContainers/readTree' ? { files: tree, truncated: false } : null,
      });
  };
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  let last = 0;
  const ask = (method: string, params: object): Promise<Message> => {
    const id = ++last;
    const answer = new Promise<Message>((resolve) => answers.set(id, resolve));
    send({ id, method, params });
    return Promise.race([answer, failure]);
  };
  const [runtime, grammar] = await Promise.all([bytes('runtime.wasm'), bytes('grammar.wasm')]);
  await ask('initialize', {
    processId: null,
    rootUri: 'file:///lab',
    workspaceFolders: [{ uri: 'file:///lab', name: 'lab' }],
    capabilities: {},
    initializationOptions: { statusNotifications: true, binaries: { runtime, grammar } },
  });
  send({ method: 'initialized', params: {} });
  await Promise.race([ready, failure]);
  const answer = await ask('textDocument/hover', {
    textDocument: { uri: 'file:///lab/configuration.nix' },
    position: { line: 3, character: 4 },
  });
  worker.terminate();
  return JSON.stringify(answer.error ?? answer.result);
}

describe('in a web worker', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test.each(DEEP)('%s: a value or unknown, and no end of the server', async (_name, expression, known) => {
    const page = await browser.newPage();
    const served: Record<string, [file: string, contentType: string]> = {
      'server.js': ['web/server.js', 'text/javascript'],
      'runtime.wasm': ['web-tree-sitter.wasm', 'application/wasm'],
      'grammar.wasm': ['tree-sitter-nix.wasm', 'application/wasm'],
    };
    await page.route(`${SITE}**`, async (route) => {
      const found = served[route.request().url().slice(SITE.length)];
      if (found === undefined) return route.fulfill({ contentType: 'text/html', body: '<p>lab' });
      return route.fulfill({
        contentType: found[1],
        body: await readFile(path.join(root, 'dist', found[0])),
      });
    });
    await page.goto(SITE);
    const said = await page.evaluate(hover, lab(expression));
    expect(said).toContain('containers.<name>.localAddress');
    expect(said.includes(`Value on lab: ${ADDRESS}`), said).toBe(known);
    await page.close();
  });
});
