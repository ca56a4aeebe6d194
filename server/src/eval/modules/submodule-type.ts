import { attr, list } from '../construct';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import { Failure, raise, Unknown, type Attr, type Value } from '../value';
import type { ModuleInput } from './collect';
import type { OptionType } from './option-type';
import { ModuleSystem, submoduleArgs } from './system';

export interface SubmoduleSpec {
  readonly modules: readonly ModuleInput[];
  /** `specialArgs` of `submoduleWith`. */
  readonly specialArgs: ReadonlyMap<string, Attr>;
  /** Whether a set is only configuration, even where it has an attribute `config` or `options`. */
  readonly shorthandOnlyDefinesConfig: boolean;
  /** Whether the type has options that are not known; false unless said. */
  readonly undeclaredOptions?: boolean;
  /** nixpkgs' `lib`, as the modules get it. */
  readonly lib: () => Thunk;
}

/** `types.submodule` and `types.submoduleWith`. Its value is a set whose native side is the `ModuleSystem`. */
export function submoduleType(spec: SubmoduleSpec): OptionType {
  return {
    name: 'submodule',
    description: 'submodule',
    check: (value) => ['attrs', 'lambda', 'primop', 'path'].includes(value.type),
    merge(definitions, { machine, loc }) {
      const name = loc[loc.length - 1] ?? '';
      const system = new ModuleSystem({
        machine,
        modules: [
          ...spec.modules,
          ...definitions.map((definition, index): ModuleInput => {
            const key = `${loc.join('.')}#${index}`;
            const { maybe } = definition;
            if (maybe !== null) return { value: ready(maybe), file: definition.file, key };
            return {
              value: asModule(definition.value, spec.shorthandOnlyDefinesConfig),
              file: definition.file,
              key,
            };
          }),
        ],
        specialArgs: new Map([...submoduleArgs(spec.lib(), name), ...spec.specialArgs]),
        specialArgsOpen: null,
        fallbackArgs: new Map(),
        prefix: loc,
        undeclaredOptions: spec.undeclaredOptions ?? false,
      });
      return system.config.force();
    },
    merged: (other) =>
      other.name === 'submodule' && isSubmodule(other) ? submoduleWithMore(spec, other) : null,
    submodule: spec,
  } as OptionType & { submodule: SubmoduleSpec };
}

function isSubmodule(type: OptionType): type is OptionType & { submodule: SubmoduleSpec } {
  return 'submodule' in type;
}

function submoduleWithMore(
  first: SubmoduleSpec,
  second: OptionType & { submodule: SubmoduleSpec },
): OptionType {
  return submoduleType({
    ...first,
    modules: [...first.modules, ...second.submodule.modules],
    specialArgs: new Map([...first.specialArgs, ...second.submodule.specialArgs]),
  });
}

/** A definition as a module: a set is configuration, a function or a path a module of its own. */
function asModule(value: Thunk, onlyConfig: boolean): Thunk {
  if (!onlyConfig) return value;
  return lazily(() => {
    const known = value.force();
    if (known.type !== 'attrs' || known.entries.has('__functor')) return known;
    return {
      type: 'attrs',
      entries: new Map([['config', attr(ready(known))]]),
      open: null,
      origin: known.origin,
    };
  }, value.origin);
}

/** `types.deferredModule`: modules that somebody else evaluates; the value is a module that imports them all. */
export const deferredModuleType: OptionType = {
  name: 'deferredModule',
  description: 'module',
  check: (value) => ['attrs', 'lambda', 'primop', 'path', 'string'].includes(value.type),
  merge(definitions) {
    const imports: Thunk[] = [];
    let open: Unknown | null = null;
    for (const { value, maybe } of definitions) {
      const known = inspect(value);
      if (known instanceof Failure) return raise(known);
      if (known instanceof Unknown || maybe !== null) open ??= known instanceof Unknown ? known : maybe;
      else imports.push(value);
    }
    const result: Value = {
      type: 'attrs',
      entries: new Map([['imports', attr(ready(list(imports, null, open)))]]),
      open: null,
      origin: definitions[0]?.value.origin ?? null,
    };
    return result;
  },
};
