import { apply } from '../interpret';
import { ComparedThunk, inspect, lazily } from '../thunk';
import { fail, Failure, raise, Unknown, type AttrsValue, type Origin, type Value } from '../value';
import { PRIORITY, type RawDefinition } from './definition';
import type { DeclaredOption } from './declared-option';
import type { Division } from './division';
import { mergeDefinitions, mergePlace, mergeUntyped, UNTYPED } from './merge';
import type { OptionNode } from './option-node';
import { resolvedType, type MergeContext, type OptionType } from './option-type';
import type { ModuleSystem } from './system';

/** The value of an option, or of a set of options. */
export class NodeValue extends ComparedThunk {
  constructor(readonly node: OptionNode) {
    super();
  }
  get origin(): Origin {
    return this.node.origin();
  }
  protected compute(): Value {
    return valueOf(this.node);
  }
}

/** What the definitions of a path come to. Throws `Unknown` or `Failure`. */
function valueOf(node: OptionNode): Value {
  const { declared, system } = node;
  const conflict = system.policy.conflictAt(node);
  if (conflict !== null) return raise(conflict);
  if (declared !== null) return optionValue(node, declared);
  const freeform = node.isDeclared ? null : freeformTypeAt(system, node.path);
  if (freeform !== null) return mergePlace(freeform, node, contextOf(node)) ?? unset(node);
  if (node.isDeclared || areSets(node.divided())) return node.group();
  return mergeUntyped(node.counted.force(), contextOf(node)) ?? unset(node);
}

/** The definitions of an option, its default before them. */
export function withDefault(
  raw: readonly RawDefinition[],
  declared: DeclaredOption | null,
): readonly RawDefinition[] {
  const fallback = declared?.set.entries.get('default');
  if (declared === null || fallback === undefined) return raw;
  const { value, at } = fallback;
  return [{ file: declared.file, value, at, conditions: [], priority: PRIORITY.optionDefault }, ...raw];
}

function optionValue(node: OptionNode, declared: DeclaredOption): Value {
  const merged = (): Value => mergedBy(declared.type, node) ?? unset(node);
  const change = declared.set.entries.get('apply');
  if (change === undefined) return merged();
  // A function that does not look at what is defined does not need it to be.
  return apply(change.value.force(), lazily(merged, node.origin()), declared.set.origin, node.system.machine);
}

function mergedBy(type: OptionType | null, node: OptionNode): Value | null {
  const context = contextOf(node);
  if (type === null) return mergeUntyped(node.counted.force(), context);
  return type.buildsNothing === true && !node.inCrowd
    ? mergeDefinitions(type, node.countedDefinitions(), { ...context, place: undefined })
    : mergePlace(type, node, context);
}

function contextOf(node: OptionNode): MergeContext {
  const { system, open } = node;
  return { machine: system.machine, loc: node.loc, open, strict: system.policy.strict, place: node };
}

function unset(node: OptionNode): Value {
  const name = node.loc.join('.');
  if (node.open !== null) return raise(node.open);
  if (node.declared === null)
    return raise(node.undeclared() ?? new Failure('missing', `The option \`${name}' does not exist.`));
  return fail(
    'missing',
    `The option \`${name}' was accessed but has no value defined. Try setting the option.`,
  );
}

/** Without a declaration, definitions that are all sets are taken for a set of options. */
function areSets({ parts }: Division): boolean {
  let some = false;
  for (const { value } of parts) {
    if (value instanceof Unknown || value instanceof Failure) continue;
    if (value.type !== 'attrs' || !isPlainSet(value)) return false;
    some = true;
  }
  return some;
}

function isPlainSet(value: AttrsValue): boolean {
  if (value.native !== undefined) return false;
  if (value.entries.has('_type') || value.entries.has('outPath')) return false;
  const type = value.entries.get('type');
  if (type === undefined) return true;
  const text = inspect(type.value);
  return (
    text instanceof Unknown || text instanceof Failure || text.type !== 'string' || text.text !== 'derivation'
  );
}

/**
 * The type that a system's freeform type gives what is defined at a path; null where it has none, or none that says more
 * than that sets merge.
 */
function freeformTypeAt(system: ModuleSystem, path: readonly string[]): OptionType | null {
  if (path[0] === '_module') return null;
  const shape = system.freeformShape;
  if (shape !== null) return raise(shape);
  return path.reduce<OptionType | null>((type) => {
    const container = type === null ? null : withoutNull(resolvedType(type));
    return container?.name === 'attrsOf' || container?.name === 'lazyAttrsOf'
      ? resolvedType(container.inner?.[0] ?? UNTYPED)
      : null;
  }, system.freeformType);
}

/** Whether the freeform type of a system leaves out what no definition counts of. */
export function keepsWhatCounts({ spec, freeformType }: ModuleSystem): boolean {
  if (spec.undeclaredOptions) return false;
  return freeformType !== null && withoutNull(resolvedType(freeformType)).name !== 'lazyAttrsOf';
}

function withoutNull(type: OptionType): OptionType {
  const [inner] = type.name === 'nullOr' ? (type.inner ?? []) : [];
  return inner === undefined ? type : resolvedType(inner);
}
