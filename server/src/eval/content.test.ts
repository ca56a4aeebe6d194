import { describe, expect, it } from 'vitest';
import { printedShape } from './testing';

const FILES = {
  '/d/x.nix': '"x in d"',
  '/d/default.nix': '"the folder"',
  '/x.nix': '"x beside"',
  '/d.nix': '"d beside"',
  '/a.nix': '"a"',
};

/** What is known of a path that was copied into the store: `?` where nothing is. */
describe('an interpolated path', () => {
  it.each([
    // What it names is read.
    ['import "${./d}"', '"the folder"'],
    ['import "${./d}/x.nix"', '"x in d"'],
    ['import ("${./d}" + "/x.nix")', '"x in d"'],
    ['import "${"${./d}"}/x.nix"', '"x in d"'],
    ['import "${{ outPath = ./d; }}/x.nix"', '"x in d"'],
    ['let name = "x"; in import "${./d}/${name}.nix"', '"x in d"'],
    ['import "${./d/x.nix}"', '"x in d"'],
    ['builtins.attrNames (builtins.readDir "${./d}")', '[ "default.nix" "x.nix" ]'],
    ['builtins.readFile "${./a.nix}"', '"\\"a\\""'],
    ['[ (builtins.pathExists "${./d}/x.nix") (builtins.pathExists "${./d}/y.nix") ]', '[ true false ]'],
    // It is a string, whose text is not known.
    ['[ (builtins.isString "${./d}") (builtins.typeOf "${./d}/x") ]', '[ true "string" ]'],
    ['"${./d}"', '?'],
    ['[ "${./d}/x.nix" 1 ]', '[ ? 1 ]'],
    ['builtins.stringLength "${./d}"', '?'],
    ['"${./d}" == "/d"', '?'],
    ['baseNameOf "${./d}/x.nix"', '?'],
    ['{ ${"${./d}"} = 1; }', '{ ? }'],
    // What stands beside the path is not copied with it.
    ['import "${./d}/../x.nix"', '?'],
    ['import "${./d}.nix"', '?'],
    // A text made of it is another one.
    ['import "/${./d}"', '?'],
    ['import (dirOf "${./d}/x.nix")', '?'],
    ['import (if "${./d}" == "/d" then ./a.nix else ./x.nix)', '?'],
    ['import (builtins.substring 0 5 "${./d}")', '?'],
    ['import ("/" + "${./d}")', '?'],
  ])('%s', async (text, expected) => {
    expect((await printedShape(text, FILES)).replace(/\s+/g, ' ')).toBe(expected);
  });

  it.each([
    ['{ outPath = "/d"; } + /x.nix', '"/d/x.nix"'],
    ['{ outPath = "/d"; } + "/x.nix"', '"/d/x.nix"'],
    ['import ({ outPath = "/d"; } + /x.nix)', '"x in d"'],
    ['"/d" + ./x.nix', '?'],
  ])('is not copied where a set begins the sum: %s', async (text, expected) => {
    expect(await printedShape(text, FILES)).toBe(expected);
  });
});

describe('nixpkgs, looked up by its name', () => {
  it.each([
    ['(import <nixpkgs/lib>).toUpper "a"', '"A"'],
    ['(import <nixpkgs> { }).lib.toUpper "a"', '"A"'],
    ['(import (<nixpkgs> + "/lib")).toUpper "a"', '"A"'],
    ['(import "${<nixpkgs>}/lib/default.nix").toUpper "a"', '"A"'],
    ['(import <nixpkgs> { }).hello', '?'],
    ['import <nixpkgs/nixos> { }', '?'],
    ['<nixpkgs>', '?'],
    ['<nixpkgs-unstable>', '?'],
    ['import <home-manager>', '?'],
  ])('%s', async (text, expected) => {
    expect(await printedShape(text)).toBe(expected);
  });
});
