import {
  CodeActionRequest,
  DidChangeWorkspaceFoldersNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  FileChangeType,
  HoverRequest,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol';
import { describe, expect, it } from 'vitest';
import { TestClient } from './testing';

const LAB = 'file:///lab';
const FLAKE = `{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ./db.nix { networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "eth0"; }; } ]; };
  };
}
`;
const container = (name: string, host: string, local: string): string =>
  `{ containers.${name} = { privateNetwork = true; hostAddress = "10.0.0.${host}"; localAddress = "10.0.0.${local}"; config = { system.stateVersion = "25.11"; }; }; }\n`;
const WEB = container('web', '2', '3');
const DB = container('db', '4', '5');
const CONFLICT = container('db', '4', '3');

/** A homelab of two containers in some folder. */
const homelab = (folder: string, db = DB): Record<string, string> => ({
  [`${folder}/flake.nix`]: FLAKE,
  [`${folder}/web.nix`]: WEB,
  [`${folder}/db.nix`]: db,
});
const PULLS = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
};

describe('diagnostics', () => {
  it('are pushed to a client that cannot pull, for files that are not open too', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB, CONFLICT) });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.until(() => client.pushed.length === 2);
    expect(client.rules(`${LAB}/db.nix`)).toEqual(['duplicate-address']);
    expect(client.rules(`${LAB}/web.nix`)).toEqual(['duplicate-address']);
    expect(client.pushed.map(({ version }) => version)).toEqual([undefined, undefined]);
  });

  it('are pushed to our own client although it could pull, and only where they changed', async () => {
    const client = await TestClient.start({
      folders: [LAB],
      files: homelab(LAB),
      capabilities: PULLS,
      initializationOptions: { pushDiagnostics: true },
    });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(`${LAB}/db.nix`, DB);
    await client.type(`${LAB}/db.nix`, CONFLICT);
    await client.until(() => client.rules(`${LAB}/web.nix`).length > 0);
    await client.type(`${LAB}/db.nix`, DB);
    await client.until(() => client.rules(`${LAB}/web.nix`).length === 0);
    const sent = client.pushed.map(({ uri, version, diagnostics }) => [
      uri.slice(LAB.length),
      version,
      diagnostics.length,
    ]);
    expect(sent.sort()).toEqual([
      ['/db.nix', 2, 1],
      ['/db.nix', 3, 0],
      ['/web.nix', undefined, 0],
      ['/web.nix', undefined, 1],
    ]);
  });

  it('are pulled by a client that can, which is told when another file changed them', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB), capabilities: PULLS });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.open(`${LAB}/db.nix`, DB);
    await client.type(`${LAB}/db.nix`, CONFLICT);
    const pull = (previousResultId?: string) =>
      client.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: `${LAB}/db.nix` },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      });
    const first = await pull();
    expect(first).toMatchObject({ kind: 'full', items: [{ code: 'duplicate-address' }] });
    expect(await pull(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.until(() => client.refreshes > 0);

    const all = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds: [],
    });
    expect(all.items.map(({ uri, kind, version }) => [uri, kind, version]).sort()).toEqual([
      [`${LAB}/db.nix`, 'full', 2],
      [`${LAB}/web.nix`, 'full', null],
    ]);
    await client.type(`${LAB}/db.nix`, DB);
    const previousResultIds = all.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    const mended = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds,
    });
    expect(mended.items.map((item) => ('items' in item ? item.items : item.kind))).toEqual([[], []]);
    expect(client.pushed).toEqual([]);
  });

  it('say what is merely not there yet only when typing pauses', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB) });
    await client.open(`${LAB}/db.nix`, DB);
    await client.type(`${LAB}/db.nix`, `{ x = ; ${CONFLICT.slice(1)}`);
    await client.until(() => client.rules(`${LAB}/db.nix`).includes('syntax-error'));
    const before = client.pushed
      .filter(({ uri }) => uri === `${LAB}/db.nix`)
      .map(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(before).toEqual([['duplicate-address'], ['syntax-error', 'duplicate-address']]);
  });

  it('say what half-typed text means for other files only when typing pauses', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB) });
    await client.open(`${LAB}/db.nix`, DB);
    await client.type(`${LAB}/db.nix`, `{ x = ; ${CONFLICT.slice(1)}`);
    await client.until(() => client.rules(`${LAB}/web.nix`).includes('duplicate-address'));
    const order = client.pushed.flatMap(({ uri, diagnostics }) =>
      diagnostics.length === 0
        ? []
        : [`${uri.slice(LAB.length)}: ${diagnostics.map(({ code }) => code).join(' ')}`],
    );
    expect(order[0]).toBe('/db.nix: duplicate-address');
    expect(order.slice(1).sort()).toEqual([
      '/db.nix: syntax-error duplicate-address',
      '/web.nix: duplicate-address',
    ]);
  });

  it('say it on save, and keep saying it while one types on', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB) });
    const db = `${LAB}/db.nix`;
    await client.open(db, DB);
    await client.type(db, `{ x = ; ${DB.slice(1)}`);
    await client.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: db },
    });
    await client.until(() => client.rules(db).includes('syntax-error'));
    await client.type(db, `{ x = ; ${CONFLICT.slice(1)}`);
    await client.until(() => client.rules(db).includes('duplicate-address'));
    expect(client.rules(db)).toContain('syntax-error');
  });

  it('come back under the address that the client writes', async () => {
    for (const folder of [
      'file:///c%3A/my%20lab',
      'file:///C:/lab',
      'vscode-vfs://github/me/lab',
      'vscode-remote://wsl%2Bubuntu/home/me',
    ]) {
      const client = await TestClient.start({ folders: [folder], files: homelab(folder, CONFLICT) });
      await client.until(() => client.rules(`${folder}/db.nix`).length > 0);
      const [found] = client.diagnostics(`${folder}/db.nix`);
      expect(found?.relatedInformation?.[0]?.location.uri).toBe(`${folder}/web.nix`);
    }
  });
});

