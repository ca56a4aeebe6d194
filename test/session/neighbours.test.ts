import { describe, expect, test } from 'vitest';
import {
  DidChangeConfigurationNotification,
  HoverRequest,
  type Diagnostic,
  type MarkupContent,
} from 'vscode-languageserver-protocol';
import type { ChangedSettings } from '../../server/src/lsp/protocol';
import type { ProtocolClient } from './protocol-client';
import { withServer } from './with-server';

const BROKEN = 'broken.nix';
const WEB = 'web.nix';
const files = {
  [BROKEN]: '{ a = [ 1 ; }\n',
  [WEB]: `let domain = "lab.site"; in {
  networking.domain = "net.\${domain}";
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
  containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; };
}
`,
  'flake.nix': `{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
  };
}
`,
};

const has = (rule: string) => (diagnostics: Diagnostic[]) => diagnostics.some(({ code }) => code === rule);
const hasNone = (diagnostics: Diagnostic[]): boolean => diagnostics.length === 0;

describe('beside another that serves Nix', () => {
  test('syntax errors go and come with the setting; what is said of containers stays', async () => {
    await withServer({ files, initializationOptions: { syntaxErrors: false } }, async (client) => {
      await client.diagnosticsOf(WEB, has('duplicate-address'));
      await client.diagnosticsOf(BROKEN, hasNone);

      await change(client, { syntaxErrors: true });
      await client.diagnosticsOf(BROKEN, has('syntax-error'));
      await change(client, { syntaxErrors: false });
      await client.diagnosticsOf(BROKEN, hasNone);
      await client.diagnosticsOf(WEB, has('duplicate-address'));
    });
  });

  test('hovers of plain Nix go and come with the setting; those of containers stay', async () => {
    await withServer({ files, initializationOptions: { nixHovers: false } }, async (client) => {
      await client.open(WEB, files[WEB]);
      await client.diagnosticsOf(WEB, has('duplicate-address'));
      expect(await hover(client, 'domain}')).toBeNull();
      expect(await hover(client, 'web = {')).toContain('Container `web`');

      await change(client, { nixHovers: true });
      expect(await hover(client, 'domain}')).toContain('`domain` is `lab.site`');
      await change(client, { nixHovers: false });
      expect(await hover(client, 'domain}')).toBeNull();
    });
  });

  test('what makes no sense as a setting changes nothing', async () => {
    await withServer({ files, initializationOptions: { syntaxErrors: 'perhaps' } }, async (client) => {
      await client.diagnosticsOf(BROKEN, has('syntax-error'));
      for (const settings of [null, [], { 'nixos-containers': 3 }, { 'nixos-containers': { nixHovers: [] } }])
        await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
      await client.open(WEB, files[WEB]);
      expect(await hover(client, 'domain}')).toContain('lab.site');
      await client.diagnosticsOf(BROKEN, has('syntax-error'));
    });
  });
});

function change(client: ProtocolClient, settings: ChangedSettings['nixos-containers']): Promise<void> {
  return client.connection.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { 'nixos-containers': settings } satisfies ChangedSettings,
  });
}

/** What the hover says at the beginning of a piece of the text. */
async function hover(client: ProtocolClient, text: string): Promise<string | null> {
  const found = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: client.uri(WEB) },
    position: client.rangeOf(WEB, text).start,
  });
  return found === null ? null : (found.contents as MarkupContent).value;
}
