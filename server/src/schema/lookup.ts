import type { OptionDoc } from './option';
import { SERVICE_OPTIONS } from './service-options';
import { CONTAINER_OPTIONS } from './tables/container';
import { GUEST_OPTIONS } from './tables/guest';
import { GUEST_DETAILS } from './tables/guest-details';
import { SERVICE_DETAILS } from './tables/service-details';
import { TRAEFIK_OPTIONS } from './traefik/options';

/** Options by their path. A set of tables is read into a trie once; what is at a path is found by walking it. */

/** What is known at one path: an option, options below it, or both. */
export interface OptionTrie {
  readonly doc: OptionDoc | null;
  readonly below: ReadonlyMap<string, OptionTrie>;
  /** What is below under names that are compared without case, by their lower case. */
  readonly anyCase: ReadonlyMap<string, OptionTrie>;
}

/** An option that was found, and the names that stand at the `<…>` of its path. */
export interface FoundOption {
  readonly doc: OptionDoc;
  readonly names: readonly string[];
}

/** One thing directly below a path: a name, `<…>` for any name, or `*` for the elements of a list. */
export interface OptionBelow {
  readonly segment: string;
  /** Null for a set of options that is no option itself. */
  readonly doc: OptionDoc | null;
}

interface Branch extends OptionTrie {
  doc: OptionDoc | null;
  below: Map<string, OptionTrie>;
  anyCase: Map<string, OptionTrie>;
}

/** Whether a segment of a table's path stands for others: any name, or any element of a list. */
export function isPlaceholder(segment: string): boolean {
  return segment === '*' || segment.startsWith('<');
}

/** The trie of some tables. Of two rows with one path the first counts. */
export function optionTrie(...tables: readonly (readonly OptionDoc[])[]): OptionTrie {
  const root = branch();
  for (const doc of tables.flat()) {
    const path = doc.path.split('.');
    const at = branchAt(root, path);
    at.doc ??= doc;
    if (doc.anyCase === true) {
      const name = path.at(-1) ?? '';
      branchAt(root, path.slice(0, -1)).anyCase.set(name.toLowerCase(), at);
    }
  }
  return root;
}

function branch(): Branch {
  return { doc: null, below: new Map(), anyCase: new Map() };
}

function branchAt(root: Branch, path: readonly string[]): Branch {
  let at = root;
  for (const segment of path) {
    let next = at.below.get(segment) as Branch | undefined;
    if (next === undefined) at.below.set(segment, (next = branch()));
    at = next;
  }
  return at;
}

let guest: OptionTrie | undefined;
let host: OptionTrie | undefined;

/** The options of a guest: those below `containers.<name>.config`. */
export function guestOptions(): OptionTrie {
  return (guest ??= optionTrie(
    GUEST_OPTIONS,
    SERVICE_OPTIONS,
    TRAEFIK_OPTIONS,
    SERVICE_DETAILS,
    GUEST_DETAILS,
  ));
}

/** The options of a host: its own, its containers’, and inside these its guests’. */
export function hostOptions(): OptionTrie {
  if (host !== undefined) return host;
  const root = optionTrie(
    CONTAINER_OPTIONS,
    GUEST_OPTIONS,
    SERVICE_OPTIONS,
    TRAEFIK_OPTIONS,
    SERVICE_DETAILS,
    GUEST_DETAILS,
  ) as Branch;
  branchAt(root, ['containers', '<name>', 'config']).below = guestOptions().below as Branch['below'];
  return (host = root);
}

interface Match {
  readonly at: OptionTrie;
  readonly names: readonly string[];
}

/** Every place of the trie that a path leads to, a literal name before a placeholder. */
function matches(trie: OptionTrie, path: readonly string[]): Match[] {
  let found: Match[] = [{ at: trie, names: [] }];
  for (const segment of path) {
    const next: Match[] = [];
    for (const { at, names } of found) {
      const literal = isPlaceholder(segment)
        ? undefined
        : (at.below.get(segment) ?? at.anyCase.get(segment.toLowerCase()));
      if (literal !== undefined) next.push({ at: literal, names });
    }
    for (const { at, names } of found) {
      for (const [pattern, below] of at.below) {
        if (isPlaceholder(pattern))
          next.push({ at: below, names: pattern === '*' ? names : [...names, segment] });
      }
    }
    found = next;
  }
  return found;
}

/** The option at a path; null where none is known. An element of a list may be written as anything, e.g. `*`. */
export function lookupOption(trie: OptionTrie, path: readonly string[]): FoundOption | null {
  for (const { at, names } of matches(trie, path)) {
    if (at.doc !== null) return { doc: at.doc, names };
  }
  return null;
}

/** What is known directly below a path, in the order of the tables, each segment once. */
export function optionsBelow(trie: OptionTrie, path: readonly string[]): OptionBelow[] {
  const found = new Map<string, OptionBelow>();
  for (const { at } of matches(trie, path)) {
    for (const [segment, { doc }] of at.below) if (!found.has(segment)) found.set(segment, { segment, doc });
  }
  return [...found.values()];
}

/** Names of options that pass on to a program whatever is written in them, in nearly all modules. */
const SETTINGS =
  /^(?:settings|config|configuration|environment|environmentVariables|extraEnvironment|extraConfig|extraOptions|extraSettings|serverConfig|clientConfig)$/;

const ANY_NAME = /attribute set(?! of .*submodule)|anything|unspecified value|(?:JSON|TOML|YAML)\b/;

/** Whether an option takes names that no module declares. */
export function takesAnyName({ type }: OptionDoc): boolean {
  return ANY_NAME.test(type);
}

/**
 * How many names of a path lead to settings that are handed on as they are written, and what is known of these; null where
 * the path is in none.
 * @param own where the options of the path's own system begin
 */
export function settingsAround(
  trie: OptionTrie,
  path: readonly string[],
  own: number,
): { readonly length: number; readonly doc: OptionDoc | null } | null {
  for (let length = path.length - 1; length >= own + 2; length--) {
    const doc = lookupOption(trie, path.slice(0, length))?.doc ?? null;
    if (doc !== null && takesAnyName(doc)) return { length, doc };
    if (SETTINGS.test(path[length - 1] ?? '')) return { length, doc: null };
  }
  return null;
}
