import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, type JsonValue } from './json-syntax';

/** The names in a value, with what their places say. */
function names(text: string, value: JsonValue | null): [string, string][] {
  if (value?.kind !== 'object') return [];
  return value.members.flatMap(({ name, nameRange, value: inner }): [string, string][] => [
    [name, text.slice(nameRange.start, nameRange.end)],
    ...names(text, inner),
  ]);
}

describe('JSON with places', () => {
  it('is what JSON.parse takes, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '{', ']', '"', '1', ' '),
        (json, at, extra) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + extra + json.slice(place);
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          expect(readJson(text).problem === null).toBe(valid);
        },
      ),
    );
  });

  it('knows where each name stands', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2);
        const read = readJson(text);
        for (const [name, written] of names(text, read.value)) expect(JSON.parse(written)).toBe(name);
      }),
    );
  });

  it.each([
    ['', 'A value is missing here.', ''],
    ['{ "a": 1 "b": 2 }', 'A comma or } belongs here.', '"'],
    ['{ "a" 1 }', 'A colon belongs behind "a".', '1'],
    ['{ a: 1 }', 'Double quotes belong here.', 'a'],
    ['{ "a": 1, }', 'A name in double quotes belongs here.', '}'],
    ['{ "a": [ 1, 2', '] is missing.', ''],
    ['{ "a": "b\n }', 'This string has no end.', '"'],
    ['{ } 1', 'Nothing may follow the value.', '1'],
    ['['.repeat(200), 'This nests too deeply.', '['],
  ])('says of %j what is wrong first', (text, message, at) => {
    const { problem } = readJson(text);
    expect(problem?.message).toBe(message);
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe(at);
  });

  it('keeps what stands before a mistake', () => {
    const { value } = readJson('{ "rules": { "a": "off", "b": ');
    expect(names('', value).map(([name]) => name)).toEqual(['rules', 'a', 'b']);
  });
});
