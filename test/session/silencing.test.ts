import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  CodeActionRequest,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  FileChangeType,
  type CodeAction,
  type Diagnostic,
} from 'vscode-languageserver-protocol';
import type { ChangedSettings } from '../../server/src/lsp/protocol';
import type { ProtocolClient } from './protocol-client';
import { withServer } from './with-server';

const WEB = 'web.nix';
const SETTINGS = '.nixos-containers.json';
const files = {
  [WEB]: `{
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
  containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; };
  # nixos-containers: ignore invalid-mac
  boot.isContainer = false;
}
`,
  'flake.nix': `{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
  };
}
`,
};

const clashes = (diagnostics: Diagnostic[]): Diagnostic[] =>
  diagnostics.filter(({ code }) => code === 'duplicate-address');
const has =
  (count: number, severity: DiagnosticSeverity = DiagnosticSeverity.Error) =>
  (diagnostics: Diagnostic[]): boolean => {
    const found = clashes(diagnostics);
    return found.length === count && found.every((diagnostic) => diagnostic.severity === severity);
  };

test('what the editor is set to takes effect at once, and a settings file goes before it', async () => {
  await withServer(
    { files, initializationOptions: { rules: { 'duplicate-address': 'hint' } } },
    async (client) => {
      await client.diagnosticsOf(WEB, has(2, DiagnosticSeverity.Hint));
      await change(client, { rules: { 'duplicate-address': 'off' } });
      await client.diagnosticsOf(WEB, has(0));
      await change(client, { rules: {} });
      await client.diagnosticsOf(WEB, has(2));

      await write(client, '{ "rules": { "duplicate-address": "warning", "duplicate-adress": "off" } }');
      await client.diagnosticsOf(WEB, has(2, DiagnosticSeverity.Warning));
      const [unknown] = await client.diagnosticsOf(SETTINGS, (diagnostics) => diagnostics.length === 1);
      expect(unknown?.message).toBe('There is no rule duplicate-adress. Did you mean duplicate-address?');
      await change(client, { rules: { 'duplicate-address': 'off' } });
      await client.diagnosticsOf(WEB, has(2, DiagnosticSeverity.Warning));

      // Also as it is typed.
      await client.open(SETTINGS, '{ "rules": { "duplicate-address": "information" } }');
      await client.diagnosticsOf(WEB, has(2, DiagnosticSeverity.Information));
      await client.diagnosticsOf(SETTINGS, (diagnostics) => diagnostics.length === 0);
      await client.close(SETTINGS);
      await client.diagnosticsOf(WEB, has(2, DiagnosticSeverity.Warning));
    },
  );
});

test('a rule is ignored by its quick fix, and what is safe to fix is fixed on saving', async () => {
  await withServer({ files }, async (client) => {
    await client.open(WEB, files[WEB]);
    const [clash] = clashes(await client.diagnosticsOf(WEB, has(2)));
    if (clash === undefined) return;
    const fixes = await client.quickFixes(WEB, clash);
    const ignore = fixes.find(({ title }) => title === 'Ignore duplicate-address here');
    if (ignore === undefined) throw new Error(`offered: ${fixes.map(({ title }) => title).join(', ')}`);
    await client.apply(ignore);
    expect(client.text(WEB)).toContain('{\n  # nixos-containers: ignore duplicate-address\n  containers.web');
    await client.diagnosticsOf(WEB, has(1));

    await client.diagnosticsOf(WEB, (all) => all.some(({ code }) => code === 'unneeded-ignore'));
    const [all] = await fixAll(client);
    if (all === undefined) throw new Error('no source.fixAll is offered');
    await client.apply(all);
    expect(client.text(WEB)).not.toContain('invalid-mac');
    expect(client.text(WEB)).toContain('ignore duplicate-address');
    await client.diagnosticsOf(WEB, (rest) => !rest.some(({ code }) => code === 'unneeded-ignore'));
    expect(await fixAll(client)).toEqual([]);
  });
});

async function change(client: ProtocolClient, settings: ChangedSettings['nixos-containers']): Promise<void> {
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { 'nixos-containers': settings },
  });
}

async function write(client: ProtocolClient, text: string): Promise<void> {
  await writeFile(path.join(client.folder, SETTINGS), text);
  await client.watchedFilesChanged([{ file: SETTINGS, type: FileChangeType.Created }]);
}

async function fixAll(client: ProtocolClient): Promise<CodeAction[]> {
  const start = { line: 0, character: 0 };
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: client.uri(WEB) },
    range: { start, end: start },
    context: { diagnostics: [], only: ['source.fixAll'] },
  });
  return (actions ?? []).filter((action): action is CodeAction => 'edit' in action);
}
