import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../../test/engine/folder';
import type { ClientRequests } from './protocol';
import { TestClient } from './testing';

const folder = await readFolder(join(import.meta.dirname, '../../../examples/homelab'));
const files = Object.fromEntries(
  Object.entries(folder).map(([path, text]) => [`file:///homelab${path}`, text]),
);

async function session(): Promise<{
  client: TestClient;
  ask: <Method extends keyof ClientRequests>(
    method: Method,
    params: ClientRequests[Method]['params'],
  ) => Promise<ClientRequests[Method]['result']>;
}> {
  const client = await TestClient.start({ folders: ['file:///homelab'], files });
  return { client, ask: (method, params) => client.connection.sendRequest(method, params) };
}

const JELLYFIN = {
  name: 'jellyfin',
  port: 8096,
  subdomain: 'media',
  authelia: true,
  network: 'private',
  host: null,
} as const;

describe('what our own client asks to have written', () => {
  it('plans a container over the texts of the editor, saved or not', async () => {
    const { client, ask } = await session();
    const uri = 'file:///homelab/flake.nix';
    await client.open(
      uri,
      (files[uri] ?? '').replace(
        '        ./containers/opencloud.nix\n',
        '        ./containers/opencloud.nix # unsaved\n',
      ),
    );
    const planned = await ask('nixosContainers/addContainer', JELLYFIN);
    expect(planned).toMatchObject({
      edit: {
        documentChanges: [
          { kind: 'create', uri: 'file:///homelab/containers/jellyfin.nix' },
          { textDocument: { uri: 'file:///homelab/containers/jellyfin.nix', version: null } },
          {
            textDocument: { uri, version: 1 },
            edits: [
              {
                newText: '\n        ./containers/jellyfin.nix',
                range: { start: { line: 59, character: 44 } },
              },
            ],
          },
        ],
      },
      open: { uri: 'file:///homelab/containers/jellyfin.nix' },
    });
  });

  it('checks answers and offers choices', async () => {
    const { ask } = await session();
    expect(await ask('nixosContainers/containerChoices', { host: null })).toMatchObject({
      authelia: 'authelia',
    });
    expect(
      await ask('nixosContainers/checkAnswer', { field: 'name', value: 'jellyfin', host: null }),
    ).toEqual({
      problem: null,
      usualPort: 8096,
    });
    expect(
      await ask('nixosContainers/checkAnswer', { field: 'name', value: 'a_b', host: null }),
    ).toMatchObject({ problem: 'NixOS refuses container names with an underscore. Write a-b.' });
  });

  it('refuses with a sentence', async () => {
    const { ask } = await session();
    expect(await ask('nixosContainers/addContainer', { ...JELLYFIN, name: 'immich' })).toEqual({
      problem: 'There is a container immich already (containers/immich.nix:21). Choose another name.',
    });
    expect(await ask('nixosContainers/flakeImport', { uri: 'file:///elsewhere/a.nix', host: null })).toEqual({
      problem: 'a.nix is no Nix file of this workspace.',
    });
  });

  it('inserts an import, and says when it is there', async () => {
    const { ask } = await session();
    expect(
      await ask('nixosContainers/flakeImport', {
        uri: 'file:///homelab/containers/linkwarden.nix',
        host: null,
      }),
    ).toMatchObject({ edit: { documentChanges: [{ textDocument: { uri: 'file:///homelab/flake.nix' } }] } });
    expect(
      await ask('nixosContainers/flakeImport', { uri: 'file:///homelab/containers/immich.nix', host: null }),
    ).toMatchObject({ edit: { documentChanges: [] } });
  });
});
