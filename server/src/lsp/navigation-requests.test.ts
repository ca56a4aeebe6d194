import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  HoverRequest,
  ReferencesRequest,
  SignatureHelpRequest,
  type CompletionList,
  type LocationLink,
  type Position,
} from 'vscode-languageserver-protocol';
import { describe, expect, it } from 'vitest';
import { exampleTexts } from '../../../test/engine/navigation';
import { LineIndex } from '../nix/positions';
import type { NavigationAnswer } from './protocol';
import { TestClient } from './testing';

const LAB = 'file:///lab';
const IMMICH = `${LAB}/containers/immich.nix`;
const files = Object.fromEntries(Object.entries(exampleTexts()).map(([path, text]) => [LAB + path, text]));

/** The position of `|` in a piece of a text. */
function positionOf(text: string, marked: string): Position {
  const at = text.indexOf(marked.replace('|', ''));
  if (at === -1) throw new Error(`${marked} is not in the text`);
  return new LineIndex(text).positionAt(at + marked.indexOf('|'));
}

const inImmich = (marked: string): { textDocument: { uri: string }; position: Position } => ({
  textDocument: { uri: IMMICH },
  position: positionOf(files[IMMICH] ?? '', marked),
});

describe('the requests that complete and navigate', () => {
  it('are announced, and answered over a connection', async () => {
    const client = await TestClient.start({
      folders: [LAB],
      files,
      capabilities: { textDocument: { definition: { linkSupport: true } } },
      initializationOptions: { opensPlaces: true },
    });
    const { connection } = client;
    expect(client.initialized.capabilities).toMatchObject({
      completionProvider: { triggerCharacters: ['.', '"', '`', ':', '/', '{'], resolveProvider: true },
      definitionProvider: true,
      referencesProvider: true,
      documentLinkProvider: {},
      codeLensProvider: {},
    });

    const links = (await connection.sendRequest(
      DefinitionRequest.type,
      inImmich('containers.imm|ich = {'),
    )) as LocationLink[];
    expect(links).toMatchObject([{ targetUri: IMMICH, targetSelectionRange: { start: { line: 10 } } }]);

    const help = await connection.sendRequest(SignatureHelpRequest.type, inImmich('"Host(`photos|'));
    expect(help).toMatchObject({ signatures: [{ label: 'Host(`name`)' }], activeParameter: 0 });

    const reference = inImmich('config.containers.|immich.local');
    expect(JSON.stringify(await connection.sendRequest(HoverRequest.type, reference))).toContain(
      'Container ',
    );
    const address = inImmich('"10.10.|10.5"');
    expect(JSON.stringify(await connection.sendRequest(HoverRequest.type, address))).toContain(
      'localAddress',
    );
    const option = inImmich('auto|Start');
    expect(JSON.stringify(await connection.sendRequest(HoverRequest.type, option))).toContain('Type: ');

    const found = await connection.sendRequest(ReferencesRequest.type, {
      ...reference,
      context: { includeDeclaration: true },
    });
    expect(found?.length).toBe(5);

    const flake = { textDocument: { uri: `${LAB}/flake.nix` } };
    expect((await connection.sendRequest(DocumentLinkRequest.type, flake))?.length).toBe(16);
    const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: IMMICH } });
    expect(lenses?.map(({ command }) => command?.command)).toEqual([
      'nixosContainers.open',
      'nixosContainers.open',
    ]);

    const { position } = inImmich('auto|Start');
    const ask = (method: string): Promise<NavigationAnswer> =>
      connection.sendRequest<NavigationAnswer>(method, { uri: IMMICH, position });
    expect((await ask('nixosContainers/routeTargets')).targets.map(({ label }) => label)).toEqual([
      'photos.nemnix.site',
    ]);
    expect((await ask('nixosContainers/containerTargets')).targets.map(({ label }) => label)).toEqual([
      'immich',
    ]);
  });

  it('give plain locations to a client that knows no links', async () => {
    const { connection } = await TestClient.start({ folders: [LAB], files });
    const found = await connection.sendRequest(DefinitionRequest.type, inImmich('containers.imm|ich = {'));
    expect(found).toMatchObject([{ uri: IMMICH, range: { start: { line: 10 } } }]);
    const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: IMMICH } });
    expect(lenses?.map(({ command }) => command?.command)).toEqual(['', '']);
  });

  it('answer at every step while a container is typed and deleted again', { timeout: 120_000 }, async () => {
    const uri = `${LAB}/containers/jellyfin.nix`;
    const flake = (files[`${LAB}/flake.nix`] ?? '').replace(
      './containers/immich.nix',
      './containers/immich.nix ./containers/jellyfin.nix',
    );
    const client = await TestClient.start({
      folders: [LAB],
      files: { ...files, [`${LAB}/flake.nix`]: flake, [uri]: '' },
    });
    const whole = `{ config, ... }: {
  containers.jellyfin = {
    privateNetwork = true;
    hostAddress = "10.10.10.12";
    config.services.jellyfin.enable = true;
  };
  x = "http://\${config.containers.jellyfin.localAddress}";
}
`;
    await client.open(uri, '');
    const seen = new Map<string, readonly string[]>();
    const step = async (text: string): Promise<void> => {
      await client.type(uri, text);
      const position = new LineIndex(text).positionAt(text.length);
      const { items } = (await client.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position,
      })) as CompletionList;
      seen.set(
        text,
        items.map(({ label }) => label),
      );
    };
    for (let length = 1; length <= whole.length; length++) await step(whole.slice(0, length));
    for (let length = whole.length - 1; length >= 0; length -= 7) await step(whole.slice(0, length));
    const after = (piece: string): readonly string[] =>
      seen.get(whole.slice(0, whole.indexOf(piece) + piece.length)) ?? [];
    expect(after('  containers.jellyfin = {\n    priv')).toContain('privateNetwork');
    expect(after('privateNetwork = tr')).toEqual(['true', 'false']);
    expect(after('hostAddress = "')[0]).toBe('10.10.10.12');
    expect(after('    conf')).toContain('config');
    expect(after('config.services.jellyfin.en')).toContain('enable');
    expect(after('${config.containers.')).toContain('jellyfin');
    expect(after('${config.containers.jellyfin.')).toContain('localAddress');
    expect(client.logged.filter((line) => /fail|error/i.test(line))).toEqual([]);
  });
});
