import { STATUS, type Command } from './command';

/** `lsp`: the language server, for editors that start it by this name. */
export const lspCommand: Command = {
  name: 'lsp',
  usage: 'lsp --stdio',
  summary: 'Runs the language server over standard input and output.',
  async run() {
    // Only here, since the protocol's libraries take time to load.
    const { startStdioServer } = await import('../lsp/stdio');
    await startStdioServer();
    return STATUS.clean;
  },
};
