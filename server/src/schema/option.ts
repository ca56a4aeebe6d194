/** A plain value, as an option's default is written down in a table. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** What is known of one option: a row of a table. */
export interface OptionDoc {
  /**
   * The option's path: `containers.<name>.localAddress`. `<…>` stands for any name of an `attrsOf`, `*` for any element
   * of a list.
   */
  readonly path: string;
  /** The type in NixOS' own words, e.g. `null or string`; see `type-expression.ts` for what is understood. */
  readonly type: string;
  /** The default where it is a plain value; left out where there is none, or where it is computed. */
  readonly default?: Plain;
  /** The default in words or as Nix, where it is computed. */
  readonly defaultText?: string;
  /** Whether it must be given wherever the set that it stands in is. */
  readonly required?: boolean;
  /** What it does: complete sentences in our own words, Markdown. */
  readonly description: string;
  /** What goes wrong with it in practice. */
  readonly pitfall?: string;
  /** A value in Nix. */
  readonly example?: string;
  /** The NixOS release that first has it, e.g. `25.05`. */
  readonly since?: string;
  /** The first NixOS release without it. */
  readonly until?: string;
  /** What to write instead of an option that was removed. */
  readonly removed?: string;
  /** Why it should not be used any more, though it still works. */
  readonly deprecated?: string;
  /** Made by the program itself; not for users. */
  readonly internal?: boolean;
  /** Whether the program that reads it does not tell upper case from lower in its name. */
  readonly anyCase?: boolean;
  /** The address of its page in the program's manual. */
  readonly manual?: string;
  /** Where the repository declares it, for an option that is in no table; its words are then the repository's. */
  readonly declaredIn?: string;
  /** Where this was read. */
  readonly source: string;
}