describe('changes on disk', () => {
  it('are asked for, and count, except for a file that is open', async () => {
    const client = await TestClient.start({
      folders: [LAB],
      files: homelab(LAB, CONFLICT),
      capabilities: { workspace: PULLS.workspace },
    });
    await client.until(() => client.watchers.length > 0 && client.rules(`${LAB}/db.nix`).length > 0);
    await client.changeDisk({ [`${LAB}/db.nix`]: DB }, [
      { uri: `${LAB}/db.nix`, type: FileChangeType.Changed },
    ]);
    await client.until(() => client.rules(`${LAB}/db.nix`).length === 0);

    await client.open(`${LAB}/db.nix`, DB);
    await client.changeDisk({ [`${LAB}/db.nix`]: CONFLICT, [`${LAB}/web.nix`]: 'broken' }, [
      { uri: `${LAB}/db.nix`, type: FileChangeType.Changed },
      { uri: `${LAB}/web.nix`, type: FileChangeType.Deleted },
    ]);
    await client.changeDisk({ [`${LAB}/web.nix`]: null }, [
      { uri: `${LAB}/web.nix`, type: FileChangeType.Deleted },
    ]);
    await client.until(() => client.rules(`${LAB}/flake.nix`).includes('missing-import'));
    expect(client.rules(`${LAB}/db.nix`)).toEqual([]);
  });

  it('may be the index of git', async () => {
    const index = `${LAB}/.git/index`;
    const client = await TestClient.start({
      folders: [LAB],
      files: { ...homelab(LAB), [index]: 'flake.nix\nweb.nix' },
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
      },
    });
    await client.until(() => client.rules(`${LAB}/flake.nix`).includes('untracked-module'));
    expect(JSON.stringify(client.watchers)).toContain(
      JSON.stringify({ globPattern: { baseUri: `${LAB}/.git`, pattern: 'index' } }),
    );
    await client.changeDisk({ [index]: 'flake.nix\nweb.nix\ndb.nix' }, [
      { uri: index, type: FileChangeType.Changed },
    ]);
    await client.until(() => client.rules(`${LAB}/flake.nix`).length === 0);
    await client.changeDisk({ [index]: 'flake.nix\ndb.nix' }, [{ uri: index, type: FileChangeType.Changed }]);
    await client.until(() => client.rules(`${LAB}/flake.nix`).includes('untracked-module'));
  });

  it('may be a folder that goes and comes back under another name', async () => {
    const flake = FLAKE.replaceAll('./', './containers/');
    const files = {
      [`${LAB}/flake.nix`]: flake,
      [`${LAB}/containers/web.nix`]: WEB,
      [`${LAB}/containers/db.nix`]: CONFLICT,
    };
    const client = await TestClient.start({ folders: [LAB], files });
    await client.until(() => client.rules(`${LAB}/containers/db.nix`).length > 0);

    await client.changeDisk(
      { [`${LAB}/containers`]: null, [`${LAB}/guests/web.nix`]: WEB, [`${LAB}/guests/db.nix`]: CONFLICT },
      [
        { uri: `${LAB}/containers`, type: FileChangeType.Deleted },
        { uri: `${LAB}/guests`, type: FileChangeType.Created },
      ],
    );
    await client.until(() => client.rules(`${LAB}/flake.nix`).includes('missing-import'));
    expect(client.rules(`${LAB}/containers/db.nix`)).toEqual([]);

    await client.open(`${LAB}/flake.nix`, flake.replaceAll('containers', 'guests'));
    await client.until(() => client.rules(`${LAB}/guests/db.nix`).includes('duplicate-address'));
  });

  it('may be a workspace folder that is closed, and one that is opened', async () => {
    const other = 'file:///other';
    const client = await TestClient.start({
      folders: [LAB],
      files: { ...homelab(LAB, CONFLICT), ...homelab(other, CONFLICT) },
      capabilities: { workspace: { workspaceFolders: true } },
    });
    await client.until(() => client.rules(`${LAB}/db.nix`).length > 0);
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: other, name: 'other' }], removed: [{ uri: LAB, name: 'lab' }] },
    });
    await client.until(
      () => client.rules(`${LAB}/db.nix`).length === 0 && client.rules(`${other}/db.nix`).length > 0,
    );
  });
});

