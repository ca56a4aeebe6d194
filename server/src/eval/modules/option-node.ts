import { memo, sameReason, type Computed } from '../computed';
import { apply } from '../interpret';
import { attempt, ComparedThunk, inspect, lazily, type Thunk } from '../thunk';
import { tracing } from '../tracing';
import { fail, Failure, raise, Unknown, type Attr, type AttrsValue, type Origin, type Value } from '../value';
import {
  discharge,
  holds,
  PRIORITY,
  strongest,
  type Definition,
  type Part,
  type RawDefinition,
} from './definition';
import {
  constantDeclarations,
  declarationConflict,
  declaredBy,
  isConstant,
  type DeclaredOption,
  type Declaration,
} from './declared-option';
import { divide, type Division } from './division';
import { LiveSet } from './live-set';
import { mergeDefinitions, mergePlace, mergeUntyped, UNTYPED } from './merge';
import { resolvedType, type MergeContext, type OptionType } from './option-type';
import { countedOf, Place, sameRaw } from './place';
import type { ModuleSystem } from './system';

/** What the modules say about one path, conditions not looked at. */
export interface Sayings {
  readonly declarations: readonly Declaration[];
  readonly raw: readonly RawDefinition[];
  /** Why there may be more definitions; null when these are all. */
  readonly open: Unknown | null;
}

/**
 * Above this many definitions, those who ask for one name are told apart from those who ask for another: one of them
 * changes far more often than all. Below it, telling apart costs more than asking again.
 */
const CROWD = 8;

/**
 * One path of a module system: an option, or a set of options; what is declared there and what defines it. The node of a
 * path stays the same while what the modules say about it changes.
 */
export class OptionNode extends Place implements Attr {
  private children: Map<string, OptionNode> | undefined = undefined;
  private readonly sayings: Computed<Sayings>;
  private readonly existence: Computed<Existence> | null;
  private countedCell: Computed<readonly Definition[]> | undefined = undefined;
  private openness: Computed<{ readonly open: Unknown | null }> | undefined = undefined;
  private division: Computed<Division> | undefined = undefined;
  private declaration: Computed<DeclaredOption | { readonly type: 'none' }> | undefined = undefined;
  private allNames: Computed<ReadonlyMap<string, Origin>> | undefined = undefined;
  private conditionalPresence: Computed<{ readonly doubt: Unknown | null }> | undefined = undefined;
  private valueThunk: Thunk | undefined = undefined;
  private groupSet: AttrsValue | undefined = undefined;
  private externalRest: Unknown | undefined = undefined;

  /** @param inCrowd whether it is one of many: whoever reads one aspect of it does not hear of another's change */
  constructor(
    readonly system: ModuleSystem,
    readonly path: readonly string[],
    said: () => Sayings,
    inCrowd: boolean,
  ) {
    super();
    this.sayings = memo(said, sameSayings);
    this.existence = inCrowd ? memo(() => existenceOf(this.sayings.force()), sameExistence) : null;
  }

  /** Whether a result is one of what is known of this node. */
  has(one: Computed<unknown>): boolean {
    return [
      this.sayings,
      this.existence,
      this.countedCell,
      this.openness,
      this.division,
      this.declaration,
      this.allNames,
      this.conditionalPresence,
      this.valueThunk,
    ].includes(one as Computed<never>);
  }

  get counted(): Computed<readonly Definition[]> {
    return (this.countedCell ??= countedOf(() => this.countedDefinitions()));
  }

  private countedDefinitions(): Definition[] {
    return strongest(discharge(this.rawWithDefault()));
  }

  /** What the modules define here, conditions not looked at. Throws what keeps it from being known. */
  get raw(): readonly RawDefinition[] {
    return this.sayings.force().raw;
  }

  get open(): Unknown | null {
    if (this.existence === null) return this.sayings.force().open;
    this.openness ??= memo(
      () => ({ open: this.sayings.force().open }),
      (before, after) => sameReason(before.open, after.open),
    );
    return this.openness.force().open;
  }

  private get declarations(): readonly Declaration[] {
    return this.sayings.force().declarations;
  }

  /** The value, unevaluated. */
  get value(): Thunk {
    this.valueThunk ??= new NodeValue(this);
    if (tracing.on) tracing.options.set(this.valueThunk, this);
    return this.valueThunk;
  }

  /** The definitions that count, or may count, of the best priority. Throws what keeps them from being known. */
  definitions(): Definition[] {
    return strongest(discharge(this.raw));
  }

