import { describe, expect, it } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { testParser } from '../eval/testing';
import { selectionRanges } from './selection-range';

/** What is selected step by step from `|`. */
async function steps(marked: string): Promise<string[]> {
  const offset = marked.indexOf('|');
  const file = (await testParser()).parse('/a.nix', marked.replace('|', ''));
  const [first] = selectionRanges(file, [file.lines.positionAt(offset)]);
  const found: string[] = [];
  for (let at: SelectionRange | undefined = first; at !== undefined; at = at.parent)
    found.push(file.text.slice(file.lines.offsetAt(at.range.start), file.lines.offsetAt(at.range.end)));
  return found;
}

describe('expanding a selection', () => {
  it('goes from the word to the name, the path, the binding, the set', async () => {
    expect(await steps('{ a = { contai|ners.web = { }; b = 1; }; }')).toEqual([
      'containers',
      'containers.web',
      'containers.web = { };',
      'containers.web = { }; b = 1;',
      '{ containers.web = { }; b = 1; }',
      'a = { containers.web = { }; b = 1; };',
      '{ a = { containers.web = { }; b = 1; }; }',
    ]);
  });

  it('goes out of an interpolation by way of the string', async () => {
    expect(await steps('{ u = "http://${config.containers.w|eb.localAddress}:80"; }')).toEqual([
      'web',
      'config.containers.web.localAddress',
      '${config.containers.web.localAddress}',
      'http://${config.containers.web.localAddress}:80',
      '"http://${config.containers.web.localAddress}:80"',
      'u = "http://${config.containers.web.localAddress}:80";',
      '{ u = "http://${config.containers.web.localAddress}:80"; }',
    ]);
  });

  it('knows the inside of a list and of an indented string', async () => {
    expect(await steps("[ 1 ''a| b'' ]")).toEqual(['a', 'a b', "''a b''", "1 ''a b''", "[ 1 ''a b'' ]"]);
  });

  it('answers in broken text', async () => {
    expect((await steps('{ a = [ 1| ; b = 2; }')).at(-1)).toBe('{ a = [ 1 ; b = 2; }');
    expect(await steps('|')).toEqual(['']);
  });
});