describe('a session', () => {
  it('logs what was left out and pops nothing up', async () => {
    const client = await TestClient.start({
      folders: [LAB],
      files: { ...homelab(LAB, CONFLICT), [`${LAB}/big.nix`]: { opaque: 'larger than 2 MB, not read' } },
    });
    await client.until(() => client.logged.length > 0 && client.pushed.length > 0);
    expect(client.logged).toEqual(['/lab/big.nix: larger than 2 MB, not read']);
    expect(client.shown).toEqual([]);
  });

  it('answers nothing for what it does not know, at any position', async () => {
    const client = await TestClient.start({ folders: [LAB], files: homelab(LAB) });
    await client.open('git:/lab/db.nix?ref', CONFLICT);
    for (const uri of [`${LAB}/none.nix`, 'git:/lab/db.nix?ref', 'nonsense', `${LAB}/db.nix`]) {
      const textDocument = { uri };
      const position = { line: 4_000, character: 77 };
      const range = { start: position, end: position };
      expect(await client.connection.sendRequest(HoverRequest.type, { textDocument, position })).toBeNull();
      const context = { diagnostics: [] };
      expect(
        await client.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context }),
      ).toEqual([]);
      expect(
        Array.isArray(await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })),
      ).toBe(true);
    }
    expect(client.logged).toEqual([]);
  });

  it('without a folder judges nothing but the syntax of what is open', async () => {
    const client = await TestClient.start({ folders: [], files: {} });
    await client.open('file:///somewhere/flake.nix', FLAKE);
    await client.open('untitled:Untitled-1', '{ a = }; }');
    await client.until(() => client.rules('untitled:Untitled-1').length > 0);
    expect(client.rules('file:///somewhere/flake.nix')).toEqual([]);
  });
});
