import { memo, sameItems, sameReason, type Computed } from '../computed';
import { ComputedTable } from '../computed-table';
import { attempt, ComparedThunk, inspect, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  writtenReason,
  type Attr,
  type AttrsValue,
  type Origin,
  type Value,
} from '../value';
import { discharge, firstDoubt, strongest, type Definition, type RawDefinition } from './definition';
import { LiveSet } from './live-set';
import { mergeDefinitions } from './merge';
import type { MergeContext, OptionType } from './option-type';
import { countedOf, Place, placeOf, sameRaw } from './place';

/**
 * The set of what each attribute of several sets merges to; one whose definitions all do not count is left out. A set
 * that may not count makes its attributes doubtful, and the result open.
 */
export function mergeAttrs(
  definitions: readonly Definition[],
  context: MergeContext,
  element: OptionType,
  lazy: boolean,
): AttrsValue {
  const place = placeOf(definitions, context);
  const merged =
    place === null
      ? new MergedSet({ context, element, lazy, definitions: () => definitions, open: () => context.open })
      : place.keep(
          element,
          () =>
            new MergedSet({
              context,
              element,
              lazy,
              definitions: () => place.counted.force(),
              open: () => place.open,
            }),
        );
  merged.gathered.force();
  return merged.value;
}

/** What several sets say about one attribute. */
interface Gathered {
  readonly at: Origin;
  readonly raw: RawDefinition[];
  maybe: Unknown | null;
}

function gather(definitions: readonly Definition[], loc: readonly string[]): Map<string, Gathered> {
  const names = new Map<string, Gathered>();
  for (const definition of definitions) {
    const value = inspect(definition.value);
    if (value instanceof Failure) return raise(value);
    if (value instanceof Unknown) continue;
    if (value.type !== 'attrs')
      return fail(
        'type',
        `A definition for option \`${loc.join('.')}' is ${typeName(value)}, not a set.`,
        value.origin,
      );
    for (const [name, attr] of value.entries) {
      const maybe = definition.maybe ?? attr.maybe;
      const raw: RawDefinition = {
        file: definition.file,
        value: attr.value,
        at: attr.at,
        conditions: maybe === null ? NO_CONDITIONS : [doubtThunk(maybe)],
        priority: null,
      };
      const found = names.get(name);
      if (found === undefined) names.set(name, { at: attr.at, raw: [raw], maybe });
      else {
        found.raw.push(raw);
        if (maybe === null) found.maybe = null;
      }
    }
  }
  return names;
}

/** Why there may be more than the sets are known to hold. */
interface Openness {
  /** More attributes; null when these are all. */
  readonly open: Unknown | null;
  /** More definitions of each attribute; null when these are all. */
  readonly inside: Unknown | null;
}

function openness(definitions: readonly Definition[], more: Unknown | null): Openness {
  let [open, inside] = [more, more];
  for (const definition of definitions) {
    const value = inspect(definition.value);
    if (value instanceof Unknown) {
      open ??= value;
      inside ??= writtenReason(value);
    } else if (!(value instanceof Failure) && value.type === 'attrs') {
      const reason = value.open;
      open ??= reason;
      if (definitions.length > 1 && reason?.cause !== 'external') inside ??= reason;
    }
  }
  return { open, inside };
}

const NO_CONDITIONS: readonly Thunk[] = [];
const doubtThunks = new WeakMap<Unknown, Thunk>();

/** A condition that is as unknown as that; the same for the same. */
export function doubtThunk(maybe: Unknown): Thunk {
  let thunk = doubtThunks.get(maybe);
  if (thunk === undefined) doubtThunks.set(maybe, (thunk = ready(maybe)));
  return thunk;
}

interface SetSpec {
  readonly context: MergeContext;
  readonly element: OptionType;
  readonly lazy: boolean;
  /** The sets. */
  definitions(): readonly Definition[];
  /** Why there may be more of them; null when these are all. */
  open(): Unknown | null;
}

class MergedSet {
  readonly value: AttrsValue;
  readonly gathered: ComputedTable<Gathered>;
  readonly openness: Computed<Openness>;
  private readonly elements = new Map<string, Element>();
  private readonly present: Computed<readonly string[]>;

