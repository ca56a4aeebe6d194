import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { startNix } from './nix';
import { failures, loadGrammar, parseCases } from './scopes';

const tokenise = await loadGrammar();
const nix = startNix();
afterAll(() => nix?.stop());

const folder = new URL('cases/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.nix'));

describe.each(files)('%s', (file) => {
  const cases = parseCases(readFileSync(new URL(file, folder), 'utf8'));

  test.each(cases)('$title', (one) => {
    const { scopes, closed } = tokenise(one.lines);
    expect(failures(one, scopes)).toEqual([]);
    if (one.whole) expect(closed, 'the text ends in the state it began in').toBe(true);
  });

  test.each(cases)('$title (CRLF)', (one) => {
    const { scopes, closed } = tokenise(one.lines.map((line) => `${line}\r`));
    expect(failures(one, scopes)).toEqual([]);
    if (one.whole) expect(closed, 'the text ends in the state it began in').toBe(true);
  });

  // `with` makes every free variable acceptable. Pipes are newer than the Nix of many distributions.
  const whole = cases.filter((one) => one.whole && !one.title.includes('pipe'));
  test.skipIf(!nix).each(whole)('$title: is real Nix', ({ lines }) => {
    expect(nix?.parse(`with { };\n${lines.join('\n')}\n`)).toBeNull();
  });
});

describe('the harness', () => {
  const judge = (text: string): string[] =>
    parseCases(`#- case\n${text}`).flatMap((one) => failures(one, tokenise(one.lines).scopes));

  test.each([
    ['accepts what is so', '  { a = 1; }\n#   ^ entity.other.attribute-name.nix !string', 0],
    ['accepts two runs of carets', '  { a.b = 1; }\n#   ^ ^ entity.other.attribute-name', 0],
    ['names a wrong scope', '  { a = 1; }\n#   ^ variable.other.nix', 1],
    ['names a scope that is only the beginning of a word', '  { a = 1; }\n#   ^ entity.other.attr', 1],
    ['names an unwanted scope', '  { a = 1; }\n#   ^ source.nix !entity', 1],
    ['names carets that begin too late', '  { abc = 1; }\n#    ^^ entity.other.attribute-name', 1],
    ['names carets that end too early', '  { abc = 1; }\n#   ^^ entity.other.attribute-name', 1],
    ['names carets that reach too far', '  { abc = 1; }\n#   ^^^^ entity.other.attribute-name', 1],
    ['names carets behind the end of the line', '  { }\n#      ^^ source.nix', 1],
  ])('%s', (_, text, count) => {
    expect(judge(text)).toHaveLength(count);
  });

  test('sees a string that is left open', () => {
    expect(tokenise([`{ a = "b; }`]).closed).toBe(false);
    expect(tokenise([`{ a = ''b; }`]).closed).toBe(false);
    expect(tokenise([`{ a = "b"; }`]).closed).toBe(true);
  });
});
