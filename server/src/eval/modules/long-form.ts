import { Failure, type AttrsValue, type Origin } from '../value';

/** What a module may have beside what it defines, and what it may not. Source: nixpkgs lib/modules.nix `unifyModuleSyntax`. */

export const SPECIAL_KEYS = new Set([
  '_file',
  'key',
  'disabledModules',
  'require',
  'imports',
  'freeformType',
  '_class',
]);

/** What a module may have in its long form. */
const LONG_FORM: ReadonlySet<string> = new Set([...SPECIAL_KEYS, 'config', 'meta', 'options']);

/** Attributes of a module beside `config` or `options`, where only those of a module's long form may be. */
export class UnsupportedAttributes extends Failure {
  /** @param attributes where their names are written */
  constructor(
    names: readonly string[],
    readonly attributes: readonly Origin[],
  ) {
    super(
      'throw',
      `a module with \`config\` or \`options\` cannot have ${names.map((name) => `\`${name}\``).join(', ')} beside it; move what it sets into \`config\``,
      attributes[0],
    );
  }
}

/** What Nix refuses of a module with `config` or `options`; null where it is all right. */
export function refusedIn({ entries }: AttrsValue): UnsupportedAttributes | null {
  const found = [...entries].filter(([name, { maybe }]) => !LONG_FORM.has(name) && maybe === null);
  return found.length === 0
    ? null
    : new UnsupportedAttributes(
        found.map(([name]) => name),
        found.map(([, { at }]) => at),
      );
}