  constructor(readonly spec: SetSpec) {
    this.gathered = new ComputedTable(() => gather(spec.definitions(), spec.context.loc), sameGathered);
    this.openness = memo(
      () => openness(spec.definitions(), spec.open()),
      (before, after) => sameReason(before.open, after.open) && sameReason(before.inside, after.inside),
    );
    this.present = memo(
      () => [...this.gathered.force().keys()].filter((name) => this.element(name).there),
      sameItems,
    );
    this.value = new LiveSet({
      attr: (name) => {
        const element = this.element(name);
        return element.there ? element : undefined;
      },
      names: () => this.present.force(),
      open: () => this.openness.force().open,
      origin: () => spec.definitions()[0]?.value.origin ?? null,
    });
  }

  private element(name: string): Element {
    let element = this.elements.get(name);
    if (element === undefined) this.elements.set(name, (element = new Element(this, name)));
    return element;
  }
}

/** One attribute of a merged set. */
class Element extends Place implements Attr {
  private readonly presence: Computed<Presence>;
  private countedCell: Computed<readonly Definition[]> | undefined = undefined;
  private valueThunk: Thunk | undefined = undefined;

  constructor(
    readonly set: MergedSet,
    private readonly name: string,
  ) {
    super();
    this.presence = memo(() => this.readPresence(), samePresence);
  }

  // Whether the attribute is there at all is said by `maybe`; its value is what it is when it is there.
  get counted(): Computed<readonly Definition[]> {
    return (this.countedCell ??= countedOf(() => {
      const written = strongest(discharge(this.gathered().raw));
      return this.presence.force().doubt === null
        ? written
        : written.map((definition) => ({ ...definition, maybe: null }));
    }));
  }

  get value(): Thunk {
    return (this.valueThunk ??= new ElementValue(this));
  }

  get at(): Origin {
    return this.gathered().at;
  }

  get maybe(): Unknown | null {
    const { doubt, maybe } = this.presence.force();
    return doubt ?? maybe;
  }

  get open(): Unknown | null {
    return this.set.openness.force().inside;
  }

  gathered(): Gathered {
    return this.set.gathered.get(this.name) ?? NOTHING;
  }

  /** Whether the set has it, or may have it. */
  get there(): boolean {
    return this.presence.force().there;
  }

  private readPresence(): Presence {
    const { raw, maybe } = this.gathered();
    if (raw.length === 0) return { there: false, doubt: null, maybe };
    if (this.set.spec.lazy) return { there: true, doubt: null, maybe };
    const written = attempt(() => strongest(discharge(raw)));
    if (!Array.isArray(written)) return { there: true, doubt: null, maybe };
    if (written.length === 0) return { there: false, doubt: null, maybe };
    const doubt = written.every((definition) => definition.maybe !== null) ? firstDoubt(written) : null;
    return { there: true, doubt, maybe };
  }

  merge(): Value {
    const { context, element } = this.set.spec;
    const loc = [...context.loc, this.name];
    const merged = mergeDefinitions(element, this.counted.force(), {
      ...context,
      loc,
      open: this.open,
      place: this,
    });
    return (
      merged ??
      fail(
        'missing',
        `The option \`${loc.join('.')}' was accessed but has no value defined. Try setting the option.`,
        this.gathered().at,
      )
    );
  }
}

interface Presence {
  readonly there: boolean;
  readonly doubt: Unknown | null;
  /** Why the sets that hold it may not count; null when one of them does. */
  readonly maybe: Unknown | null;
}

function samePresence(before: Presence, after: Presence): boolean {
  return before.there === after.there && before.doubt === after.doubt && before.maybe === after.maybe;
}

class ElementValue extends ComparedThunk {
  constructor(private readonly element: Element) {
    super();
  }
  get origin(): Origin {
    return this.element.gathered().raw[0]?.value.origin ?? null;
  }
  protected compute(): Value {
    return this.element.merge();
  }
}

const NOTHING: Gathered = { at: null, raw: [], maybe: null };

function sameGathered(before: Gathered, after: Gathered): boolean {
  return before.at === after.at && before.maybe === after.maybe && sameRaw(before.raw, after.raw);
}
