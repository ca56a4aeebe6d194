import { memoOf } from '../eval/computed';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Machine, type Origin } from '../eval/value';
import { directoryOf, isInside, resolvePath } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, Expr, Root } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import type { Fact } from './model';
import { asString, entriesOf, openReason, readOption, readSet, valueOr } from './read';

/** Secrets as agenix and sops-nix declare them. */

export type SecretTool = 'age' | 'sops';
export const SECRET_TOOLS: readonly SecretTool[] = ['age', 'sops'];

/** A secret that a system certainly declares. */
export interface DeclaredSecret {
  readonly tool: SecretTool;
  readonly name: string;
  readonly at: Origin;
  /** The file it is encrypted in; null where that is not known. */
  readonly file: SecretFile | null;
  /** What it is called in a file of many secrets; null for a file that holds one alone. */
  readonly key: string | null;
}

export interface SecretFile {
  readonly path: string;
  /** Where it is said. */
  readonly at: Origin;
}

export interface DeclaredSecrets {
  readonly secrets: readonly DeclaredSecret[];
  /** All names, also of those that may not be there. */
  readonly names: ReadonlySet<string>;
  /** Why there may be more; null when these are all, apart from modules outside the repository. */
  readonly open: string | null;
}

/** What a system declares of a tool's secrets. */
export function declaredSecrets(system: ModuleSystem, tool: SecretTool): DeclaredSecrets {
  return BY_TOOL[tool](system);
}

const BY_TOOL: Readonly<Record<SecretTool, (system: ModuleSystem) => DeclaredSecrets>> = {
  age: memoOf((system) => secretsOf(system, 'age'), sameSecrets),
  sops: memoOf((system) => secretsOf(system, 'sops'), sameSecrets),
};

function secretsOf(system: ModuleSystem, tool: SecretTool): DeclaredSecrets {
  const set = readSet(system, [tool, 'secrets']);
  const entries = entriesOf(set);
  const secrets = entries.flatMap(([name, { value, maybe, at }]): DeclaredSecret[] => {
    const own = maybe === null ? systemOf(inspect(value)) : null;
    if (own === null) return [];
    return [tool === 'age' ? ofAge(own, name, at) : ofSops(system, own, name, at)];
  });
  return { secrets, names: new Set(entries.map(([name]) => name)), open: openReason(set) };
}

function ofAge(own: ModuleSystem, name: string, at: Origin): DeclaredSecret {
  return { tool: 'age', name, at, file: pathAt(own, ['file']), key: null };
}

/** Source: sops-nix modules/sops/default.nix. */
function ofSops(system: ModuleSystem, own: ModuleSystem, name: string, at: Origin): DeclaredSecret {
  const set = (path: string): Fact<string> => readOption(own, [path], asString);
  const isOwn = isSet(own, ['sopsFile']);
  const file = isOwn ? pathAt(own, ['sopsFile']) : pathAt(system, ['sops', 'defaultSopsFile']);
  const format = isSet(own, ['format'])
    ? set('format')
    : isSet(system, ['sops', 'defaultSopsFormat'])
      ? readOption(system, ['sops', 'defaultSopsFormat'], asString)
      : ({ kind: 'unset' } as const);
  const isYaml = format.kind !== 'unknown' && valueOr(format, 'yaml') === 'yaml';
  const key = isSet(own, ['key']) ? set('key') : null;
  const known = key === null ? name : key.kind === 'known' && key.value !== '' ? key.value : null;
  return { tool: 'sops', name, at, file, key: isYaml ? known : null };
}

/** Whether the repository says something of an option. */
function isSet(system: ModuleSystem, path: readonly string[]): boolean {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return node !== null;
  return node.raw.some(({ file }) => file !== '');
}

/** The path, and not only the text, that an option is. */
function pathAt(system: ModuleSystem, path: readonly string[]): SecretFile | null {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return null;
  const value = inspect(node.value);
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'path') return null;
  const fact = readOption(system, path, asString);
  return fact.kind === 'known' ? { path: value.path, at: fact.definition } : null;
}

