import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { traefikNodes, type TraefikNode, type TraefikPart } from '../schema/traefik/tree';
import { completion } from './completion';
import { hover } from './hover';
import { dotted, MARK, nested, type Spelling as SpelledPath } from './spellings';

/** Every key of Traefik's tables, at every way to write it: it hovers, and it is offered. */

/** One way to write a key: the lines of a module, with `name` where its last name stands. */
type Spelling = (option: string, path: readonly string[], name: string) => string;

const named = (spelling: SpelledPath, path: readonly string[], name: string): string =>
  spelling(path).replace(MARK, name);

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'with dots, at host level': (option, path, name) =>
    `containers.traefik.config.services.traefik.${option}.${named(dotted, path, name)}`,
  'in sets, in the config of the container': (option, path, name) =>
    `containers.traefik.config = { config, ... }: {\n  services = {\n    traefik = { ${option} = { ${named(nested, path, name)} }; };\n  };\n};`,
  'mixed, in another case, quoted, under a condition': (option, path, name) =>
    `services.traefik = lib.mkIf config.x {\n  "${option}" = { } // {\n    ${named(dotted, path, `"${name.toLowerCase()}"`)}\n  };\n};`,
};

/** A key that is written, and where its last name begins. */
interface WrittenKey {
  readonly node: TraefikNode;
  readonly file: SourceFile;
  readonly offset: number;
}

/** How many keys a file holds: what is at a place is found by reading the file up to it. */
const PER_FILE = 30;

/** Modules that write every key of a configuration, each for itself. */
async function everyKey(
  part: TraefikPart,
  spelling: Spelling,
): Promise<{ homelab: Homelab; keys: WrittenKey[] }> {
  const texts: string[] = [];
  const places = traefikNodes(part)
    .filter(({ name }) => name !== null)
    .map((node, index) => {
      const number = Math.floor(index / PER_FILE);
      const before = texts[number] ?? '';
      const { text, offset } = written(node, part, spelling);
      texts[number] = before + text;
      return { node, number, offset: HEAD.length + before.length + offset };
    });
  const files = texts.map((text, number) => `#- /keys-${number}.nix\n${HEAD}${text}]\n`);
  const homelab = await homelabOf(parseFixture(`\n${files.join('')}`));
  const keys = places.flatMap(({ node, number, offset }) => {
    const file = homelab.files.parsed(`/keys-${number}.nix`);
    return file === null ? [] : [{ node, file, offset }];
  });
  return { homelab, keys };
}

const HEAD = '{ config, lib, ... }: lib.mkMerge [\n';

function written(
  { path, name }: TraefikNode,
  part: TraefikPart,
  spelling: Spelling,
): { readonly text: string; readonly offset: number } {
  const steps = path.split('.').map((step) => (step === '<name>' ? 'x' : step));
  const module = spelling(`${part}ConfigOptions`, steps.slice(0, -1), 'KEY');
  const [before = '', after = ''] = module.split(/key/i);
  // A name in lower case where the spelling writes it so.
  const own = module.includes('KEY') ? (name ?? '') : (name ?? '').toLowerCase();
  return { text: `  { ${before}${own}${after} }\n`, offset: 4 + before.length };
}

describe.each(['dynamic', 'static'] as const)('every key of the %s configuration', (part) => {
  it.each(Object.entries(SPELLINGS))('%s', { timeout: 30_000 }, async (_, spelling) => {
    const { homelab, keys } = await everyKey(part, spelling);
    expect(keys.length).toBeGreaterThan(340);
    expect(keys.flatMap(({ file }) => file.errors)).toEqual([]);
    const silent: string[] = [];
    const missing: string[] = [];
    for (const { node, file, offset } of keys) {
      const { path, name, field } = node;
      const shown = hover(homelab, file, offset + 1, MarkupKind.Markdown)?.contents as
        MarkupContent | undefined;
      if (shown?.value.includes(field?.description ?? '') !== true) silent.push(path);
      // As if two letters were typed: what is behind them is part of the word that is replaced.
      const { items } = completion(homelab, file, offset + 2, {
        snippets: true,
        documentation: MarkupKind.Markdown,
      });
      const offered = items.filter(({ label }) => label === name);
      if (field?.internal !== true && offered.length !== 1) missing.push(path);
    }
    expect({ silent, missing }).toEqual({ silent: [], missing: [] });
  });
});
