import type { CancellationToken } from 'vscode-languageserver';
import type { Log } from './log';

/** Answers requests: not before the files are read, and with nothing where a handler fails. */
export class RequestGuard {
  constructor(
    private readonly ready: Promise<void>,
    private readonly log: Log,
  ) {}

  /**
   * Wraps a handler.
   * @param nothing what is answered when it throws, or when the client no longer wants to know
   */
  guard<Params, Answer>(
    method: string,
    nothing: Answer,
    handler: (params: Params) => Answer,
  ): (params: Params, token: CancellationToken) => Promise<Answer> {
    return async (params, token) => {
      try {
        await this.ready;
        return token.isCancellationRequested ? nothing : handler(params);
      } catch (error) {
        this.log.failure(method, error);
        return nothing;
      }
    };
  }
}
