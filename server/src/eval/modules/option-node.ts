import { memo, sameReason, type Computed } from '../computed';
import { attempt, type Thunk } from '../thunk';
import { tracing } from '../tracing';
import { Failure, raise, Unknown, type Attr, type AttrsValue, type Origin } from '../value';
import { discharge, strongest, type Definition, type RawDefinition } from './definition';
import {
  constantDeclarations,
  declaredBy,
  isConstant,
  type DeclaredOption,
  type Declaration,
} from './declared-option';
import { divide, type Division } from './division';
import { LiveSet } from './live-set';
import { keepsWhatCounts, NodeValue, withDefault } from './option-value';
import { countedOf, Place } from './place';
import {
  constantBelow,
  declarationGap,
  declaredNames,
  definedNames,
  doubtOfExistence,
  existenceOf,
  namesBelow,
  presenceOf,
  sameExistence,
  sameNames,
  samePresence,
  sameSayings,
  sayingsBelow,
  type Existence,
  type Presence,
  type Sayings,
} from './sayings';
import type { ModuleSystem } from './system';

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
  private freeformPresence: Computed<Presence> | undefined = undefined;
  private conditionalPresence: Computed<{ readonly doubt: Unknown | null }> | undefined = undefined;
  private valueThunk: Thunk | undefined = undefined;
  private groupSet: AttrsValue | undefined = undefined;
  private externalRest: Unknown | undefined = undefined;

  /** @param inCrowd whether it is one of many: whoever reads one aspect of it does not hear of another's change */
  constructor(
    readonly system: ModuleSystem,
    readonly path: readonly string[],
    said: () => Sayings,
    readonly inCrowd: boolean,
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
      this.freeformPresence,
      this.conditionalPresence,
      this.valueThunk,
    ].includes(one as Computed<never>);
  }

  get counted(): Computed<readonly Definition[]> {
    return (this.countedCell ??= countedOf(() => this.countedDefinitions()));
  }

  /** The same, with the default of the option, and not kept. */
  countedDefinitions(): Definition[] {
    return strongest(discharge(withDefault(this.raw, this.declared)));
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

  /** What is declared here, by whichever module. */
  get declarations(): readonly Declaration[] {
    return this.sayings.force().declarations;
  }

  /** The path as messages name it. */
  get loc(): string[] {
    return [...this.system.spec.prefix, ...this.path];
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
    const alone = this.isCrowded || tracing.on || this.system.policy.strict;
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
    const declared = constantBelow(this.sayings.force(), this.divided(), name);
    return declared == null ? declared : this.system.untouchedNode([...this.path, name], declared);
  }

  private saidOf(name: string): Sayings {
    return sayingsBelow(this.declarations, this.divided(), this.open, name);
  }

  /** The names under this node that something declares or defines, each with where it is written. */
  names(): ReadonlyMap<string, Origin> {
    this.allNames ??= memo(() => namesBelow(this.declarations, this.divided()), sameNames);
    return this.allNames.force();
  }

  /** The names under this node that something defines. Throws what keeps them from being known. */
  definedNames(): ReadonlyMap<string, Origin> {
    return definedNames(this.divided());
  }

  /** The names under this node that something declares. */
  declarationNames(): ReadonlyMap<string, Origin> {
    return declaredNames(this.declarations);
  }

  /** Why there may be more declarations under this node than are known; null when these are all. */
  declarationGap(): Unknown | null {
    return declarationGap(this.declarations);
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
        open: () => this.open ?? this.divided().doubt ?? this.undeclared() ?? this.freeformShape(),
        origin: () => this.origin(),
      },
      native,
    ));
  }

  private freeformShape(): Unknown | null {
    return this.path.length === 0 ? this.system.freeformShape : null;
  }

  private attrNamed(name: string): Attr | undefined {
    const node = this.childNamed(name);
    if (node?.exists().there !== true || this.system.policy.hides(node, this)) return undefined;
    return node.presence()?.there === false ? undefined : node;
  }

  /** Whether the freeform type keeps what is defined here; null where it has no say. */
  private presence(): Presence | null {
    if (this.path.length !== 1 || !keepsWhatCounts(this.system) || this.isDeclared) return null;
    this.freeformPresence ??= memo(() => presenceOf(() => this.counted.force()), samePresence);
    return this.freeformPresence.force();
  }

  private shownNames(): string[] {
    const names = [...this.names().keys()];
    const all = !this.system.policy.strict && (this.path.length > 0 || !keepsWhatCounts(this.system));
    return all ? names : names.filter((name) => this.attrNamed(name) !== undefined);
  }

  /** The first definition. */
  origin(): Origin {
    const said = attempt(() => this.raw);
    return said instanceof Unknown || said instanceof Failure ? null : (said[0]?.value.origin ?? null);
  }

  /** The definitions as sets of options, taken apart. */
  divided(): Division {
    this.division ??= memo(() => divide(this.raw));
    return this.division.force();
  }

  /** Why modules outside the repository may say something here; null where there are none. */
  undeclared(): Unknown | null {
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
    if (existence instanceof Failure) return null;
    if (!existence.conditional) return this.presence()?.doubt ?? null;
    this.conditionalPresence ??= memo(
      () => ({ doubt: doubtOfExistence(this.sayings.force(), this.path) }),
      (before, after) => before.doubt === after.doubt,
    );
    return this.conditionalPresence.force().doubt;
  }
}

const NOT_DECLARED = { type: 'none' } as const;
