import {
  SemanticTokensDeltaRequest,
  SemanticTokensRefreshRequest,
  SemanticTokensRequest,
  type Range,
  type SemanticTokens,
  type SemanticTokensDelta,
} from 'vscode-languageserver-protocol';
import { describe, expect, it } from 'vitest';
import { exampleTexts } from '../../../test/engine/navigation';
import { TestClient } from './testing';

const LAB = 'file:///lab';
const IMMICH = `${LAB}/containers/immich.nix`;
const NEXTCLOUD = `${LAB}/containers/nextcloud.nix`;
const files = Object.fromEntries(Object.entries(exampleTexts()).map(([path, text]) => [LAB + path, text]));
const text = files[IMMICH] ?? '';
const textDocument = { uri: IMMICH };

/** Asks until the server has read the folder: before that it has no tokens. */
async function wholeOf({ connection }: TestClient): Promise<SemanticTokens> {
  for (;;) {
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    if (tokens !== null) return tokens;
  }
}

function legendOf({ initialized }: TestClient): unknown {
  const provider = initialized.capabilities.semanticTokensProvider;
  return provider?.legend.tokenTypes;
}

describe('semantic tokens', () => {
  it('have names of the protocol for clients that know no others', async () => {
    expect(legendOf(await TestClient.start({ folders: [LAB], files }))).toEqual([
      'class',
      'function',
      'interface',
      'decorator',
      'enumMember',
      'number',
      'number',
      'property',
    ]);
    const ours = { folders: [LAB], files, initializationOptions: { namesTokens: true } };
    expect(legendOf(await TestClient.start(ours))).toContain('container');
  });

  it('are sent whole, then as what changed', async () => {
    const client = await TestClient.start({ folders: [LAB], files });
    await client.open(IMMICH, text);
    const first = await wholeOf(client);
    expect(first.data.length % 5).toBe(0);

    const delta = async (previousResultId: string): Promise<SemanticTokens | SemanticTokensDelta | null> =>
      client.connection.sendRequest(SemanticTokensDeltaRequest.type, { textDocument, previousResultId });
    await client.type(
      IMMICH,
      text.replace('privateNetwork = true;', 'privateNetwork = true; ephemeral = true;'),
    );
    const changed = await delta(first.resultId ?? '');
    if (changed === null || !('edits' in changed)) throw new Error('no delta');
    expect(changed.edits).toHaveLength(1);
    const [{ start, deleteCount, data = [] } = { start: 0, deleteCount: 0 }] = changed.edits;
    expect(data.length).toBeLessThan(first.data.length / 4);
    const patched = [...first.data.slice(0, start), ...data, ...first.data.slice(start + deleteCount)];
    expect(patched).toEqual((await wholeOf(client)).data);

    const same = await wholeOf(client);
    expect(await delta(same.resultId ?? '')).toMatchObject({ edits: [] });
    expect(await delta('of another life')).toHaveProperty('data');
  });

  it('are left to another server where the settings say so', async () => {
    const client = await TestClient.start({
      folders: [LAB],
      files,
      initializationOptions: { semanticTokens: false },
    });
    expect(await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument })).toBeNull();
  });

  it('are asked for anew when another file changes what they say', async () => {
    let refreshes = 0;
    let told = 0;
    const client = await TestClient.start({
      folders: [LAB],
      files,
      capabilities: { workspace: { semanticTokens: { refreshSupport: true } } },
      initializationOptions: { showsDisabledCode: true },
    });
    client.connection.onRequest(SemanticTokensRefreshRequest.type, () => {
      refreshes++;
    });
    const changed = new Promise<void>((resolve) => {
      client.connection.onNotification('nixosContainers/disabledCodeChanged', () => {
        if (++told === 2) resolve();
      });
    });
    const fadedIn = (uri: string): Promise<Range[]> =>
      client.connection.sendRequest('nixosContainers/disabledCode', { uri });
    expect(await fadedIn(NEXTCLOUD)).toMatchObject([{ start: { line: 2, character: 0 } }]);
    expect(await fadedIn(IMMICH)).toEqual([]);

    const flake = `${LAB}/flake.nix`;
    const imported = (files[flake] ?? '').replace(/#\s*(\.\/containers\/nextcloud\.nix)/, '$1');
    expect(imported).not.toBe(files[flake]);
    await client.changeDisk({ [flake]: imported }, [{ uri: flake, type: 2 }]);
    await changed;
    expect(await fadedIn(NEXTCLOUD)).toEqual([]);
    expect(refreshes).toBe(2);
    expect(client.logged.filter((line) => /fail/i.test(line))).toEqual([]);
  });
});
