import * as vscode from 'vscode';
import { DidChangeConfigurationNotification, State, type BaseLanguageClient } from 'vscode-languageclient';
import type { ChangedSettings, ServerSettings } from '../../server/src/lsp/protocol';
import { isOurs, neighbours, type Shared } from './neighbours';

/** Where a person sets what the extension does. */
const SECTION: keyof ChangedSettings = 'nixos-containers';

/**
 * What the server is to do, by the settings and by the extensions beside this one.
 * @param own the id of this extension
 */
export function serverSettings(own: string): ServerSettings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const hasNeighbours = neighbours(vscode.extensions.all, own).length > 0;
  const ours = (setting: Exclude<keyof ServerSettings, 'rules'>): boolean =>
    isOurs(configuration.get<Shared>(setting, 'auto'), hasNeighbours);
  return {
    syntaxErrors: ours('syntaxErrors'),
    nixHovers: ours('nixHovers'),
    semanticTokens: ours('semanticTokens'),
    rules: configuration.get<ServerSettings['rules']>('rules', {}),
  };
}

/** Tells a running server when settings or extensions change what it is to do; it was told the first time by `initialize`. */
export function followSettings(
  client: BaseLanguageClient,
  own: string,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  let told = '';
  const tell = (): void => {
    const settings = serverSettings(own);
    const now = JSON.stringify(settings);
    if (now === told || !client.isRunning()) return;
    told = now;
    const others = neighbours(vscode.extensions.all, own);
    if (others.length > 0)
      output.info(
        `Beside ${others.join(', ')}: ${inWords('syntax errors', settings.syntaxErrors)}, ${inWords('hovers of plain Nix', settings.nixHovers)}, ${inWords('semantic tokens', settings.semanticTokens)}.`,
      );
    client
      .sendNotification(DidChangeConfigurationNotification.type, {
        settings: { [SECTION]: settings } satisfies ChangedSettings,
      })
      .catch((error: unknown) => output.error(String(error)));
  };
  return vscode.Disposable.from(
    // Once more when it runs: something may have changed since it was started.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) tell();
      else told = '';
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) tell();
    }),
    vscode.extensions.onDidChange(tell),
  );
}

function inWords(what: string, ours: boolean): string {
  return `${what} ${ours ? 'are reported' : 'are left out'}`;
}
