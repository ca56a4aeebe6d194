import { describe, expect, test } from 'vitest';
import { isOurs, neighbours } from './neighbours';

const OWN = 'nixos-containers.nixos-containers';
const nix = { languages: [{ id: 'nix' }] };

describe('another extension serves Nix', () => {
  test.each([
    ['brings the language and a program', { main: './main.js', contributes: nix }, true],
    ['brings them for the browser', { browser: './web.js', contributes: nix }, true],
    [
      'brings several languages',
      { main: './a.js', contributes: { languages: [{ id: 'x' }, ...nix.languages] } },
      true,
    ],
    ['only colours', { contributes: { ...nix, grammars: [{ language: 'nix' }] } }, false],
    ['brings another language', { main: './a.js', contributes: { languages: [{ id: 'nickel' }] } }, false],
    ['only starts on Nix files', { main: './a.js', activationEvents: ['onLanguage:nix'] }, false],
    ['has a strange manifest', { main: './a.js', contributes: { languages: { id: 'nix' } } }, false],
    ['has none', null, false],
  ])('where it %s: %#', (_what, packageJSON, serves) => {
    const found = neighbours([{ id: 'someone.else', packageJSON }], OWN);
    expect(found).toEqual(serves ? ['someone.else'] : []);
  });

  test('is called as people know it, and is not this one', () => {
    const packageJSON = { main: './a.js', contributes: nix, displayName: 'Another' };
    expect(
      neighbours(
        [
          { id: OWN, packageJSON },
          { id: 'someone.else', packageJSON },
        ],
        OWN,
      ),
    ).toEqual(['Another']);
  });
});

test('what a person says is done, and `auto` leaves it to a neighbour', () => {
  expect(isOurs('auto', false)).toBe(true);
  expect(isOurs('auto', true)).toBe(false);
  expect(isOurs('on', true)).toBe(true);
  expect(isOurs('off', false)).toBe(false);
});
