import { attrs } from '../construct';
import { apply } from '../interpret';
import { attempt, inspect, lazily, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, type Attr, type AttrsValue, type Origin, type Value } from '../value';
import {
  discharge,
  holds,
  parts,
  PRIORITY,
  strongest,
  typeTag,
  type Definition,
  type Part,
  type RawDefinition,
} from './definition';
import { GroupEntries } from './group-entries';
import { mergeByType, mergeUntyped } from './merge';
import { optionTypeOf, type MergeContext, type OptionType } from './option-type';
import type { ModuleSystem } from './system';

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

/** One path of a module system: an option, or a set of options; what is declared there and what defines it. */
export class OptionNode {
  private readonly children = new Map<string, OptionNode | null>();
  private dividedParts: readonly Part[] | undefined;
  private declaredOption: DeclaredOption | null | undefined;
  private valueThunk: Thunk | undefined;

  constructor(
    readonly system: ModuleSystem,
    readonly path: readonly string[],
    private readonly declarations: readonly Declaration[],
    /** What the modules say about this path, conditions not looked at. */
    readonly raw: readonly RawDefinition[],
    /** Why there may be more definitions; null when these are all. */
    readonly open: Unknown | null,
  ) {}

  /** The value, unevaluated. */
  get value(): Thunk {
    return (this.valueThunk ??= lazily(() => this.evaluate(), this.raw[0]?.value.origin ?? null));
  }

  /** The definitions that count, or may count, of the best priority. Throws what keeps them from being known. */
  definitions(): Definition[] {
    return strongest(discharge(this.raw));
  }

  /** How the option is declared; null for a set of options and for what nobody in the repository or the schema declares. */
  get declared(): DeclaredOption | null {
    if (this.declaredOption !== undefined) return this.declaredOption;
    this.declaredOption = null;
    const options: DeclaredOption[] = [];
    for (const { value, file } of this.declarations) {
      const set = inspect(value);
      if (
        set instanceof Unknown ||
        set instanceof Failure ||
        set.type !== 'attrs' ||
        typeTag(set) !== 'option'
      )
        continue;
      options.push({ file, set, type: declaredType(set) });
    }
    const [first, ...others] = options;
    if (first !== undefined) this.declaredOption = others.reduce(bothDeclarations, first);
    return this.declaredOption;
  }

  /** The node under a name; null where nothing declares or defines it. Throws `Unknown` where that cannot be known. */
  child(name: string): OptionNode | null {
    const known = this.children.get(name);
    if (known !== undefined) return known;
    const declarations: Declaration[] = [];
    for (const { value, file } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      const found = set.entries.get(name);
      if (found !== undefined) declarations.push({ value: found.value, file });
    }
    const raw: RawDefinition[] = [];
    let { open } = this;
    for (const part of this.parts()) {
      if (part.value instanceof Unknown) open ??= part.value;
      else if (part.value instanceof Failure) return raise(part.value);
      else if (part.value.type === 'attrs') {
        const found = part.value.entries.get(name);
        if (found !== undefined)
          raw.push({
            ...part.raw,
            value: found.value,
            at: found.at,
            conditions: withDoubt(part.raw.conditions, found.maybe),
          });
        else open ??= part.value.open;
      }
    }
    const node =
      declarations.length === 0 && raw.length === 0
        ? null
        : new OptionNode(this.system, [...this.path, name], declarations, raw, open);
    if (node === null && open !== null) return raise(open);
    this.children.set(name, node);
    return node;
  }

  /** The names under this node that something declares or defines, each with where it is written. */
  names(): Map<string, Origin> {
    const names = new Map<string, Origin>();
    for (const part of this.parts()) {
      if (part.value instanceof Failure) return raise(part.value);
      if (part.value instanceof Unknown || part.value.type !== 'attrs') continue;
      for (const [name, { at }] of part.value.entries) if (!names.has(name)) names.set(name, at);
    }
    for (const { value } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      for (const [name, { at }] of set.entries) if (!names.has(name)) names.set(name, at);
    }
    return names;
  }

  /** Where a name under this node is written; undefined where nothing declares or defines it. */
  private placeOf(name: string): Origin | undefined {
    for (const part of this.parts()) {
      if (part.value instanceof Failure) return raise(part.value);
      if (part.value instanceof Unknown || part.value.type !== 'attrs') continue;
      const found = part.value.entries.get(name);
      if (found !== undefined) return found.at;
    }
    for (const { value } of this.declarations) {
      const set = inspect(value);
      if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      const found = set.entries.get(name);
      if (found !== undefined) return found.at;
    }
    return undefined;
  }

  /** The set of what is under this node. */
  group(): AttrsValue {
    const entries = new GroupEntries({
      placeOf: (name) => this.placeOf(name),
      names: () => this.names(),
      attr: (name, at) => new ChildAttr(this, name, at),
    });
    return attrs(entries, this.raw[0]?.value.origin ?? null, this.open ?? this.doubt() ?? this.undeclared());
  }

