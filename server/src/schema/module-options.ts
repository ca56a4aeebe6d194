import { attr, attrs } from '../eval/construct';
import { Evaluation, type ParsedFiles } from '../eval/evaluation';
import { optionsOf } from '../eval/modules/options-argument';
import { optionTypeOf, resolvedType, type OptionType } from '../eval/modules/option-type';
import { nixosHost } from '../eval/nixos';
import { printNix } from '../eval/print';
import { attempt, ready } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue } from '../eval/value';
import { plainValue } from './declarations';
import type { OptionDoc } from './option';
import { CLOSED_SETS } from './tables/closed';

/**
 * What modules of nixpkgs declare, read by the evaluator as it reads a homelab, and how the tables differ from that. It
 * is what `scripts/refresh-options.mjs` prints of a checkout.
 */

/** One option as a module declares it. */
export interface DeclaredRow {
  readonly path: string;
  /** In NixOS’ own words; null where the type is not known. */
  readonly type: string | null;
  /** As Nix; null where there is none, or none that is known. */
  readonly default: string | null;
  readonly hasDefault: boolean;
}

/** The options that some modules declare, with those of their submodules, by path. */
export function declaredRows(files: ParsedFiles, modules: readonly string[]): Map<string, DeclaredRow> {
  const machine = new Evaluation(files);
  const found = new Map<string, DeclaredRow>();
  for (const path of modules) {
    const value = ready({ type: 'path', path, origin: null });
    const system = nixosHost(
      {
        modules: [{ value, file: path, key: path }],
        specialArgs: attrs(
          new Map([['baseModules', attr(ready(new Unknown('external', 'it is nixpkgs’ own')))]]),
        ),
      },
      [],
      machine,
    );
    const options = attempt(() => optionsOf(system));
    if (!(options instanceof Unknown) && !(options instanceof Failure)) visit(options, [], found, machine);
  }
  return found;
}

/** How deep submodules are followed: types may contain themselves. */
const DEEPEST = 12;

function visit(
  set: AttrsValue,
  path: readonly string[],
  found: Map<string, DeclaredRow>,
  machine: Evaluation,
): void {
  if (path.length > DEEPEST) return;
  const names = attempt(() => [...set.entries.keys()]);
  if (!Array.isArray(names)) return;
  for (const name of names) {
    if (name.startsWith('_')) continue;
    const value = attempt(() => set.entries.get(name)?.value.force());
    if (value === undefined || value instanceof Unknown || value instanceof Failure || value.type !== 'attrs')
      continue;
    const own = [...path, name];
    const tag = value.entries.get('_type');
    if (tag === undefined) visit(value, own, found, machine);
    else option(value, own, found, machine);
  }
}

function option(
  set: AttrsValue,
  path: readonly string[],
  found: Map<string, DeclaredRow>,
  machine: Evaluation,
): void {
  const written = attempt(() => set.entries.get('type')?.value.force());
  const type =
    written === undefined || written instanceof Unknown || written instanceof Failure
      ? null
      : optionTypeOf(written);
  const fallback = set.entries.get('default');
  const text = fallback === undefined ? null : attempt(() => printNix(fallback.value));
  const words = type === null ? null : attempt(() => type.description);
  const row: DeclaredRow = {
    path: path.join('.'),
    type: typeof words === 'string' ? words : null,
    default: typeof text === 'string' && !text.includes('«') ? text : null,
    hasDefault: fallback !== undefined,
  };
  if (!found.has(row.path)) found.set(row.path, row);
  if (type === null) return;
  const below = [...path, ...stepsInto(type)];
  const inner = attempt(() => type.subOptions?.(below, machine));
  if (inner !== undefined && !(inner instanceof Unknown) && !(inner instanceof Failure))
    visit(inner, below, found, machine);
}

/** What stands in a path between an option and the options of the submodule inside its type. */
function stepsInto(declared: OptionType): string[] {
  const type = resolvedType(declared);
  const [inner] = type.inner ?? [];
  const own =
    type.name === 'listOf' ? ['*'] : type.name === 'attrsOf' || type.name === 'lazyAttrsOf' ? ['<name>'] : [];
  return inner === undefined || type.name === 'either' ? own : [...own, ...stepsInto(inner)];
}

/** The modules that rows were read from, by their place in nixpkgs. */
export function modulesOf({ source }: Pick<OptionDoc, 'source'>): string[] {
  return source.startsWith('nixpkgs ') ? (source.match(/nixos\/[\w./-]+\.nix/g) ?? []) : [];
}

/**
 * How rows differ from what modules declare: `gone`, `type` and `default` for rows of these modules, `new` for options
 * in sets that the tables hold as a whole.
 */
export function differences(
  rows: readonly OptionDoc[],
  declared: ReadonlyMap<string, DeclaredRow>,
): string[] {
  const lines: string[] = [];
  const known = new Set(rows.map(({ path }) => path));
  for (const row of rows) {
    const path = row.path.replaceAll(/<\w+>/g, '<name>');
    const own = declared.get(path);
    if (own === undefined) {
      if (row.removed === undefined && !isInside(path, declared)) lines.push(`gone     ${row.path}`);
      continue;
    }
    if (own.type !== null && sameWords(own.type) !== sameWords(row.type) && !isLooser(own.type))
      lines.push(`type     ${row.path}: ${row.type} in the table, ${own.type} in nixpkgs`);
    const plain = row.default === undefined ? null : printNix(ready(plainValue(row.default)));
    if (own.default !== null && plain !== null && plain !== own.default)
      lines.push(`default  ${row.path}: ${plain} in the table, ${own.default} in nixpkgs`);
    if (row.required === true && own.hasDefault)
      lines.push(`required ${row.path}: it has a default in nixpkgs`);
  }
  for (const path of declared.keys()) {
    const parent = path.slice(0, path.lastIndexOf('.'));
    const name = path.slice(path.lastIndexOf('.') + 1);
    const set = CLOSED_SETS.find((closed) => closed.path === parent);
    const isNew =
      set === undefined ? path.startsWith('containers.') && !known.has(path) : !set.names.includes(name);
    if (isNew) lines.push(`new      ${path} (${declared.get(path)?.type ?? 'a type that is not known'})`);
  }
  return lines;
}

/** Whether a path leads into an option whose type the tables look into and the module does not declare. */
function isInside(path: string, declared: ReadonlyMap<string, DeclaredRow>): boolean {
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1))
    if (declared.has(path.slice(0, end))) return true;
  return false;
}

/** Older releases put parentheses around every submodule. */
function sameWords(type: string): string {
  return type.replaceAll('(submodule)', 'submodule');
}

/** A type that stands for others in the words of the tables. */
function isLooser(type: string): boolean {
  return /^(?:unspecified value|anything|raw value|.*\bopen submodule\b.*)$/.test(type);
}