  /** How the option is declared; null for a set of options and for what nobody in the repository or the schema declares. */
  get declared(): DeclaredOption | null {
    const { declarations } = this;
    if (declarations.length === 0) return null;
    const [only] = declarations;
    if (only !== undefined && declarations.length === 1 && isConstant(only.value)) {
      const known = constantDeclarations.get(only.value);
      if (known !== undefined) return known;
      const declared = declaredBy(declarations);
      constantDeclarations.set(only.value, declared);
      return declared;
    }
    this.declaration ??= memo<DeclaredOption | { type: 'none' }>(
      () => declaredBy(this.declarations) ?? NOT_DECLARED,
      (before, after) => before === after,
    );
    const declared = this.declaration.force();
    return declared === NOT_DECLARED ? null : (declared as DeclaredOption);
  }

  /** Whether an option, or options below this path, are declared. */
  get isDeclared(): boolean {
    return this.declarations.length > 0;
  }

  /** The node under a name; null where nothing declares or defines it. Throws `Unknown` where that cannot be known. */
  child(name: string): OptionNode | null {
    const node = this.childNamed(name);
    return node === null ? null : node.ifThere();
  }

  /** The same, never a node that other systems have too: for those who ask where an option is. */
  ownChild(name: string): OptionNode | null {
    return this.nodeOf(name).ifThere();
  }

  private ifThere(): this | null {
    if (this.exists().there) return this;
    const { open } = this.sayings.force();
    return open === null ? null : raise(open);
  }

  /** The node of a name, which may come to be declared or defined; null where that would have to be asked again. */
  private childNamed(name: string): OptionNode | null {
    const known = this.children?.get(name);
    if (known !== undefined) return known;
    // A trace names the system that an option is in.
    const alone = this.isCrowded || tracing.on || this.system.spec.strict === true;
    const untouched = alone ? undefined : this.untouched(name);
    return untouched === undefined ? this.nodeOf(name) : untouched;
  }

  private nodeOf(name: string): OptionNode {
    this.children ??= new Map();
    let node = this.children.get(name);
    if (node === undefined) {
      node = new OptionNode(this.system, [...this.path, name], () => this.saidOf(name), this.isCrowded);
      this.children.set(name, node);
    }
    return node;
  }

  private get isCrowded(): boolean {
    return this.raw.length > CROWD;
  }

  /**
   * What stands under a name that nobody in the repository declares or defines: null for nothing, or a node that all
   * systems share, since the option has its default in each. Undefined where it takes a node of its own.
   */
  private untouched(name: string): OptionNode | null | undefined {
    const { declarations, open } = this.sayings.force();
    const division = this.divided();
    if (open !== null || division.failure !== null || division.doubtful.length > 0) return undefined;
    if (division.rawOf(name).length > 0) return undefined;
    let declared: Declaration | null = null;
    for (const { value, file } of declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      const found = set.entries.get(name);
      if (found === undefined) continue;
      if (declared !== null || value.changeable || !isConstant(found.value)) return undefined;
      declared = { value: found.value, file };
    }
    return declared === null ? null : this.system.untouchedNode([...this.path, name], declared);
  }

  private saidOf(name: string): Sayings {
    const declarations: Declaration[] = [];
    for (const { value, file } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      const found = set.entries.get(name);
      if (found !== undefined) declarations.push({ value: found.value, file });
    }
    const division = this.divided();
    if (division.failure !== null) return raise(division.failure);
    let { open } = this;
    for (const { value } of division.doubtful) {
      if (value instanceof Unknown) open ??= value;
      else if (!(value instanceof Failure) && value.type === 'attrs' && !value.entries.has(name))
        open ??= value.open;
    }
    return { declarations, raw: division.rawOf(name), open };
  }

  /** The names under this node that something declares or defines, each with where it is written. */
  names(): ReadonlyMap<string, Origin> {
    this.allNames ??= memo(() => this.collectNames(), sameOrigins);
    return this.allNames.force();
  }

  private collectNames(): Map<string, Origin> {
    const names = new Map<string, Origin>();
    const division = this.divided();
    if (division.failure !== null) return raise(division.failure);
    for (const { value } of division.parts) {
      if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
      for (const [name, { at }] of value.entries) if (!names.has(name)) names.set(name, at);
    }
    for (const { value } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      for (const [name, { at }] of set.entries) if (!names.has(name)) names.set(name, at);
    }
    return names;
  }

