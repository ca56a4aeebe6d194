import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import type { OptionDoc } from '../schema/option';
import { SERVICE_OPTIONS } from '../schema/service-options';
import { CONTAINER_OPTIONS } from '../schema/tables/container';
import { GUEST_OPTIONS } from '../schema/tables/guest';
import { completion } from './completion';
import { hover } from './hover';
import { chosen, dotted, MARK, nested, SPELLINGS, type Spelling } from './spellings';

/** Every option of the tables, at every way to write it: it hovers, and it is offered. */

/** An option that is written, and where its last name begins. */
interface Written {
  readonly doc: OptionDoc;
  readonly file: SourceFile;
  readonly offset: number;
}

/** How many options a file holds: what is at a place is found by reading the file up to it. */
const PER_FILE = 30;
const HEAD = '{ config, lib, ... }: lib.mkMerge [\n';

/** Modules that write every option of some rows, each for itself. */
async function everyOption(
  rows: readonly OptionDoc[],
  spelling: Spelling,
  around: (bindings: string) => string,
): Promise<{ homelab: Homelab; written: Written[] }> {
  const texts: string[] = [];
  const places = rows.map((doc, index) => {
    const number = Math.floor(index / PER_FILE);
    const before = texts[number] ?? '';
    const path = chosen(doc.path);
    const name = path[path.length - 1] ?? '';
    const [head = '', tail = ''] = around(spelling(path.slice(0, -1))).split(MARK);
    texts[number] = `${before}  { ${head}${name}${tail} }\n`;
    return { doc, number, offset: HEAD.length + before.length + 4 + head.length };
  });
  const files = texts.map((text, number) => `#- /options-${number}.nix\n${HEAD}${text}]\n`);
  const homelab = await homelabOf(parseFixture(`\n${files.join('')}`));
  const written = places.flatMap(({ doc, number, offset }) => {
    const file = homelab.files.parsed(`/options-${number}.nix`);
    return file === null ? [] : [{ doc, file, offset }];
  });
  return { homelab, written };
}

async function expectAll(
  rows: readonly OptionDoc[],
  spelling: Spelling,
  around: (bindings: string) => string,
): Promise<void> {
  const { homelab, written } = await everyOption(rows, spelling, around);
  expect(written.length).toBe(rows.length);
  expect(written.flatMap(({ file }) => file.errors)).toEqual([]);
  const silent: string[] = [];
  const missing: string[] = [];
  for (const { doc, file, offset } of written) {
    const shown = hover(homelab, file, offset + 1, MarkupKind.Markdown)?.contents as
      MarkupContent | undefined;
    if (shown?.value.includes(doc.description) !== true) silent.push(doc.path);
    const name = doc.path.split('.').at(-1) ?? '';
    // As if two letters were typed: what is behind them is part of the word that is replaced.
    const { items } = completion(homelab, file, offset + Math.min(2, name.length), {
      snippets: true,
      documentation: MarkupKind.Markdown,
    });
    const offered = items.filter(({ label }) => label === name);
    if (doc.removed === undefined && offered.length !== 1) missing.push(doc.path);
  }
  expect({ silent, missing }).toEqual({ silent: [], missing: [] });
}

/** Where no spelling but one is possible: the set of containers itself. */
const OWN = CONTAINER_OPTIONS.filter(({ path }) => path !== 'containers');

describe('every option of a container', () => {
  it.each(Object.entries(SPELLINGS))('%s', { timeout: 120_000 }, async (_, spelling) => {
    expect(OWN.length).toBeGreaterThan(45);
    await expectAll(OWN, spelling, (bindings) => bindings);
  });
});

describe.each([
  ['every option of a guest', GUEST_OPTIONS, 200],
  ['every option of the services', SERVICE_OPTIONS, 250],
] as const)('%s', (_what, rows, least) => {
  it('in the config of a container, in sets', { timeout: 120_000 }, async () => {
    expect(rows.length).toBeGreaterThan(least);
    await expectAll(rows, nested, (bindings) => `containers.web.config = { config, ... }: { ${bindings} };`);
  });

  it('at the host, with dots', { timeout: 120_000 }, async () => {
    await expectAll(rows, dotted, (bindings) => bindings);
  });
});
