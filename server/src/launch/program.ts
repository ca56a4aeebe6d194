/** The one bundle that runs: each way to start it loads only what it needs. */
export const program = {
  async commandLine(): Promise<void> {
    (await import('./command-line')).startCommandLine();
  },
  async languageServer(): Promise<void> {
    (await import('./language-server')).startLanguageServer();
  },
};
