import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { codeActions, type EditStyle } from './code-action';
import { toDiagnostic } from './diagnostics';

const CONFLICT = `
#- /containers/web.nix
{ # 🏠
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; };
}
#- /containers/db.nix
{ # 🏠
  /* 🏠 */ containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.$03"; };
}
`;
const uriOf = (path: string): string => `file://${path}`;
const style: EditStyle = {
  uriOf,
  versionOf: (path) => (path === '/containers/db.nix' ? 7 : null),
  documentChanges: true,
};

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('code actions (%s)', (_name, lineEnd) => {
  async function actionsAt(text: string, given: Partial<EditStyle> = {}, only?: string[]) {
    const fixture = parseFixture(text, lineEnd);
    const { findings, homelab } = await findingsOf(fixture);
    const file = homelab.files.parsed(fixture.cursor?.file ?? '');
    if (file === null || fixture.cursor === null) throw new Error('the fixture has no cursor');
    const cursor = file.lines.positionAt(fixture.cursor.offset);
    const shown = findings.flatMap((finding) => toDiagnostic(finding, homelab.files, uriOf) ?? []);
    const question = {
      files: homelab.files,
      findings,
      file,
      range: { start: cursor, end: cursor },
      shown,
      only,
    };
    return { actions: codeActions(question, { ...style, ...given }), text: file.text, shown };
  }

  it('mend what is under the cursor, in the version that the editor has open', async () => {
    const { actions, shown } = await actionsAt(CONFLICT);
    expect(actions).toHaveLength(1);
    const [action] = actions;
    expect(action).toMatchObject({
      title: 'Use the next free pair 10.0.0.6 / 10.0.0.7',
      kind: 'quickfix',
      isPreferred: true,
    });
    expect(shown).toContain(action?.diagnostics?.[0]);
    const line =
      '  /* 🏠 */ containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.3"; };';
    const range = (quoted: string) => ({
      start: { line: 1, character: line.indexOf(quoted) },
      end: { line: 1, character: line.indexOf(quoted) + quoted.length },
    });
    expect(action?.edit?.documentChanges).toEqual([
      {
        textDocument: { uri: 'file:///containers/db.nix', version: 7 },
        edits: [
          { range: range('"10.0.0.3"'), newText: '"10.0.0.7"' },
          { range: range('"10.0.0.4"'), newText: '"10.0.0.6"' },
        ],
      },
    ]);
  });

  it('have plain edits for an editor without versions', async () => {
    const { actions } = await actionsAt(CONFLICT, { documentChanges: false });
    expect(Object.keys(actions[0]?.edit?.changes ?? {})).toEqual(['file:///containers/db.nix']);
  });

  it('offer once what two findings offer alike, for both', async () => {
    const { actions } = await actionsAt(`
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.5"; };
  containers.c = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.$03"; };
}
`);
    expect(actions.map(({ title }) => title)).toEqual(['Use the next free pair 10.0.0.7 / 10.0.0.8']);
    expect(actions[0]?.diagnostics?.map(({ code }) => code)).toEqual([
      'address-is-host-address',
      'duplicate-address',
    ]);
  });

  it.each([
    [['quickfix'], 1],
    [[''], 1],
    [['refactor', 'source.organizeImports'], 0],
    [['quickfix.other'], 0],
  ])('answer a wish for %j with %i', async (only, count) => {
    expect((await actionsAt(CONFLICT, {}, only)).actions).toHaveLength(count);
  });

  it('are none beside the finding', async () => {
    const away = CONFLICT.replace('$0', '').replace('containers.db', 'cont$0ainers.db');
    expect((await actionsAt(away)).actions).toEqual([]);
  });
});
