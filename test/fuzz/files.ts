/**
 * Evaluates every Nix file below folders that lie outside the project, and asks the editor's requests at places chosen
 * by a fixed seed: `npm run fuzz -- FOLDER…`. Prints what threw, and what took longer than a file may.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { MarkupKind } from 'vscode-languageserver-types';
import { Evaluation } from '../../server/src/eval/evaluation';
import { printNix } from '../../server/src/eval/print';
import { attempt } from '../../server/src/eval/thunk';
import { Failure, Unknown } from '../../server/src/eval/value';
import { completion } from '../../server/src/features/completion';
import { definition } from '../../server/src/features/definition';
import { optionHover } from '../../server/src/features/option-hover';
import { references } from '../../server/src/features/references';
import { NixParser } from '../../server/src/nix/parser';
import { isInside } from '../../server/src/nix/paths';
import { scanFolder } from '../../server/src/workspace/disk';
import { Workspace } from '../../server/src/workspace/workspace';

const PLACES = 4;
const SLOW = 5000;

interface Count {
  files: number;
  known: number;
  unknown: number;
  failed: number;
  places: number;
  readonly thrown: string[];
  readonly slow: string[];
}

/** A row of numbers that is the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return below === 0 ? 0 : state % below;
  };
}

const uriOf = (path: string): string => `file://${path}`;

async function fuzz(parser: NixParser, folder: string): Promise<Count> {
  const root = resolve(folder);
  const workspace = new Workspace(parser, (path) => isInside(root, path));
  const { files } = await scanFolder(root);
  for (const [path, file] of files) workspace.setFile(path, file);
  const count: Count = { files: 0, known: 0, unknown: 0, failed: 0, places: 0, thrown: [], slow: [] };
  const watched = (what: string, run: () => void): void => {
    const start = performance.now();
    try {
      run();
    } catch (caught) {
      count.thrown.push(
        `${what}: ${caught instanceof Error ? (caught.stack ?? caught.message) : String(caught)}`,
      );
    }
    const took = performance.now() - start;
    if (took > SLOW) count.slow.push(`${what}: ${Math.round(took)} ms`);
  };
  let analysis: ReturnType<Workspace['analysis']> | null = null;
  watched('check', () => (analysis = workspace.analysis()));
  const next = numbers(1);
  for (const path of workspace.snapshot().nixFiles()) {
    count.files++;
    watched(`eval ${path}`, () => {
      const thunk = new Evaluation(workspace.snapshot()).fileThunk(path);
      const printed = attempt(() => printNix(thunk));
      if (printed instanceof Failure) count.failed++;
      else if (printed instanceof Unknown || printed.includes('«unknown')) count.unknown++;
      else count.known++;
    });
    if (analysis === null) continue;
    const { homelab } = analysis as ReturnType<Workspace['analysis']>;
    const file = homelab.files.parsed(path);
    if (file === null) continue;
    for (let place = 0; place < PLACES; place++) {
      const offset = file.lines.offsetAt(file.lines.positionAt(next(file.text.length + 1)));
      count.places++;
      watched(`requests ${path}:${offset}`, () => {
        optionHover({ homelab, file, offset, kind: MarkupKind.Markdown });
        completion(homelab, file, offset, { snippets: true, documentation: MarkupKind.Markdown });
        definition(homelab, file, offset, uriOf);
        references(homelab, file, offset, true, uriOf);
      });
    }
  }
  return count;
}

async function main(folders: readonly string[]): Promise<void> {
  if (folders.length === 0) {
    console.error('usage: npm run fuzz -- FOLDER…');
    process.exitCode = 2;
    return;
  }
  const require = createRequire(import.meta.url);
  const parser = await NixParser.create({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(require.resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
  });
  for (const folder of folders) {
    const { files, known, unknown, failed, places, thrown, slow } = await fuzz(parser, folder);
    console.log(
      `${basename(resolve(folder))}: ${files} files (${known} known, ${unknown} unknown, ${failed} fail), ${places} places, ${thrown.length} thrown, ${slow.length} slow`,
    );
    for (const line of [...thrown, ...slow]) console.log(`  ${line.slice(0, 600)}`);
    if (thrown.length > 0) process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
