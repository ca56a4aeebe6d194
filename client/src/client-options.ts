import type * as vscode from 'vscode';
import {
  RevealOutputChannelOn,
  type BaseLanguageClient,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/lsp/protocol';
import { nixFiles, settingsFiles } from './nix-files';

export const CLIENT_ID = 'nixosContainers';

/** What our own client tells the server of itself. */
export const INITIALIZATION_OPTIONS: InitializationOptions = {
  pushDiagnostics: true,
  opensPlaces: true,
  namesTokens: true,
  showsDisabledCode: true,
  statusNotifications: true,
};

/**
 * The options of the client, in all environments.
 * @param initializationOptions asked for at each start
 */
export function clientOptions(
  output: vscode.LogOutputChannel,
  initializationOptions: () => InitializationOptions,
  client: () => BaseLanguageClient,
): LanguageClientOptions {
  return {
    documentSelector: [...nixFiles(), ...settingsFiles()],
    diagnosticCollectionName: 'nixos-containers',
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    // The status item and the log say it; nothing pops up.
    initializationFailedHandler: (error) => {
      output.error(String(error));
      return false;
    },
    errorHandler: quietly(client),
  };
}

/** The usual policy (a crashed server is started again, but not for ever), told in the log only. */
function quietly(client: () => BaseLanguageClient): ErrorHandler {
  let usual: ErrorHandler | undefined;
  const policy = (): ErrorHandler => (usual ??= client().createDefaultErrorHandler());
  return {
    async error(error, message, count) {
      return { ...(await policy().error(error, message, count)), handled: true };
    },
    async closed() {
      return { ...(await policy().closed()), handled: true };
    },
  };
}
