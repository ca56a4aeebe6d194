import type { RemoteConsole } from 'vscode-languageserver';
import { wordsOf } from '../eval/value';

/** Messages for the client's log; nothing of it pops up. */
export class Log {
  constructor(private readonly console: RemoteConsole) {}

  notice(message: string): void {
    this.console.info(message);
  }

  /** A defect of this program. */
  failure(what: string, error: unknown): void {
    this.console.error(`${what}: ${describeError(error)}`);
  }
}

/** An error for the log, with its stack where it has one. */
export function describeError(error: unknown): string {
  return (error instanceof Error ? error.stack : undefined) ?? wordsOf(error);
}
