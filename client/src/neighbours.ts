/** Other extensions beside this one, as far as they serve Nix itself. */

/** What is looked at of an extension. */
export interface Neighbour {
  readonly id: string;
  /** Its package.json, whatever it says. */
  readonly packageJSON: unknown;
}

/** A person's word on what another extension may do as well; `auto` leaves it to that one where there is one. */
export type Shared = 'auto' | 'on' | 'off';

/**
 * The names of the extensions that bring both the language `nix` and a program: those report syntax errors and show
 * hovers of Nix by themselves. One that only colours, or only formats, is none.
 * @param own the id of this extension
 */
export function neighbours(extensions: readonly Neighbour[], own: string): string[] {
  return extensions
    .filter(({ id, packageJSON }) => id !== own && bringsLanguage(packageJSON) && bringsProgram(packageJSON))
    .map(({ id, packageJSON }) => nameOf(packageJSON) ?? id);
}

/** Whether this extension does what a neighbour may do as well. */
export function isOurs(word: Shared, hasNeighbours: boolean): boolean {
  return word === 'on' || (word === 'auto' && !hasNeighbours);
}

function bringsLanguage(manifest: unknown): boolean {
  const languages = field(field(manifest, 'contributes'), 'languages');
  return Array.isArray(languages) && languages.some((language) => field(language, 'id') === 'nix');
}

function bringsProgram(manifest: unknown): boolean {
  return ['main', 'browser'].some((entry) => typeof field(manifest, entry) === 'string');
}

function nameOf(manifest: unknown): string | null {
  const name = field(manifest, 'displayName');
  return typeof name === 'string' && name !== '' ? name : null;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
