import { attr, attrs, list, nullValue, record, string } from '../construct';
import { attempt, inspect, lazily, ready, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, type Attr, type AttrsValue, type Machine } from '../value';
import { ownArguments } from '../lib/eval-modules';
import type { ModuleInput } from './collect';
import type { Definition } from './definition';
import { DefinitionModules } from './definition-modules';
import { optionsOf } from './options-argument';
import { FREE_MACHINE, phrase, type MergeContext, type OptionType } from './option-type';
import { placeOf } from './place';
import { ModuleSystem, submoduleArgs } from './system';

export interface SubmoduleSpec {
  readonly modules: readonly ModuleInput[];
  /** `specialArgs` of `submoduleWith`. */
  readonly specialArgs: ReadonlyMap<string, Attr>;
  /** Whether a set is only configuration, even where it has an attribute `config` or `options`; null where either goes. */
  readonly shorthandOnlyDefinesConfig: boolean | null;
  /** Whether the type has options that are not known; false unless said. */
  readonly undeclaredOptions?: boolean;
  /** What kind of modules these are, as they get it in `_class`. */
  readonly class?: string | null;
  /** The description that `submoduleWith` was given. */
  readonly description?: string | null;
  /** nixpkgs' `lib`, as the modules get it. */
  readonly lib: () => Thunk;
}

const SPECS = new WeakMap<OptionType, SubmoduleSpec>();

/** `types.submodule` and `types.submoduleWith`. Its value is a set whose native side is the `ModuleSystem`. */
export function submoduleType(spec: SubmoduleSpec): OptionType {
  const type: OptionType = {
    name: 'submodule',
    get description() {
      return spec.description ?? describe(spec);
    },
    check: (value) =>
      ['attrs', 'lambda', 'primop', 'path'].includes(value.type) ||
      (value.type === 'string' && value.text.startsWith('/')),
    merge: (definitions, context) => {
      const place = placeOf(definitions, context);
      const system =
        place === null
          ? systemOfDefinitions(
              spec,
              () => definitions,
              () => context.open,
              context,
            )
          : place.keep(spec, () =>
              systemOfDefinitions(
                spec,
                () => place.counted.force(),
                () => place.open,
                context,
              ),
            );
      return system.shownConfig;
    },
    whenEmpty: ({ machine, loc, strict }) => systemFor(spec, loc, machine, strict).shownConfig,
    merged: (other) => {
      const more = SPECS.get(other);
      return more === undefined ? null : both(spec, more);
    },
    subOptions: (prefix, machine) => documented(systemFor(spec, prefix, machine), prefix, machine),
    subModules: spec.modules.map(({ value }) => value),
    withSubModules: (modules) =>
      submoduleType({
        ...spec,
        modules: modules.map((value, index) => ({
          value,
          file: value.origin?.anchor.source ?? '',
          key: `:submodule-${index + 1}`,
        })),
      }),
    payload: () =>
      record({
        modules: list(spec.modules.map(({ value }) => value)),
        specialArgs: attrs(spec.specialArgs),
      }),
  };
  SPECS.set(type, spec);
  return type;
}

function systemOfDefinitions(
  spec: SubmoduleSpec,
  definitions: () => readonly Definition[],
  open: () => Unknown | null,
  { machine, loc, strict }: MergeContext,
): ModuleSystem {
  const onlyConfig = spec.shorthandOnlyDefinesConfig === true;
  const own = new DefinitionModules(loc, onlyConfig, (value) => asModule(value, onlyConfig));
  return systemFor(spec, loc, machine, strict, () => {
    const hidden = open();
    // What comes from outside is taken to define nothing that the repository defines.
    const more: ModuleInput[] =
      hidden === null || hidden.cause === 'external'
        ? []
        : [{ value: ready(hidden), file: '', key: `${loc.join('.')}#open` }];
    return [...own.of(definitions()), ...more];
  });
}

/** The options of a submodule, with those of its freeform type. */
function documented(system: ModuleSystem, prefix: readonly string[], machine: Machine): AttrsValue {
  const options = optionsOf(system);
  const { freeformType } = system;
  if (freeformType === null) return options;
  const below = freeformType.subOptions?.(prefix, machine) ?? attrs(new Map());
  return attrs(new Map([...options.entries, ['_freeformOptions', attr(ready(below))]]), null, options.open);
}

function systemFor(
  spec: SubmoduleSpec,
  loc: readonly string[],
  machine: Machine,
  strict: boolean | undefined = false,
  more: () => readonly ModuleInput[] = () => [],
): ModuleSystem {
  const name = loc[loc.length - 1] ?? '‹name›';
  const modules = (): ModuleInput[] => [...spec.modules, ...more()];
  return new ModuleSystem(
    {
      machine,
      modules: spec.modules,
      specialArgs: new Map([...submoduleArgs(spec.lib(), name), ...spec.specialArgs]),
      givenArgs: spec.specialArgs,
      specialArgsOpen: null,
      fallbackArgs: ownArguments(spec, loc, modules),
      prefix: loc,
      undeclaredOptions: spec.undeclaredOptions ?? false,
      strict: strict && spec.undeclaredOptions !== true,
      class: spec.class == null ? nullValue() : string(spec.class),
    },
    modules,
  );
}

