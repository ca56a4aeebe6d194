import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { serve } from './connection';
import { diskEnvironment } from './disk-environment';

/** Serves over standard input and output. The process ends when the client says so, or when its input does. */
export function startStdioServer(): Promise<never> {
  // Standard output belongs to the protocol.
  console.log = console.error;
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), diskEnvironment(__dirname));
  return new Promise(() => undefined);
}

/** Serves over the channel that Node opens between a process and its child. */
export function startIpcServer(): Promise<never> {
  const reader = new IPCMessageReader(process);
  const writer = new IPCMessageWriter(process);
  serve(createConnection(ProposedFeatures.all, reader, writer), diskEnvironment(__dirname));
  process.on('disconnect', () => process.exit());
  return new Promise(() => undefined);
}
