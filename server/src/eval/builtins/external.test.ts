import { describe, expect, test } from 'vitest';
import { evaluateText, printedText } from '../testing';
import { Unknown } from '../value';

describe('what comes from outside the repository', () => {
  test.each([
    [
      'builtins.fetchTarball "https://example.org/a.tar.gz"',
      '`fetchTarball` fetches from outside the repository',
    ],
    ['builtins.getFlake "nixpkgs"', '`getFlake` fetches from outside the repository'],
    ['builtins.getEnv "HOME"', '`getEnv` reads the environment'],
    ['builtins.currentSystem', '`builtins.currentSystem` is the system that evaluates'],
    ['builtins.currentTime', '`builtins.currentTime` is the time of the evaluation'],
    ['<nixpkgs>', '`<nixpkgs>` is looked up in NIX_PATH'],
    ['builtins.toFile "a" "b"', '`toFile` needs the Nix store'],
    [
      '(derivation { name = "a"; builder = "b"; system = "c"; }).outPath',
      'the output of a derivation is a store path',
    ],
  ])('%s', async (text, reason) => {
    expect(await evaluateText(text)).toMatchObject({ cause: 'external', reason });
    expect(await evaluateText(text)).toBeInstanceOf(Unknown);
  });

  test.each([
    ['builtins.getEnv 1', 'error: value is an integer while a string was expected'],
    ['(derivation { name = "a"; builder = "b"; system = "c"; port = 80; }).port', '80'],
    ['(derivation { name = "a"; outputs = [ "out" "dev" ]; }).dev.outputName', '"dev"'],
    ['(derivation { name = "a"; }).type', '"derivation"'],
    ['[ builtins.storeDir builtins.langVersion (builtins ? nixVersion) ]', '[ "/nix/store" 6 true ]'],
    ['builtins.compareVersions builtins.nixVersion "2.18" >= 0', 'true'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('flake references', () => {
  test.each([
    [
      'builtins.parseFlakeRef "github:NixOS/nixpkgs/nixos-24.11?dir=lib"',
      '{ dir = "lib"; owner = "NixOS"; ref = "nixos-24.11"; repo = "nixpkgs"; type = "github"; }',
    ],
    [
      'builtins.parseFlakeRef "nixpkgs/nixos-24.11"',
      '{ id = "nixpkgs"; ref = "nixos-24.11"; type = "indirect"; }',
    ],
    [
      'builtins.flakeRefToString (builtins.parseFlakeRef "github:NixOS/nixpkgs/nixos-24.11?dir=lib")',
      '"github:NixOS/nixpkgs/nixos-24.11?dir=lib"',
    ],
    [
      'builtins.parseFlakeRef "git+ssh://git@example.org/a"',
      '«unknown: flake references like `git+ssh://git@example.org/a` are not something this tool evaluates»',
    ],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('names in scope', () => {
  test.each([
    ['builtins.builtins.builtins.true', 'true'],
    ['__add 1 2', '3'],
    ['[ (__length [ ]) (map (a: a) [ ]) ]', '[ 0 [ ] ]'],
    ['__map', "error: undefined variable '__map'"],
    ['attrNames', "error: undefined variable 'attrNames'"],
    ['let true = false; in true', 'false'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});
