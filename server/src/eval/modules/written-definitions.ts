import { attempt, type Thunk } from '../thunk';
import type { Origin, Unknown } from '../value';
import {
  discharge,
  holds,
  parts,
  PRIORITY,
  strongest,
  type Definition,
  type RawDefinition,
} from './definition';
import type { OptionNode } from './option-node';

/** One of the definitions of an option, also one that does not count. */
export interface WrittenDefinition {
  /** The module's file; empty for what no file of the repository says. */
  readonly file: string;
  /** The option's name in the definition. */
  readonly at: Origin;
  /** The value inside `mkIf`, `mkForce` and the like. */
  readonly value: Thunk;
  readonly priority: number;
  /** Whether it is the option's own default. */
  readonly isDefault: boolean;
  /** Whether it makes the option's value; otherwise why not, or why that is not known. */
  readonly state: 'counts' | 'overridden' | 'switched off' | Unknown;
}

/**
 * Everything that defines an option, the strongest first, each in the order of the modules. Looks at conditions and
 * priorities as the merge does. Source: nixpkgs lib/modules.nix (`dischargeProperties`, `filterOverrides`).
 */
export function writtenDefinitions(node: OptionNode): WrittenDefinition[] {
  const own = node.raw.flatMap((raw) => parts(raw).map((part): Candidate => candidate(part.raw)));
  const all = [...own, ...defaultOf(node)];
  const active = all.flatMap(({ definition }) => (definition === null ? [] : [definition]));
  const counting = new Map(strongest(active).map(({ value, maybe }) => [value, maybe]));
  return all
    .map(({ raw, definition, isDefault }): WrittenDefinition => ({
      file: raw.file,
      at: raw.at,
      value: definition?.value ?? raw.value,
      priority: definition?.priority ?? raw.priority ?? PRIORITY.normal,
      isDefault,
      state: stateOf(definition, counting),
    }))
    .sort((a, b) => a.priority - b.priority);
}

function stateOf(
  definition: Definition | null,
  counting: ReadonlyMap<Thunk, Unknown | null>,
): WrittenDefinition['state'] {
  if (definition === null) return 'switched off';
  const doubt = counting.get(definition.value);
  return doubt === undefined ? 'overridden' : (doubt ?? 'counts');
}

interface Candidate {
  readonly raw: RawDefinition;
  /** Null where its condition does not hold. */
  readonly definition: Definition | null;
  readonly isDefault: boolean;
}

function candidate(raw: RawDefinition, isDefault = false): Candidate {
  const active = attempt(() => holds(raw.conditions));
  if (active === false) return { raw, definition: null, isDefault };
  const known = attempt(() => discharge([raw]));
  const [definition] = Array.isArray(known) ? known : [];
  return { raw, definition: definition ?? null, isDefault };
}

function defaultOf({ declared }: OptionNode): Candidate[] {
  const fallback = declared?.set.entries.get('default');
  if (declared === null || fallback === undefined) return [];
  const { value, at } = fallback;
  const raw = { file: declared.file, value, at, conditions: [], priority: PRIORITY.optionDefault };
  return [candidate(raw, true)];
}

/** The definition that alone makes an option's value; null where there is none, or where several merge. */
export function onlyDefinition(definitions: readonly WrittenDefinition[]): WrittenDefinition | null {
  const counting = definitions.filter(({ state }) => state === 'counts' || typeof state === 'object');
  const [only] = counting;
  return counting.length === 1 && only !== undefined ? only : null;
}
