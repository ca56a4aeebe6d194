import { memoOf } from '../eval/computed';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { printNix } from '../eval/print';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';

/** Options that the repository declares itself, by `mkOption`. */

export interface DeclaredOptionDoc {
  readonly path: readonly string[];
  /** What the declaration says it is for; null where it says nothing that is known. */
  readonly description: string | null;
  /** The type in NixOS’ own words; null where it is not known. */
  readonly type: string | null;
  /** As Nix, or the text that stands for it; null where there is none, or none that is known. */
  readonly default: string | null;
  readonly example: string | null;
  /** The file that declares it. */
  readonly file: string;
  /** Where it is declared: the `mkOption` or what makes it. */
  readonly at: Origin;
}

/** The option that the repository declares at a path of a host, a guest or a submodule; null where it declares none. */
export function declaredOption(system: ModuleSystem, path: readonly string[]): DeclaredOptionDoc | null {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return null;
  return docOf(node);
}

/** The names directly below a path that lead to options which the repository declares, with those that are options. */
export function declaredBelow(
  system: ModuleSystem,
  path: readonly string[],
): { readonly name: string; readonly option: DeclaredOptionDoc | null }[] {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  const names = attempt(() => [...node.declarationNames().keys()]);
  if (!Array.isArray(names) || docOf(node) !== null) return [];
  return names.flatMap((name) => {
    const child = attempt(() => node.child(name));
    if (child === null || child instanceof Unknown || child instanceof Failure) return [];
    const files = attempt(() => child.declarationFiles());
    const isOwn = Array.isArray(files) && files.some((file) => file !== '');
    return isOwn ? [{ name, option: docOf(child) }] : [];
  });
}

const docOf = memoOf((node: OptionNode): DeclaredOptionDoc | null => {
  const declared = attempt(() => node.declared);
  if (declared === null || declared instanceof Unknown || declared instanceof Failure || declared.file === '')
    return null;
  const { set, type } = declared;
  const words = type === null ? null : attempt(() => type.description);
  return {
    path: node.path,
    description: textOf(set, 'description'),
    type: typeof words === 'string' ? words : null,
    default: textOf(set, 'defaultText') ?? nixOf(set, 'default'),
    example: textOf(set, 'example', true) ?? nixOf(set, 'example'),
    file: declared.file,
    at: set.origin,
  };
});

/** A text of a declaration, also as `literalExpression` or `mdDoc` of one. */
function textOf(set: AttrsValue, name: string, literalOnly = false): string | null {
  const field = set.entries.get(name);
  const value = field === undefined ? null : inspect(field.value);
  if (value === null || value instanceof Unknown || value instanceof Failure) return null;
  if (value.type === 'string') return literalOnly ? null : value.text.trim();
  if (value.type !== 'attrs' || !value.entries.has('_type')) return null;
  return textOf(value, 'text');
}

/** The longest default that is shown. */
const LONGEST = 200;

function nixOf(set: AttrsValue, name: string): string | null {
  const field = set.entries.get(name);
  const text = field === undefined ? null : attempt(() => printNix(field.value));
  return typeof text === 'string' && !text.includes('«') && text.length <= LONGEST ? text : null;
}