  /** The names under this node that something defines. Throws what keeps them from being known. */
  definedNames(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { value } of this.divided().parts) {
      if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
      for (const name of value.entries.keys()) names.add(name);
    }
    return names;
  }

  /** The names under this node that something declares, each with where it is written. */
  declarationNames(): Map<string, Origin> {
    const names = new Map<string, Origin>();
    for (const { value } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      for (const [name, { at }] of set.entries) if (!names.has(name)) names.set(name, at);
    }
    return names;
  }

  /** Why there may be more declarations under this node than are known; null when these are all. */
  declarationGap(): Unknown | null {
    for (const { value } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown) return set;
      if (!(set instanceof Failure) && set.type === 'attrs' && set.open !== null) return set.open;
    }
    return null;
  }

  /** The files that declare something at this path. */
  declarationFiles(): string[] {
    return this.declarations.map(({ file }) => file);
  }

  /** Where the name is written: by the first definition, or by the declaration. */
  get at(): Origin {
    const { raw, declarations } = this.sayings.force();
    return raw[0]?.at ?? declarations[0]?.value.origin ?? null;
  }

  /** The set of what is under this node. */
  group(): AttrsValue {
    const native = this.path.length === 0 ? this.system : undefined;
    return (this.groupSet ??= new LiveSet(
      {
        attr: (name) => this.attrNamed(name),
        names: () => this.shownNames(),
        open: () => this.open ?? this.divided().doubt ?? this.undeclared(),
        origin: () => this.origin(),
      },
      native,
    ));
  }

  private attrNamed(name: string): Attr | undefined {
    const node = this.childNamed(name);
    return node?.exists().there === true && !this.isHidden(node) ? node : undefined;
  }

  /** Whether nobody declares a node under this one, where only what is declared is part of the configuration. */
  private isHidden(node: OptionNode): boolean {
    return (
      this.system.spec.strict === true &&
      !node.isDeclared &&
      node.path[0] !== '_module' &&
      this.system.hidesUndeclared &&
      this.declarationGap() === null
    );
  }

  private shownNames(): string[] {
    const names = [...this.names().keys()];
    if (this.system.spec.strict !== true) return names;
    return names.filter((name) => this.attrNamed(name) !== undefined);
  }

  /** The first definition. */
  origin(): Origin {
    const said = attempt(() => this.raw);
    return said instanceof Unknown || said instanceof Failure ? null : (said[0]?.value.origin ?? null);
  }

  /** The value of the definitions there are. Throws `Unknown` or `Failure`. */
  evaluate(): Value {
    const { declared } = this;
    if (this.system.spec.strict === true && this.declarations.length > 1) {
      const { prefix } = this.system.spec;
      const conflict = declarationConflict(this.declarations, [...prefix, ...this.path]);
      if (conflict !== null) return raise(conflict);
    }
    if (declared !== null) return this.optionValue(declared);
    const freeform = this.isDeclared ? null : freeformTypeAt(this.system, this.path);
    if (freeform !== null) return mergePlace(freeform, this, this.context()) ?? this.unset();
    if (this.isGroup()) return this.group();
    const value = mergeUntyped(this.counted.force(), this.context());
    return value ?? this.unset();
  }

  private rawWithDefault(): readonly RawDefinition[] {
    const { declared } = this;
    const fallback = declared?.set.entries.get('default');
    if (declared === null || fallback === undefined) return this.raw;
    const { value, at } = fallback;
    return [
      { file: declared.file, value, at, conditions: [], priority: PRIORITY.optionDefault },
      ...this.raw,
    ];
  }

  private optionValue(declared: DeclaredOption): Value {
    const merged = (): Value => this.mergedBy(declared.type) ?? this.unset();
    const change = declared.set.entries.get('apply');
    if (change === undefined) return merged();
    // A function that does not look at what is defined does not need it to be.
    return apply(
      change.value.force(),
      lazily(merged, this.origin()),
      declared.set.origin,
      this.system.machine,
    );
  }

  private mergedBy(type: OptionType | null): Value | null {
    if (type === null) return mergeUntyped(this.counted.force(), this.context());
    return type.buildsNothing === true && this.existence === null
      ? mergeDefinitions(type, this.countedDefinitions(), { ...this.context(), place: undefined })
      : mergePlace(type, this, this.context());
  }

  private context(): MergeContext {
    return {
      machine: this.system.machine,
      loc: [...this.system.spec.prefix, ...this.path],
      open: this.open,
      strict: this.system.spec.strict,
      place: this,
    };
  }

  private unset(): Value {
    const name = [...this.system.spec.prefix, ...this.path].join('.');
    if (this.open !== null) return raise(this.open);
    if (this.declared === null)
      return raise(this.undeclared() ?? new Failure('missing', `The option \`${name}' does not exist.`));
    return fail(
      'missing',
      `The option \`${name}' was accessed but has no value defined. Try setting the option.`,
    );
  }

  /** Without a declaration, definitions that are all sets are taken for a set of options. */
  private isGroup(): boolean {
    if (this.declarations.length > 0) return true;
    const known = this.divided().parts.filter(
      (part): part is Part & { value: Value } =>
        !(part.value instanceof Unknown) && !(part.value instanceof Failure),
    );
    return known.length > 0 && known.every(({ value }) => value.type === 'attrs' && isPlainSet(value));
  }

  private divided(): Division {
    this.division ??= memo(() => divide(this.raw));
    return this.division.force();
  }

  private undeclared(): Unknown | null {
    if (!this.system.spec.undeclaredOptions) return null;
    return (this.externalRest ??= new Unknown(
      'external',
      `\`${[...this.path, '…'].join('.')}\` is not set in the repository, and NixOS may have a default for it`,
    ));
  }

  private exists(): Existence {
    return this.existence === null ? existenceOf(this.sayings.force()) : this.existence.force();
  }

  /** Why the option may not be there after all, which its conditions say; null when it is. */
  get maybe(): Unknown | null {
    const existence = attempt(() => this.exists());
    if (existence instanceof Unknown) return existence;
    if (existence instanceof Failure || !existence.conditional) return null;
    this.conditionalPresence ??= memo(
      () => ({ doubt: this.conditionalDoubt() }),
      (before, after) => before.doubt === after.doubt,
    );
    return this.conditionalPresence.force().doubt;
  }

  private conditionalDoubt(): Unknown | null {
    if (this.isDeclared) return null;
    let doubt: Unknown | null = null;
    for (const { conditions } of this.raw) {
      const active = holds(conditions);
      if (active === true) return null;
      if (active instanceof Unknown) doubt ??= active;
    }
    return doubt ?? new Unknown('external', `\`${this.path.join('.')}\` is switched off in the repository`);
  }
}

