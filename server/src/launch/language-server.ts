import { startIpcServer, startStdioServer } from '../lsp/stdio';

/** Runs the language server over the channel that the process was started with. */
export function startLanguageServer(): void {
  void (process.argv.includes('--node-ipc') ? startIpcServer() : startStdioServer());
}
