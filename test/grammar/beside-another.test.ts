import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contributes } from '../../package.json';
import { loadGrammar, OUR_SCOPE, parseCases, type Tokenised } from './scopes';

/** The grammar of an imagined neighbour: it colours strings over several lines, and otherwise words. */
const OTHER = {
  scopeName: 'source.nix',
  patterns: [
    { name: 'string.other', begin: '"', end: '"', patterns: [{ name: 'escape.other', match: '\\\\.' }] },
    { name: 'word.other', match: '[a-z]+' },
  ],
};

const folder = new URL('cases/', import.meta.url);
const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.nix'))
  .flatMap((file) => parseCases(readFileSync(new URL(file, folder), 'utf8')))
  .map(({ lines }) => lines);

describe('where another extension brings a grammar for Nix', () => {
  test('ours colours as that one does, although VS Code takes ours', async () => {
    const alone = await loadGrammar({ 'source.nix': OTHER }, 'source.nix');
    const through = await loadGrammar({ 'source.nix': OTHER });
    for (const text of [...texts, ['', '"a', 'b" c'], ['# a', '{ b = 1; }']])
      expect(withoutRoot(through(text))).toEqual(withoutRoot(alone(text)));
  });

  test('rules of Traefik are coloured in its strings', async () => {
    const strings = {
      scopeName: 'source.nix',
      patterns: [
        {
          name: 'string.quoted.double.other',
          begin: '"',
          end: '"',
          patterns: [{ name: 'hole.other', begin: '\\$\\{', end: '\\}' }],
        },
      ],
    };
    const line = '{ rule = "Host(`a.${domain}`) && Path(`/b`)"; }';
    for (const scope of [OUR_SCOPE, 'source.nix']) {
      const { scopes } = (await loadGrammar({ 'source.nix': strings }, scope))([line]);
      const at = (text: string): string | undefined => scopes[0]?.[line.indexOf(text)]?.at(-1);
      expect(at('Host')).toBe('support.function.matcher.traefik');
      expect(at('domain')).toBe('hole.other');
      expect(at('&&')).toBe('keyword.operator.logical.traefik');
    }
  });

  test('ours has a scope that is also one of `source.nix`, for themes and injections', () => {
    expect(contributes.grammars[0]).toMatchObject({ language: 'nix', scopeName: OUR_SCOPE });
    expect(OUR_SCOPE).toMatch(/^source\.nix\./);
  });
});

/** Which scopes each character has beside that of the whole text. */
function withoutRoot({ scopes }: Tokenised): string[][][] {
  return scopes.map((line) => line.map((character) => character.slice(1)));
}
