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
      homelab,
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

  describe('complete a container', () => {
    const NEIGHBOUR = `#- /containers/db.nix
{ networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "eth0"; }; containers.db = { autoStart = true; privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { system.stateVersion = "25.11"; }; }; }
#- /.git/index
containers/db.nix
`;

    /** The title of the action at `$0`, and the file after it; what the check finds then, that it did not before. */
    async function completed(body: string): Promise<{ title: string; text: string; news: string[] } | null> {
      const at = `#- /containers/new.nix\n${body}${NEIGHBOUR}${body.includes('containers.old') ? 'containers/new.nix\n' : ''}`;
      const { actions, text, shown } = await actionsAt(at, { documentChanges: false }, ['refactor']);
      const [action] = actions;
      if (action === undefined) return null;
      const edits = action.edit?.changes?.['file:///containers/new.nix'] ?? [];
      const result = TextDocument.applyEdits(TextDocument.create('file:///new.nix', 'nix', 0, text), edits);
      const plain = result.replaceAll('\r\n', '\n');
      const after = await findingsOf(parseFixture(`#- /containers/new.nix\n${plain}${NEIGHBOUR}`, lineEnd));
      const before = shown.map(({ message }) => message);
      return {
        title: action.title,
        text: plain,
        news: after.findings.map(({ message }) => message).filter((message) => !before.includes(message)),
      };
    }

    it('with all it lacks', async () => {
      expect(await completed('{\n  containers.ne$0w = {\n  };\n}\n')).toEqual({
        title: 'Complete container new: autoStart, privateNetwork, 10.0.0.4 / 10.0.0.5, system.stateVersion',
        text: [
          '{',
          '  containers.new = {',
          '    autoStart = true;',
          '    privateNetwork = true;',
          '    hostAddress = "10.0.0.4";',
          '    localAddress = "10.0.0.5";',
          '    config = {',
          '      system.stateVersion = "25.11";',
          '    };',
          '  };',
          '}',
          '',
        ].join('\n'),
        news: [],
      });
    });

    it('in one line', async () => {
      const found = await completed('{ containers.new = { $0 }; }\n');
      expect(found?.text).toBe(
        '{ containers.new = { autoStart = true; privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config = { system.stateVersion = "25.11"; }; }; }\n',
      );
      expect(found?.news).toEqual([]);
    });

    it('before its guest, and in it: the state version and the port of its service', async () => {
      const found = await completed(
        '{\n  containers.immich = {\n    auto$0Start = true;\n    config = { ... }: {\n      services.immich = {\n        enable = true;\n        host = "0.0.0.0";\n      };\n    };\n  };\n}\n',
      );
      expect(found?.title).toBe(
        'Complete container immich: privateNetwork, 10.0.0.4 / 10.0.0.5, system.stateVersion, port 2283',
      );
      expect(found?.text).toBe(
        '{\n  containers.immich = {\n    autoStart = true;\n    privateNetwork = true;\n    hostAddress = "10.0.0.4";\n    localAddress = "10.0.0.5";\n    config = { ... }: {\n      services.immich = {\n        enable = true;\n        host = "0.0.0.0";\n      };\n      system.stateVersion = "25.11";\n      networking.firewall.allowedTCPPorts = [ 2283 ];\n    };\n  };\n}\n',
      );
      expect(found?.news).toEqual([]);
    });

    it('only with the addresses, where the network is private already', async () => {
      const found = await completed(
        '{ containers.new = { $0autoStart = true; privateNetwork = true; config.system.stateVersion = "25.11"; }; }\n',
      );
      expect(found?.title).toBe('Complete container new: 10.0.0.4 / 10.0.0.5');
      expect(found?.text).toBe(
        '{ containers.new = { autoStart = true; privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config.system.stateVersion = "25.11"; }; }\n',
      );
    });

    it('spelled with a dotted path', async () => {
      const found = await completed(
        '{ containers.new = { $0autoStart = true; privateNetwork = true; config.services.immich = { enable = true; }; }; }\n',
      );
      expect(found?.text).toBe(
        '{ containers.new = { autoStart = true; privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config.services.immich = { enable = true; }; config.system.stateVersion = "25.11"; }; }\n',
      );
    });

    it.each([
      [
        'that lacks nothing',
        '{ containers.new = { $0autoStart = true; privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.7"; config.system.stateVersion = "25.11"; }; }\n',
      ],
      [
        'in the network of the host, as it says',
        '{ containers.new = { $0autoStart = true; privateNetwork = false; config.system.stateVersion = "25.11"; }; }\n',
      ],
      [
        'whose network depends on something unknown',
        '{ lib, pkgs, ... }: { containers.new = { $0autoStart = true; privateNetwork = lib.mkIf pkgs.x true; config.system.stateVersion = "25.11"; }; }\n',
      ],
      [
        'in use, without a network or a state version, whose database is its own affair',
        '{ containers.old = { $0autoStart = true; config.services.postgresql = { enable = true; enableTCPIP = true; }; }; }\n',
      ],
      ['from inside its guest', '{ containers.new = { config = { $0 }; }; }\n'],
    ])('is not offered for one %s', async (_title, body) => {
      expect(await completed(body)).toBeNull();
    });
  });

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
    const { actions } = await actionsAt(
      `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.5"; };
  containers.c = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.$03"; };
}
`,
      {},
      ['quickfix'],
    );
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
    [[''], 4],
    [['refactor', 'source.organizeImports'], 1],
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
    expect((await actionsAt(away, {}, ['quickfix', 'source'])).actions).toEqual([]);
  });
});
