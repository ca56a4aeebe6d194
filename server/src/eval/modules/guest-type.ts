import { attr } from '../construct';
import { inspect, ready, type Thunk } from '../thunk';
import { Failure, Unknown, type Attr } from '../value';
import type { ModuleInput } from './collect';
import type { Definition } from './definition';
import { DefinitionModules } from './definition-modules';
import type { MergeContext, OptionType } from './option-type';
import { placeOf } from './place';
import { ModuleSystem } from './system';

export interface GuestSpec {
  /** Modules that every guest has before its own. */
  readonly base: (name: string) => readonly ModuleInput[];
  readonly fallbackArgs: ReadonlyMap<string, Thunk>;
  /** The container's `specialArgs`. */
  readonly specialArgs: Thunk;
  readonly lib: Thunk;
}

/**
 * The type of `containers.<name>.config`: every definition is a module of a NixOS evaluation of its own, and the value
 * is that evaluation's `config`. Source: nixpkgs nixos/modules/virtualisation/nixos-containers.nix ("Toplevel NixOS config").
 */
export function guestType(spec: GuestSpec): OptionType {
  return {
    name: 'Toplevel NixOS config',
    description: 'Toplevel NixOS config',
    check: () => true,
    merge(definitions, context) {
      const place = placeOf(definitions, context);
      const args = specialArgsOf(spec);
      if (place === null)
        return guest(
          spec,
          args,
          () => definitions,
          () => context.open,
          context,
        ).config.force();
      const kept = place.keep(spec, () => ({
        args,
        system: guest(
          spec,
          args,
          () => place.counted.force(),
          () => place.open,
          context,
        ),
      }));
      if (!sameArguments(kept.args, args)) {
        kept.args = args;
        kept.system = guest(
          spec,
          args,
          () => place.counted.force(),
          () => place.open,
          context,
        );
      }
      return kept.system.config.force();
    },
  };
}

interface Arguments {
  readonly given: ReadonlyMap<string, Attr>;
  /** Why there may be more; null when these are all. */
  readonly open: Unknown | null;
}

function specialArgsOf({ specialArgs }: GuestSpec): Arguments {
  const special = inspect(specialArgs);
  if (special instanceof Unknown) return { given: new Map(), open: special };
  if (special instanceof Failure || special.type !== 'attrs') return { given: new Map(), open: null };
  return { given: new Map(special.entries), open: special.open };
}

function sameArguments(before: Arguments, after: Arguments): boolean {
  return (
    before.open === after.open &&
    before.given.size === after.given.size &&
    [...before.given].every(([name, { value }]) => after.given.get(name)?.value === value)
  );
}

function guest(
  spec: GuestSpec,
  args: Arguments,
  definitions: () => readonly Definition[],
  open: () => Unknown | null,
  { machine, loc }: MergeContext,
): ModuleSystem {
  const name = loc[loc.length - 2] ?? '';
  const base = spec.base(name);
  const own = new DefinitionModules(loc, false);
  return new ModuleSystem(
    {
      machine,
      modules: base,
      specialArgs: new Map<string, Attr>([['lib', attr(spec.lib)], ...args.given]),
      specialArgsOpen: args.open,
      fallbackArgs: spec.fallbackArgs,
      prefix: loc,
      undeclaredOptions: true,
    },
    () => {
      const hidden = open();
      const more: ModuleInput[] =
        hidden === null ? [] : [{ value: ready(hidden), file: '', key: `${loc.join('.')}#open` }];
      return [...base, ...own.of(definitions()), ...more];
    },
  );
}