/** Whether something declares or defines a path, and whether that is only under conditions. */
interface Existence {
  readonly there: boolean;
  readonly conditional: boolean;
}

const ABSENT: Existence = { there: false, conditional: false };
const CERTAIN: Existence = { there: true, conditional: false };
const CONDITIONAL: Existence = { there: true, conditional: true };

function existenceOf({ raw, declarations }: Sayings): Existence {
  if (raw.length === 0) return declarations.length > 0 ? CERTAIN : ABSENT;
  return raw.every(({ conditions }) => conditions.length > 0) ? CONDITIONAL : CERTAIN;
}

function sameExistence(before: Existence, after: Existence): boolean {
  return before.there === after.there && before.conditional === after.conditional;
}

/** The value of an option. */
export class NodeValue extends ComparedThunk {
  constructor(readonly node: OptionNode) {
    super();
  }
  get origin(): Origin {
    return this.node.origin();
  }
  protected compute(): Value {
    return this.node.evaluate();
  }
}

function sameSayings(before: Sayings, after: Sayings): boolean {
  return (
    sameReason(before.open, after.open) &&
    before.declarations.length === after.declarations.length &&
    before.declarations.every(({ value }, index) => value === after.declarations[index]?.value) &&
    sameRaw(before.raw, after.raw)
  );
}

function sameOrigins(before: ReadonlyMap<string, Origin>, after: ReadonlyMap<string, Origin>): boolean {
  if (before.size !== after.size) return false;
  const others = after.entries();
  for (const [name, at] of before) {
    const [otherName, otherAt] = others.next().value as [string, Origin];
    if (name !== otherName || at !== otherAt) return false;
  }
  return true;
}

const NOT_DECLARED = { type: 'none' } as const;

/**
 * The type that a system's freeform type gives what is defined at a path; null where it has none, or none that says more
 * than that sets merge.
 */
function freeformTypeAt(system: ModuleSystem, path: readonly string[]): OptionType | null {
  if (path[0] === '_module') return null;
  return path.reduce<OptionType | null>((type) => {
    const container = type === null ? null : withoutNull(resolvedType(type));
    return container?.name === 'attrsOf' || container?.name === 'lazyAttrsOf'
      ? resolvedType(container.inner?.[0] ?? UNTYPED)
      : null;
  }, system.freeformType);
}

function withoutNull(type: OptionType): OptionType {
  const [inner] = type.name === 'nullOr' ? (type.inner ?? []) : [];
  return inner === undefined ? type : resolvedType(inner);
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
