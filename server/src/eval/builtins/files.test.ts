import { describe, expect, test } from 'vitest';
import { evaluationOf, printedShape, printedText, TEXT_PATH } from '../testing';
import { inspect } from '../thunk';

const files = {
  '/lib/add.nix': 'a: b: a + b',
  '/lib/default.nix': '{ name = "lib"; other = (import ./add.nix) 1 2; }',
  '/hosts/web.nix': '{ address = "10.0.0.2"; }',
  '/hosts/db.nix': '{ address = "10.0.0.3"; }',
  '/notes.txt': 'first\nsecond\n',
  '/needs-name.nix': 'name + "!"',
  '/broken.nix': '{ a = ; ',
};

describe('files', () => {
  test.each([
    ['import ./lib/add.nix 1 2', '3'],
    ['import ./lib', '{ name = "lib"; other = 3; }'],
    ['import "/lib"', '{ name = "lib"; other = 3; }'],
    ['import (./lib + "/add.nix") 1 1', '2'],
    ['import { outPath = ./lib; }', '{ name = "lib"; other = 3; }'],
    ['import { outPath = "/lib"; }', '{ name = "lib"; other = 3; }'],
    ['scopedImport { name = "a"; } ./needs-name.nix', '"a!"'],
    ['builtins.readFile ./notes.txt', '"first\\nsecond\\n"'],
    ['builtins.readDir ./hosts', '{ "db.nix" = "regular"; "web.nix" = "regular"; }'],
    [
      'builtins.readDir /.',
      '{ "broken.nix" = "regular"; hosts = "directory"; lib = "directory"; "needs-name.nix" = "regular"; "notes.txt" = "regular"; "test.nix" = "regular"; }',
    ],
    ['map builtins.readFileType [ ./hosts ./notes.txt ]', '[ "directory" "regular" ]'],
    [
      'map builtins.pathExists [ ./hosts ./hosts/web.nix ./hosts/mail.nix "/hosts/" "/notes.txt/" ]',
      '[ true true false true false ]',
    ],
    [
      'builtins.mapAttrs (name: _: (import (./hosts + "/${name}")).address) (builtins.readDir ./hosts)',
      '{ "db.nix" = "10.0.0.3"; "web.nix" = "10.0.0.2"; }',
    ],
    ['map dirOf [ ./hosts/web.nix "a/b" "a" "/a" ]', '[ /hosts "a" "." "/" ]'],
    ['map baseNameOf [ ./hosts/web.nix "a/b/" "/" "" ]', '[ "web.nix" "b" "" "" ]'],
    ['builtins.toPath "/a/../b"', '"/b"'],
    [
      'builtins.findFile [ { prefix = "mine"; path = "/lib"; } { prefix = ""; path = /hosts; } ] "mine/add.nix"',
      '/lib/add.nix',
    ],
    [
      'builtins.findFile [ { prefix = "mine"; path = "/lib"; } { prefix = ""; path = /hosts; } ] "web.nix"',
      '/hosts/web.nix',
    ],
    ['let __nixPath = [ { prefix = "mine"; path = "/lib"; } ]; in <mine/add.nix>', '/lib/add.nix'],
    ['(builtins.tryEval (builtins.findFile [ ] "none")).success', 'false'],
    [
      'builtins.hashFile "sha256" ./notes.txt',
      '"dbea9325179efe46ea2add94f7b6b745ca983fabb208dc6d34aa064623d7ee23"',
    ],
    ['import ./none.nix', "error: path '/none.nix' does not exist"],
    ['builtins.readFile ./none', "error: path '/none' does not exist"],
    ['builtins.readDir ./notes.txt', "error: cannot read folder '/notes.txt': it is a file"],
    ['import "lib"', "error: string 'lib' doesn't represent an absolute path"],
    ['"${./none}"', "error: path '/none' does not exist"],
  ])('%s', async (text, printed) => expect(await printedText(text, files)).toBe(printed));

  test.each([
    ['import x', '?'],
    ['import <home-manager>', '?'],
    ['import ./broken.nix', '?'],
    ['(builtins.tryEval (import <home-manager>)).success', '?'],
    ['builtins.findFile builtins.nixPath "nixpkgs"', '?'],
    ['builtins.path { path = ./lib; name = "lib"; }', '?'],
    ['builtins.filterSource (path: type: true) ./lib', '?'],
  ])('%s', async (text, shape) => expect(await printedShape(text, files)).toBe(shape));

  test('a file is evaluated once, whoever imports it', async () => {
    const evaluation = await evaluationOf({
      ...files,
      [TEXT_PATH]: '[ (import ./lib) (import ./lib/default.nix) (import "/lib") ]',
    });
    const value = inspect(evaluation.fileThunk(TEXT_PATH));
    if (!('type' in value) || value.type !== 'list') throw new Error('no list');
    expect(new Set(value.items.map((item) => item.force())).size).toBe(1);
  });
});
