import type { Connection } from 'vscode-languageserver';
import * as z from 'zod/mini';
import { LEVELS } from '../rules/settings/levels';
import type { ServerSettings } from './protocol';

// Its faster way builds functions from text, which a browser's content policy forbids.
z.config({ jitless: true });

const flag = z.catch(z.optional(z.boolean()), undefined);
const level = z.catch(z.optional(z.enum(LEVELS)), undefined);

/** What a client may set, each by itself: what makes no sense counts as not said. */
export const SETTINGS = {
  syntaxErrors: flag,
  nixHovers: flag,
  semanticTokens: flag,
  rules: z.catch(z.optional(z.record(z.string(), level)), undefined),
};
const settings = z.object(SETTINGS);
const changed = z.object({ settings: z.object({ 'nixos-containers': settings }) });

const DEFAULTS: ServerSettings = { syntaxErrors: true, nixHovers: true, semanticTokens: true, rules: {} };

/** What a person wants of the server, from `initialize` on and as it changes. */
export class Settings {
  private values = DEFAULTS;
  private changed: (now: ServerSettings) => void = () => undefined;

  get now(): ServerSettings {
    return this.values;
  }

  /** Calls back when they are others. */
  onChange(listener: (now: ServerSettings) => void): void {
    this.changed = listener;
  }

  /** Takes over what a client says; what it does not say, or what makes no sense, stays as it was. */
  take(given: unknown): void {
    const { data } = settings.safeParse(given);
    this.values = {
      syntaxErrors: data?.syntaxErrors ?? this.values.syntaxErrors,
      nixHovers: data?.nixHovers ?? this.values.nixHovers,
      semanticTokens: data?.semanticTokens ?? this.values.semanticTokens,
      rules: data?.rules ?? this.values.rules,
    };
    this.changed(this.values);
  }

  /** Follows `workspace/didChangeConfiguration`. */
  listen(connection: Connection): void {
    connection.onDidChangeConfiguration((params) => {
      const { data } = changed.safeParse(params);
      if (data !== undefined) this.take(data.settings['nixos-containers']);
    });
  }
}
