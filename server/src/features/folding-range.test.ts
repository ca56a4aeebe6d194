import { describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import { foldingRanges } from './folding-range';

/** The folds as `first-last kind`, lines from 1; the line that stays to be seen at the end is not in it. */
async function folds(text: string, lineEnd = '\n'): Promise<string[]> {
  const parser = await testParser();
  return foldingRanges(parser.parse('/a.nix', text.replaceAll('\n', lineEnd))).map(
    ({ startLine, endLine, kind }) =>
      `${startLine + 1}-${endLine + 1}${kind === undefined ? '' : ` ${kind}`}`,
  );
}

const MODULE = `{ config, ... }:
# One comment
# over two lines.
let
  a = 1;
  b = ''
    text
  '';
in
{
  # region Traefik
  servers = [{
    url = "x";
  }];
  # endregion
  /* a block
     of two */
  x = f (
    1
  );
  empty = { };
}
`;

describe.each(['\n', '\r\n'])('folding with %j', (lineEnd) => {
  it('sets, lists, parentheses, let, strings, comments, regions', async () => {
    expect(await folds(MODULE, lineEnd)).toEqual([
      '2-3 comment',
      '4-8',
      '6-7',
      '10-21',
      '11-15 region',
      '12-13',
      '16-17 comment',
      '18-19',
    ]);
  });
});

describe('folding', () => {
  it('of half a file is that of what is whole', async () => {
    expect(await folds('{\n  a = {\n    b = 1;\n  };\n  c = [\n    1\n')).toEqual(['2-3']);
    expect(await folds('{\n  a = [\n    1\n  b = {\n    c = 1;\n  };\n}\n')).toEqual(['1-6', '4-5']);
    expect(await folds('{\n  a = "unclosed\n  b = {\n    c = 1;\n  };\n}\n')).toEqual(['1-5', '3-4']);
  });

  it('does not take the brackets of strings and comments for brackets', async () => {
    expect(await folds('{\n  a = "{";\n  # }\n  b = 1;\n}\n')).toEqual(['1-4']);
  });

  it('of nothing is nothing', async () => {
    expect(await folds('')).toEqual([]);
    expect(await folds('}\n]\nin\n# endregion\n')).toEqual([]);
  });
});
