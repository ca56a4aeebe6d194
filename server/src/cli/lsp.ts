import { STATUS, type Command } from './command';
import { startStdioServer } from '../lsp/stdio';

/** `lsp`: the language server, for editors that start it by this name. */
export const lspCommand: Command = {
  name: 'lsp',
  usage: 'lsp --stdio',
  summary: 'Runs the language server over standard input and output.',
  async run() {
    await startStdioServer();
    return STATUS.clean;
  },
};
