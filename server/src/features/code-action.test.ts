import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { testParser } from '../eval/testing';
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
    const parser = await testParser();
    const { findings, homelab } = await findingsOf(fixture);
    const file = homelab.files.parsed(fixture.cursor?.file ?? '');
    if (file === null || fixture.cursor === null) throw new Error('the fixture has no cursor');
    const cursor = file.lines.positionAt(fixture.cursor.offset);
    const shown = findings.flatMap((finding) => toDiagnostic(finding, homelab.files, uriOf) ?? []);
    const question = {
      files: homelab.files,
      findings,
      path: file.path,
      parse: (path: string, text: string) => parser.parse(path, text),
      range: { start: cursor, end: cursor },
      shown,
      only,
    };
    return { actions: codeActions(question, { ...style, ...given }), text: file.text, shown };
  }

  it('mend what is under the cursor, in the version that the editor has open', async () => {
    const { actions, shown } = await actionsAt(CONFLICT);
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
    expect(actions.map(({ title }) => title)).toEqual([
      'Use the next free pair 10.0.0.7 / 10.0.0.8',
      'Ignore address-is-host-address here',
      'Ignore address-is-host-address in this file',
      'Ignore duplicate-address here',
      'Ignore duplicate-address in this file',
    ]);
    expect(actions[0]?.diagnostics?.map(({ code }) => code)).toEqual([
      'address-is-host-address',
      'duplicate-address',
    ]);
  });

  it.each([
    [['quickfix'], 3],
    [[''], 3],
    [['refactor', 'source.organizeImports'], 0],
    [['quickfix.other'], 0],
  ])('answer a wish for %j with %i', async (only, count) => {
    expect((await actionsAt(CONFLICT, {}, only)).actions).toHaveLength(count);
  });

  /** A fixture's file after an action. */
  async function after(text: string, title: string, only?: string[]): Promise<string> {
    const { actions, text: before } = await actionsAt(text, { documentChanges: false }, only);
    const action = actions.find((known) => known.title === title);
    if (action === undefined) throw new Error(`offered: ${actions.map((known) => known.title).join(', ')}`);
    const [edits = []] = Object.values(action.edit?.changes ?? {});
    return TextDocument.applyEdits(TextDocument.create('file:///a', 'nix', 1, before), edits).replaceAll(
      lineEnd,
      '\n',
    );
  }

  it.each([
    [
      'above the line, indented as it is',
      '  containers.a.localAddress = "1.1$0.1";',
      'Ignore invalid-address here',
      '  # nixos-containers: ignore invalid-address\n  containers.a.localAddress = "1.1.1";',
    ],
    [
      'in the comment above',
      '  # nixos-containers: ignore missing-nat -- why\n  containers.a.localAddress = "1.1$0.1";',
      'Ignore invalid-address here',
      '  # nixos-containers: ignore missing-nat, invalid-address -- why\n  containers.a.localAddress = "1.1.1";',
    ],
    [
      'in the comment beside',
      '  containers.a.localAddress = "1.1$0.1"; # nixos-containers: ignore missing-nat',
      'Ignore invalid-address here',
      '  containers.a.localAddress = "1.1.1"; # nixos-containers: ignore missing-nat, invalid-address',
    ],
    [
      'above a string that begins on another line',
      "\tx = ''\n    a\n  ''; containers.a.localAddress = \"1.1$0.1\";",
      'Ignore invalid-address here',
      "\t# nixos-containers: ignore invalid-address\n\tx = ''\n    a\n  ''; containers.a.localAddress = \"1.1.1\";",
    ],
    [
      'at the head of the file',
      '  containers.a.localAddress = "1.1$0.1";',
      'Ignore invalid-address in this file',
      '  containers.a.localAddress = "1.1.1";',
    ],
  ])('ignore a rule %s', async (_where, line, title, expected) => {
    const fixture = `\n#- /a.nix\n{\n  containers.a.privateNetwork = true;\n${line}\n}\n`;
    const text = await after(fixture, title);
    const head = title.endsWith('file') ? '# nixos-containers: ignore-file invalid-address\n' : '';
    expect(text).toBe(`${head}{\n  containers.a.privateNetwork = true;\n${expected}\n}\n`);
    const { shown } = await findingsOf(parseFixture(`\n#- /a.nix\n${text}`, lineEnd));
    expect(shown.filter((found) => /invalid-address|-ignore/.test(found))).toEqual(
      line.includes('missing-nat') ? [expect.stringContaining('unneeded-ignore')] : [],
    );
  });

  const IDLE = `
#- /a.nix
{
  # nixos-containers: ignore mis$0sing-nat
  a = 1; # nixos-containers: ignore missing-nat
  b = 2;
}
#- /b.nix
{
  # nixos-containers: ignore missing-nat
}
`;

  it('make all safe fixes of a rule in the file, and in the workspace', async () => {
    const { actions } = await actionsAt(IDLE, { documentChanges: false });
    const titles = actions.map(({ title }) => title);
    expect(titles).toEqual([
      'Remove the comment that silences nothing',
      'Fix all unneeded-ignore in this file',
      'Fix all unneeded-ignore in the workspace',
    ]);
    expect(await after(IDLE, 'Fix all unneeded-ignore in this file')).toBe('{\n  a = 1;\n  b = 2;\n}\n');
    expect(Object.keys(actions[2]?.edit?.changes ?? {})).toEqual(['file:///a.nix', 'file:///b.nix']);
  });

  it.each([['source.fixAll.nixos-containers'], ['source.fixAll'], ['source']])(
    'make all safe fixes of the file for %s, and only where they are asked for',
    async (kind) => {
      const title = 'Fix all that is safe to fix (NixOS Containers)';
      expect(await after(IDLE, title, [kind])).toBe('{\n  a = 1;\n  b = 2;\n}\n');
      expect((await actionsAt(CONFLICT, {}, [kind])).actions).toEqual([]);
    },
  );

  it('are none beside the finding', async () => {
    const away = CONFLICT.replace('$0', '').replace('containers.db', 'cont$0ainers.db');
    expect((await actionsAt(away)).actions).toEqual([]);
  });
});
