import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { nesting, WORKER_NESTING } from '../eval/computed';
import { clientEnvironment } from './client-environment';
import { serve } from './connection';

/** A web worker's own scope; the server is compiled without the browser's types. */
declare const self: { close(): void };
const scope = self as never;

nesting.limit = WORKER_NESTING;

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(scope),
  new BrowserMessageWriter(scope),
);
serve(connection, clientEnvironment(connection));
// No process ends here, so the worker ends itself.
connection.onExit(() => self.close());