/** `submodule`, or what else is taken where the submodule has a freeform type. */
function describe(spec: SubmoduleSpec): string {
  const freeform = attempt(() => systemFor(spec, [], FREE_MACHINE).freeformType);
  return freeform === null || freeform instanceof Unknown || freeform instanceof Failure
    ? 'submodule'
    : `open submodule of ${phrase(freeform, 'noun', 'composite')}`;
}

function both(first: SubmoduleSpec, second: SubmoduleSpec): OptionType {
  for (const name of second.specialArgs.keys()) {
    if (first.specialArgs.has(name))
      return fail(
        'throw',
        `A submoduleWith option is declared multiple times with the same specialArgs "${name}"`,
      );
  }
  const one = <T>(a: T | null, b: T | null, what: string): T | null => {
    if (a === null || b === null || a === b) return a ?? b;
    return fail('throw', `A submoduleWith option is declared multiple times with conflicting ${what}`);
  };
  return submoduleType({
    ...first,
    modules: distinct([...first.modules, ...second.modules]),
    specialArgs: new Map([...first.specialArgs, ...second.specialArgs]),
    shorthandOnlyDefinesConfig: one(
      first.shorthandOnlyDefinesConfig,
      second.shorthandOnlyDefinesConfig,
      'shorthandOnlyDefinesConfig values',
    ),
    class: one(first.class ?? null, second.class ?? null, 'class values'),
    description: one(first.description ?? null, second.description ?? null, 'descriptions'),
    undeclaredOptions: (first.undeclaredOptions ?? false) || (second.undeclaredOptions ?? false),
  });
}

/** Modules that are told apart by their keys although two types number theirs alike. */
function distinct(modules: readonly ModuleInput[]): ModuleInput[] {
  const seen = new Set<string>();
  return modules.map((module) => {
    let { key } = module;
    for (let copy = 2; seen.has(key); copy++) key = `${module.key}~${copy}`;
    seen.add(key);
    return { ...module, key };
  });
}

/** A definition as a module: a set is configuration, a function or a path a module of its own. */
function asModule(value: Thunk, onlyConfig: boolean): Thunk {
  if (!onlyConfig) return value;
  return lazily(() => {
    const known = value.force();
    if (known.type !== 'attrs') return known;
    return {
      type: 'attrs',
      entries: new Map([['config', attr(ready(known))]]),
      open: null,
      origin: known.origin,
    };
  }, value.origin);
}

const DEFERRED = new WeakMap<OptionType, readonly Thunk[]>();

/**
 * `types.deferredModule`: modules that somebody else evaluates; the value is a module that imports them all.
 * @param fixed modules that are always among them
 */
export function deferredModule(fixed: readonly Thunk[], lib: () => Thunk): OptionType {
  const as: SubmoduleSpec = {
    modules: fixed.map((value, index) => ({ value, file: '', key: `:deferred-${index + 1}` })),
    specialArgs: new Map(),
    shorthandOnlyDefinesConfig: false,
    lib,
  };
  const type: OptionType = {
    name: 'deferredModule',
    description: 'module',
    descriptionClass: 'noun',
    functor: 'deferredModuleWith',
    check: (value) =>
      ['attrs', 'lambda', 'primop', 'path'].includes(value.type) ||
      (value.type === 'string' && value.text.startsWith('/')),
    merge(definitions, { open: more }) {
      const imports: Thunk[] = [...fixed];
      let open = more;
      for (const { value, maybe, file } of definitions) {
        const known = inspect(value);
        if (known instanceof Failure) return raise(known);
        if (known instanceof Unknown || maybe !== null) open ??= known instanceof Unknown ? known : maybe;
        else imports.push(ready(record({ _file: string(file), imports: list([value]) })));
      }
      return attrs(
        new Map([['imports', attr(ready(list(imports, null, open)))]]),
        definitions[0]?.value.origin ?? null,
      );
    },
    subOptions: (prefix, machine) => documented(systemFor(as, prefix, machine), prefix, machine),
    subModules: fixed,
    withSubModules: (modules) => deferredModule(modules, lib),
    merged(other) {
      const more = DEFERRED.get(other);
      return more === undefined ? null : deferredModule([...fixed, ...more], lib);
    },
  };
  DEFERRED.set(type, fixed);
  return type;
}

/** `types.deferredModule` without modules of its own. */
export const deferredModuleType = deferredModule([], () =>
  ready(new Unknown('external', '`lib` is not at hand here')),
);
