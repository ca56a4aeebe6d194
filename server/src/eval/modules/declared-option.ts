import { attrs, record } from '../construct';
import { inspect, ready, type Thunk } from '../thunk';
import { Failure, Unknown, type AttrsValue } from '../value';
import { typeTag } from './definition';
import { mergedType, type OptionType } from './option-type';
import { typeOfSet } from './own-type';
import { unspecifiedType } from './scalar-types';
import { showOption } from './show-option';

/** What a module's `options` holds at some path: an option, or a set of more. */
export interface Declaration {
  readonly value: Thunk;
  readonly file: string;
}

/** An option as it is declared. */
export interface DeclaredOption {
  readonly file: string;
  readonly set: AttrsValue;
  /** Null when the type is not one that this engine knows. */
  readonly type: OptionType | null;
}

/** What declarations that can never change say, by the thunk that says it. */
export const constantDeclarations = new WeakMap<Thunk, DeclaredOption | null>();

/** Whether what a thunk evaluates to can never change. */
export function isConstant(thunk: Thunk): boolean {
  inspect(thunk);
  return thunk.forced && !thunk.changeable;
}

/** What a single declaration says, by the set that says it: thousands of containers share the schema's. */
const readDeclarations = new WeakMap<AttrsValue, DeclaredOption>();

/** What declarations say together; null where none of them is an option. */
export function declaredBy(declarations: readonly Declaration[]): DeclaredOption | null {
  const options: DeclaredOption[] = [];
  const trees: Thunk[] = [];
  for (const { value, file } of declarations) {
    const set = inspect(value);
    if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
    if (typeTag(set) !== 'option') {
      trees.push(value);
      continue;
    }
    const shared = !value.changeable && set.entries.get('type')?.value.changeable !== true;
    let option = shared ? readDeclarations.get(set) : undefined;
    if (option === undefined) {
      option = { file, set, type: declaredType(set) };
      if (shared) readDeclarations.set(set, option);
    }
    options.push(option);
  }
  const [first, ...others] = options;
  return first === undefined ? null : withNestedOptions(others.reduce(bothDeclarations, first), trees);
}

/**
 * A submodule, and options that other modules declare below it: they become its own.
 * Source: nixpkgs lib/modules.nix `mergeModules'` (`optionTreeToOption`).
 */
function withNestedOptions(option: DeclaredOption, trees: readonly Thunk[]): DeclaredOption {
  const { type } = option;
  if (trees.length === 0 || type?.name !== 'submodule' || type.withSubModules === undefined) return option;
  const modules = trees.map((options) => ready(record({ options })));
  return { ...option, type: type.withSubModules([...(type.subModules ?? []), ...modules]) };
}

function declaredType(option: AttrsValue): OptionType | null {
  const type = option.entries.get('type');
  if (type === undefined) return option.open === null ? unspecifiedType : null;
  const value = inspect(type.value);
  return value instanceof Unknown || value instanceof Failure ? null : typeOfSet(value);
}

/** An option declared twice: the first declaration with what the second adds. */
function bothDeclarations(first: DeclaredOption, second: DeclaredOption): DeclaredOption {
  const set = attrs(new Map([...second.set.entries, ...first.set.entries]), first.set.origin, first.set.open);
  const type =
    first.type !== null && second.type !== null
      ? (mergedType(first.type, second.type) ?? first.type)
      : (first.type ?? second.type);
  return { file: first.file, set, type };
}

/** What may be said once of an option. */
const ONCE = ['default', 'example', 'description', 'apply'];

/**
 * Why declarations of one path do not go together; null when they do, or when that is not known.
 * Source: nixpkgs lib/modules.nix `mergeOptionDecls` and `mergeModules'`.
 */
export function declarationConflict(
  declarations: readonly Declaration[],
  path: readonly string[],
): Failure | null {
  let first: DeclaredOption | null = null;
  let nested: Declaration | null = null;
  for (const declaration of declarations) {
    const set = inspect(declaration.value);
    if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') return null;
    const tag = typeTag(set);
    if (tag !== null && tag !== 'option')
      return new Failure('throw', noOption(declaration, tag, path), set.origin);
    if (tag === null) {
      nested = declaration;
      continue;
    }
    const option: DeclaredOption = { file: declaration.file, set, type: declaredType(set) };
    if (first === null) first = option;
    else if (isDeclaredTwice(first, option)) {
      const message = `The option \`${showOption(path)}' in \`${option.file}' is already declared in \`${first.file}'.`;
      return new Failure('throw', message, set.origin);
    }
  }
  const name = first?.type?.name;
  if (first === null || nested === null || name === undefined || first.type?.subModules != null) return null;
  const message = `The option \`${showOption(path)}' in module \`${first.file}' would be a parent of other options, but its type \`${first.type?.description ?? name}' does not support nested options.`;
  return new Failure('throw', message, nested.value.origin);
}

function noOption({ file }: Declaration, tag: string, path: readonly string[]): string {
  return `In module ${file}: expected an option declaration at option path \`${showOption(path)}' but got an attribute set with type ${tag}`;
}

function isDeclaredTwice(first: DeclaredOption, second: DeclaredOption): boolean {
  if (ONCE.some((name) => first.set.entries.has(name) && second.set.entries.has(name))) return true;
  const both = first.set.entries.has('type') && second.set.entries.has('type');
  if (!both || first.type === null || second.type === null) return false;
  return mergedType(first.type, second.type) === null;
}
