/** For tests only: the homelab of `examples/`, and words for places in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Location, LocationLink } from 'vscode-languageserver-types';
import { homelabOf, parseFixture } from './fixture';
import { inMemoryFiles } from '../../server/src/eval/testing';
import { readHomelab, type Homelab } from '../../server/src/homelab/homelab';
import type { SourceFile } from '../../server/src/nix/source-file';
import { codeLenses } from '../../server/src/features/code-lens';
import { definition } from '../../server/src/features/definition';
import { linesOf } from '../../server/src/features/positions';

const FOLDER = fileURLToPath(new URL('../../examples/homelab/', import.meta.url));

/** The files of `examples/homelab`, by their path in it. */
export function exampleTexts(): Record<string, string> {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith('.nix'))
      .map((path) => [`/${path.replaceAll('\\', '/')}`, readFileSync(FOLDER + path, 'utf8')]),
  );
}

export function uriOf(path: string): string {
  return `file://${path}`;
}

/** A homelab, and a place in it. */
export interface PlaceInHomelab {
  readonly homelab: Homelab;
  readonly file: SourceFile;
  readonly offset: number;
}

/**
 * A place in `examples/homelab`: the file, and a piece of its text with `|` where the cursor is.
 * @param changes texts of files that differ from the example's
 */
export async function inExample(
  path: string,
  marked: string,
  changes: Readonly<Record<string, string>> = {},
  lineEnd: '\n' | '\r\n' = '\n',
): Promise<PlaceInHomelab> {
  const texts = Object.fromEntries(
    Object.entries({ ...exampleTexts(), ...changes }).map(([file, text]) => [
      file,
      text.replaceAll('\n', lineEnd),
    ]),
  );
  const homelab = readHomelab(await inMemoryFiles(texts));
  const file = homelab.files.parsed(path);
  const before = marked.indexOf('|');
  const at = file?.text.indexOf(marked.replace('|', '')) ?? -1;
  if (file === null || before === -1 || at === -1) throw new Error(`${marked} is not in ${path}`);
  return { homelab, file, offset: at + before };
}

/** The place of `$0` in a fixture. */
export async function inFixture(text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<PlaceInHomelab> {
  const fixture = parseFixture(text, lineEnd);
  const homelab = await homelabOf(fixture);
  const file = homelab.files.parsed(fixture.cursor?.file ?? '');
  if (fixture.cursor === null || file === null) throw new Error('the fixture has no cursor');
  return { homelab, file, offset: fixture.cursor.offset };
}

/** Where a definition leads, as `path:line word`, lines from 1. */
export function leadsTo({ homelab, file, offset }: PlaceInHomelab): string[] {
  return definition(homelab, file, offset, uriOf).map((link: LocationLink) =>
    describe(homelab, { uri: link.targetUri, range: link.targetSelectionRange }),
  );
}

/** A place as `path:line word`. */
export function describe(homelab: Homelab, { uri, range }: Location): string {
  const path = uri.slice('file://'.length);
  const lines = linesOf(homelab.files, path);
  const text = homelab.files.parsed(path)?.text ?? '';
  if (lines === null) throw new Error(`${path} has no text`);
  return `${path}:${range.start.line + 1} ${text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))}`.trim();
}

/** The lenses of a file, as `line title > path:line word`. */
export function lensesOf({ homelab, file }: Pick<PlaceInHomelab, 'homelab' | 'file'>): string[] {
  return codeLenses(homelab, file, { uriOf, opens: true }).map(({ range, command }) => {
    const [location] = (command?.arguments ?? []) as Location[];
    return `${range.start.line + 1} ${command?.title ?? ''}${location === undefined ? '' : ` > ${describe(homelab, location)}`}`;
  });
}
