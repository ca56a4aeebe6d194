import type { Connection } from 'vscode-languageserver';
import * as z from 'zod/mini';
import type { ServerSettings } from './protocol';

const flag = z.catch(z.optional(z.boolean()), undefined);
const settings = z.object({ syntaxErrors: flag, nixHovers: flag, semanticTokens: flag });
const changed = z.object({ settings: z.object({ 'nixos-containers': settings }) });

const DEFAULTS: ServerSettings = { syntaxErrors: true, nixHovers: true, semanticTokens: true };

/** What a person wants of the server, from `initialize` on and as it changes. */
export class Settings {
  private values = DEFAULTS;

  get now(): ServerSettings {
    return this.values;
  }

  /** Takes over what a client says; what it does not say, or what makes no sense, stays as it was. */
  take(given: unknown): void {
    const { data } = settings.safeParse(given);
    this.values = {
      syntaxErrors: data?.syntaxErrors ?? this.values.syntaxErrors,
      nixHovers: data?.nixHovers ?? this.values.nixHovers,
      semanticTokens: data?.semanticTokens ?? this.values.semanticTokens,
    };
  }

  /** Follows `workspace/didChangeConfiguration`. */
  listen(connection: Connection, onChange: () => void): void {
    connection.onDidChangeConfiguration((params) => {
      const { data } = changed.safeParse(params);
      if (data === undefined) return;
      this.take(data.settings['nixos-containers']);
      onChange();
    });
  }
}