  private evaluate(): Value {
    const { declared } = this;
    if (declared !== null) return this.optionValue(declared);
    if (this.isGroup()) return this.group();
    const value = mergeUntyped(this.raw, this.context());
    return value ?? this.unset();
  }

  private optionValue(declared: DeclaredOption): Value {
    const fallback = declared.set.entries.get('default');
    const raw: RawDefinition[] =
      fallback === undefined
        ? [...this.raw]
        : [
            {
              file: declared.file,
              value: fallback.value,
              at: fallback.at,
              conditions: [],
              priority: PRIORITY.optionDefault,
            },
            ...this.raw,
          ];
    const merged =
      declared.type === null
        ? mergeUntyped(raw, this.context())
        : mergeByType(declared.type, raw, this.context());
    const value = merged ?? this.unset();
    const change = declared.set.entries.get('apply');
    if (change === undefined) return value;
    return apply(
      change.value.force(),
      lazily(() => value, value.origin),
      declared.set.origin,
      this.system.machine,
    );
  }

  private context(): MergeContext {
    return { machine: this.system.machine, loc: [...this.system.spec.prefix, ...this.path], open: this.open };
  }

  private unset(): Value {
    const name = [...this.system.spec.prefix, ...this.path].join('.');
    if (this.open !== null) return raise(this.open);
    if (this.declared === null)
      return raise(this.undeclared() ?? new Failure('missing', `The option \`${name}' does not exist.`));
    return fail('missing', `The option \`${name}' is used but not defined.`);
  }

  /** Without a declaration, definitions that are all sets are taken for a set of options. */
  private isGroup(): boolean {
    if (this.declarations.length > 0) return true;
    const known = this.parts().filter(
      (part): part is Part & { value: Value } =>
        !(part.value instanceof Unknown) && !(part.value instanceof Failure),
    );
    return known.length > 0 && known.every(({ value }) => value.type === 'attrs' && isPlainSet(value));
  }

  private parts(): readonly Part[] {
    return (this.dividedParts ??= this.raw.flatMap(parts));
  }

  private doubt(): Unknown | null {
    for (const { value } of this.parts()) {
      if (value instanceof Unknown) return value;
      if (!(value instanceof Failure) && value.type === 'attrs' && value.open !== null) return value.open;
    }
    return null;
  }

  private undeclared(): Unknown | null {
    if (!this.system.spec.undeclaredOptions) return null;
    return new Unknown(
      'external',
      `\`${[...this.path, '…'].join('.')}\` is not set in the repository, and NixOS may have a default for it`,
    );
  }
}

/** An attribute of a set of options; whether it is there may depend on conditions, which are looked at when asked. */
class ChildAttr implements Attr {
  private known: Unknown | null | undefined;
  constructor(
    private readonly parent: OptionNode,
    private readonly name: string,
    readonly at: Origin,
  ) {}

  get value(): Thunk {
    return (this.parent.child(this.name) ?? fail('missing', `attribute '${this.name}' missing`, this.at))
      .value;
  }

  get maybe(): Unknown | null {
    if (this.known === undefined) this.known = this.presence();
    return this.known;
  }

  private presence(): Unknown | null {
    const node = attempt(() => this.parent.child(this.name));
    if (node instanceof Unknown) return node;
    if (node instanceof Failure || node === null) return null;
    if (
      node.declared !== null ||
      node.raw.length === 0 ||
      node.raw.some(({ conditions }) => conditions.length === 0)
    )
      return null;
    let doubt: Unknown | null = null;
    for (const { conditions } of node.raw) {
      const active = holds(conditions);
      if (active === true) return null;
      if (active instanceof Unknown) doubt ??= active;
    }
    return (
      doubt ??
      new Unknown(
        'external',
        `\`${[...this.parent.path, this.name].join('.')}\` is switched off in the repository`,
      )
    );
  }
}

function withDoubt(conditions: readonly Thunk[], maybe: Unknown | null): readonly Thunk[] {
  return maybe === null ? conditions : [...conditions, lazily(() => raise(maybe))];
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

function declaredType(option: AttrsValue): OptionType | null {
  const type = option.entries.get('type');
  if (type === undefined) return null;
  const value = inspect(type.value);
  return value instanceof Unknown || value instanceof Failure ? null : optionTypeOf(value);
}

/** An option declared twice: the first declaration with what the second adds. */
function bothDeclarations(first: DeclaredOption, second: DeclaredOption): DeclaredOption {
  const set = attrs(new Map([...second.set.entries, ...first.set.entries]), first.set.origin, first.set.open);
  const type =
    first.type !== null && second.type !== null
      ? (first.type.merged?.(second.type) ?? first.type)
      : (first.type ?? second.type);
  return { file: first.file, set, type };
}
