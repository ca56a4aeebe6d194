import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { importsHere } from './import-here';

const FLAKE = (line: string): string => `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
        ./containers/web.nix
${line}
      ];
    };
  };
}
#- /containers/web.nix
{ containers.web.autoStart = true; }
`;
const CLOUD = '#- /containers/cloud.nix\n{ containers.clo$0ud = { autoStart = true; config = { }; }; }\n';
const AT_COMMENT = CLOUD.replace('$0', '');

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('importing a module again (%s)', (_name, lineEnd) => {
  /** What is offered at `$0`, each with the flake's lines that it changes. */
  async function offered(text: string): Promise<[title: string, line: string | undefined][]> {
    const fixture = parseFixture(text, lineEnd);
    const { cursor, files } = fixture;
    if (cursor === null) throw new Error('the fixture has no cursor');
    const found = importsHere(await homelabOf(fixture), cursor.file, cursor.offset);
    return found.map(({ title, changes }) => {
      const [change, ...others] = changes;
      expect(others).toEqual([]);
      const before = files[change?.file ?? ''] ?? '';
      const { start = 0, end = 0 } = change?.range ?? {};
      const after = before.slice(0, start) + (change?.newText ?? '') + before.slice(end);
      const had = before.split(lineEnd);
      return [title, after.split(lineEnd).find((line) => !had.includes(line))];
    });
  }

  it.each([
    ['at its container', FLAKE('        # ./containers/cloud.nix') + CLOUD],
    ['at the comment', FLAKE('        # ./contai$0ners/cloud.nix') + AT_COMMENT],
    [
      'in the set of its container',
      FLAKE('        #./containers/cloud.nix # later') +
        CLOUD.replace('$0', '').replace('{ auto', '{ $0auto'),
    ],
  ])('is offered %s', async (_where, text) => {
    const [[title, line] = [], ...others] = await offered(text);
    expect(others).toEqual([]);
    expect(title).toBe('Import containers/cloud.nix again');
    expect(line?.replace(/ # later$/, '')).toBe('        ./containers/cloud.nix');
  });

  it('is offered for each host that could import it', async () => {
    const text = FLAKE('        # ./containers/cloud.nix').replace(
      '    nixosConfigurations.homelab',
      '    nixosConfigurations.other = nixpkgs.lib.nixosSystem { modules = [ ./containers/web.nix ]; };\n    nixosConfigurations.homelab',
    );
    expect((await offered(text + CLOUD)).map(([title]) => title)).toEqual([
      'Import containers/cloud.nix again, for other',
      'Import containers/cloud.nix again, for homelab',
    ]);
  });

  it.each([
    [
      'inside its guest',
      FLAKE('        # ./containers/cloud.nix') + CLOUD.replace('$0', '').replace('{ }', '{ $0 }'),
    ],
    ['for a module that is imported', FLAKE('        ./containers/cloud.nix') + CLOUD],
    ['for a module that no comment names', FLAKE('') + CLOUD],
    ['at another comment', FLAKE('        # ./containers/cloud.nix\n        # $0later') + AT_COMMENT],
    [
      'at a comment that says more',
      FLAKE('        # replaced $0by web: ./containers/cloud.nix') + AT_COMMENT,
    ],
    [
      'at a comment outside of the list',
      FLAKE('').replace('{\n  outputs', '{\n  # ./contain$0ers/cloud.nix\n  outputs') + AT_COMMENT,
    ],
  ])('is not offered %s', async (_where, text) => {
    expect(await offered(text)).toEqual([]);
  });
});
