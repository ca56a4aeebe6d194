import { describe, expect, test } from 'vitest';
import configuration from '../../syntaxes/nix.language-configuration.json';

const { indentationRules, onEnterRules, folding } = configuration;

describe('words', () => {
  const words = (text: string): string[] => text.match(new RegExp(configuration.wordPattern, 'g')) ?? [];

  test.each([
    [`config.containers.my-app'.port`, ['config', 'containers', `my-app'`, 'port']],
    [`"http://\${a_b}:80"`, ['http', 'a_b', '80']],
    [`''text''`, ['text']],
    [`foldl' (x: y) 10.10.10.5`, [`foldl'`, 'x', 'y', '10', '10', '10', '5']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe('indentation after a line', () => {
  const kind = (line: string): string =>
    Object.entries(indentationRules)
      .filter(([, pattern]) => new RegExp(pattern).test(line))
      .map(([name]) => name.replace(/(?:Indent)?(?:Line)?Pattern$/, ''))
      .join(' ');

  test.each([
    ['  containers.web = {', 'increase'],
    ['{ config, ... }: {', 'increase'],
    ['  servers = [{ # two', 'increase'],
    ['  x = f (', 'increase'],
    ['let', 'increase'],
    ['  "a # b" = {', 'increase'],
    ['# containers.web = {', ''],
    ['  a = { }; # {', ''],
    ['  a = outlet', ''],
    ['  };', 'decrease'],
    ['  }];', 'decrease'],
    ['  ) {', 'increase decrease'],
    ['in', 'decrease'],
    ['  inherit a;', ''],
    ['  age =', 'indentNext'],
    ['  if a then', 'indentNext'],
    ['  else', 'indentNext'],
    ['  a ==', ''],
    ['  a = 1;', ''],
  ])('%s', (line, expected) => {
    expect(kind(line)).toBe(expected);
  });
});

describe('Enter', () => {
  const action = (before: string, after: string): object | undefined =>
    onEnterRules.find(
      (rule) => new RegExp(rule.beforeText).test(before) && new RegExp(rule.afterText).test(after),
    )?.action;

  test('in the middle of a comment goes on with it', () => {
    expect(action('  # one', ' two')).toEqual({ indent: 'none', appendText: '# ' });
  });
  test('at the end of a comment, or of a region marker, does not', () => {
    expect(action('  # one', '')).toBeUndefined();
    expect(action('  # region one', ' two')).toBeUndefined();
  });
  test('between two quotes, or in an empty block comment, opens them', () => {
    expect(action(`  script = ''`, `'';`)).toEqual({ indent: 'indentOutdent' });
    expect(action('  /**', ' */')).toEqual({ indent: 'indentOutdent' });
    expect(action('  /*', ' */')).toEqual({ indent: 'indentOutdent' });
  });
});

test('regions fold', () => {
  expect('  # region Traefik').toMatch(new RegExp(folding.markers.start));
  expect('  # endregion').toMatch(new RegExp(folding.markers.end));
  expect('  # regional').not.toMatch(new RegExp(folding.markers.start));
});

test('quotes and brackets close by themselves, but not in text', () => {
  const closing = Object.fromEntries(configuration.autoClosingPairs.map((pair) => [pair.open, pair]));
  for (const open of ['{', '[', '(', '"', `''`]) expect(closing[open]?.notIn).toEqual(['string', 'comment']);
  expect(closing['${'], 'an interpolation stands in a string').toEqual({
    open: '${',
    close: '}',
    notIn: ['comment'],
  });
});