function sameSecrets(before: DeclaredSecrets, after: DeclaredSecrets): boolean {
  return (
    before.open === after.open &&
    before.names.size === after.names.size &&
    [...before.names].every((name) => after.names.has(name)) &&
    before.secrets.length === after.secrets.length &&
    before.secrets.every((secret, index) => {
      const other = after.secrets[index];
      return (
        secret.name === other?.name &&
        secret.at === other.at &&
        secret.key === other.key &&
        secret.file?.path === other.file?.path &&
        secret.file?.at === other.file?.at
      );
    })
  );
}

/** `….age.secrets.NAME…` in a file, whatever stands before it. */
export interface SecretReference {
  readonly tool: SecretTool;
  readonly name: string;
  /** The name in the attribute path. */
  readonly at: AttrName;
}

const references = new WeakMap<Root, readonly SecretReference[]>();

/** The secrets that a file reads by name. */
export function secretReferences({ root, text }: SourceFile): readonly SecretReference[] {
  let found = references.get(root);
  if (found === undefined) references.set(root, (found = text.includes('secrets') ? referencesIn(root) : []));
  return found;
}

function referencesIn({ expression }: Root): SecretReference[] {
  const found: SecretReference[] = [];
  const pending: Expr[] = expression === null ? [] : [expression];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'select' && expr.fallback === null) {
      const { path } = expr;
      path.forEach(({ text }, index) => {
        const at = path[index + 2];
        const tool = SECRET_TOOLS.find((known) => known === text);
        if (tool !== undefined && path[index + 1]?.text === 'secrets' && at?.text != null)
          found.push({ tool, name: at.text, at });
      });
    }
    pending.push(...childrenOf(expr));
  }
  return found;
}

/** The files that agenix has rules for, by the `secrets.nix` nearest to one; null where there is none that is known as a whole. */
export function ageRules(
  machine: Machine,
  file: string,
  project: string,
): { readonly rules: string; readonly files: ReadonlySet<string> } | null {
  for (let folder = directoryOf(file); isInside(project, folder); folder = directoryOf(folder)) {
    const rules = `${folder === '/' ? '' : folder}/secrets.nix`;
    if (machine.entry(rules).kind === 'file') {
      const files = filesOfRules(machine, rules, folder);
      return files === null ? null : { rules, files };
    }
    if (folder === '/') break;
  }
  return null;
}

function filesOfRules(machine: Machine, rules: string, folder: string): ReadonlySet<string> | null {
  const value = attempt(() => machine.importFile(rules, null));
  if (value instanceof Unknown || value instanceof Failure) return null;
  if (value.type !== 'attrs' || value.open !== null) return null;
  const entries = entriesOf(value);
  // A module of this name is none of agenix' rules.
  const areRules = entries.every(([, attr]) => {
    const rule = inspect(attr.value);
    return (
      !(rule instanceof Unknown) &&
      !(rule instanceof Failure) &&
      rule.type === 'attrs' &&
      rule.entries.has('publicKeys')
    );
  });
  return areRules ? new Set(entries.map(([name]) => resolvePath(folder, name))) : null;
}

/**
 * The keys of a YAML file that sops encrypted, names within names joined by `/`; null for any other text. Sops leaves the
 * names readable and writes mappings in block style, one a line.
 */
export function sopsKeys(text: string): ReadonlySet<string> | null {
  if (!/^sops:\s*$/m.test(text)) return null;
  const keys = new Set<string>();
  const path: { readonly indentation: number; readonly name: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^( *)(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#'"-][^:]*?)) *:(?: |$)/.exec(line);
    if (match === null) continue;
    const [, blanks = '', double, single, plain] = match;
    const name = double ?? single ?? plain ?? '';
    while ((path[path.length - 1]?.indentation ?? -1) >= blanks.length) path.pop();
    path.push({ indentation: blanks.length, name });
    keys.add(path.map((part) => part.name).join('/'));
  }
  return keys;
}
