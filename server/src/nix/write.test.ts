import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluateText, testParser } from '../eval/testing';
import { isPlainAttrName, writeAttrName, writeAttrPath, writePath, writeString } from './write';

const NAMES = [
  'a',
  "a'",
  'a-b',
  '_x',
  'if',
  'or',
  'with',
  '',
  '1a',
  'a b',
  'a.b',
  '"',
  '\\',
  '${x}',
  '$',
  '$${x}',
  'ä',
  '\n',
  '\t',
  "''",
  'a\r\nb',
];

it.each(NAMES)('writes the string %j so that Nix reads it back', async (name) => {
  expect(await evaluateText(writeString(name))).toMatchObject({
    type: 'string',
    text: name.replace(/\r\n?/g, (end) => end),
  });
});

it.each(NAMES)('writes the attribute %j so that Nix reads it back', async (name) => {
  const value = await evaluateText(`{ ${writeAttrName(name)} = 1; }`);
  expect(value).toMatchObject({ type: 'attrs' });
  if ('entries' in value) expect([...value.entries.keys()]).toEqual([name]);
});

it('any text survives as a string and as an attribute', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      fc.pre(!text.includes('\0'));
      expect(
        await evaluateText(
          `{ ${writeAttrPath([text, 'x'])} = ${writeString(text)}; }.${writeAttrName(text)}.x`,
        ),
      ).toMatchObject({ text });
    }),
    { numRuns: 200 },
  );
});

it.each([
  ['containers/web.nix', './containers/web.nix'],
  ['./a.nix', './a.nix'],
  ['../a.nix', '../a.nix'],
  ['with space/a.nix', './${"with space/a.nix"}'],
  ['../ä.nix', '../${"ä.nix"}'],
])('writes the path %s as %s', async (path, text) => {
  expect(writePath(path)).toBe(text);
  expect((await testParser()).parse('/f/x.nix', text).errors).toEqual([]);
});

it('quotes keywords and nothing else that need not be', () => {
  expect(['a', 'immich-app', "x'"].every(isPlainAttrName)).toBe(true);
  expect(['let', 'in', '8080', 'a.b'].some(isPlainAttrName)).toBe(false);
});
