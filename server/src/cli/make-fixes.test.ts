import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { testParser } from '../eval/testing';
import { Workspace } from '../workspace/workspace';
import { makeFixes } from './make-fixes';

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('safe fixes (%s)', (_name, lineEnd) => {
  async function made(
    text: string,
  ): Promise<{ texts: Record<string, string>; rules: string[]; left: string[] }> {
    const parser = await testParser();
    const workspace = new Workspace(parser, () => true);
    const { files } = parseFixture(text, lineEnd);
    for (const [path, content] of Object.entries(files)) workspace.setFile(path, { text: content });
    const { mended, changes, before } = makeFixes(workspace, (path, content) => parser.parse(path, content));
    for (const { file, range } of changes) {
      expect(before.entry(file)).toEqual({ kind: 'file', text: files[file] });
      expect(range).toEqual({ start: 0, end: files[file]?.length });
    }
    return {
      texts: Object.fromEntries(
        changes.map(({ file, newText }) => [file, newText.replaceAll(lineEnd, '\n')]),
      ),
      rules: mended.map(({ finding }) => finding.rule),
      left: workspace.analysis().findings.map(({ rule }) => rule),
    };
  }

  it('are made again until none is left, also where two meet', async () => {
    const { texts, rules, left } = await made(`
#- /a.nix
{
  # nixos-containers: ignore missing-nat, missing-import, isolated-container
  containers.a = { privateNetwork = true; localAddress = "10.0.0"; config.system.stateVersion = "25.11"; };
  b = 1; # nixos-containers: ignore missing-nat
  c = 2; # nixos-containers: ignore nat-wildcard, invalid-address
}
`);
    expect(texts).toEqual({
      '/a.nix': `{
  containers.a = { privateNetwork = true; localAddress = "10.0.0"; config.system.stateVersion = "25.11"; };
  b = 1;
  c = 2;
}
`,
    });
    expect(new Set(rules)).toEqual(new Set(['unneeded-ignore']));
    expect(left).not.toContain('unneeded-ignore');
    expect(left).toContain('invalid-address');
  });

  it('are none where a choice is to be made', async () => {
    const { texts, left } = await made(`
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.3"; config = { }; };
}
`);
    expect(texts).toEqual({});
    expect(left).toContain('duplicate-address');
  });
});
