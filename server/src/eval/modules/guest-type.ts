import { inspect, ready, type Thunk } from '../thunk';
import { Failure, Unknown, type Attr } from '../value';
import type { ModuleInput } from './collect';
import type { OptionType } from './option-type';
import { ModuleSystem, submoduleArgs } from './system';

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
    merge(definitions, { machine, loc, open }) {
      const name = loc[loc.length - 2] ?? '';
      const special = inspect(spec.specialArgs);
      const specialArgs = new Map<string, Attr>(submoduleArgs(spec.lib, name));
      specialArgs.delete('name');
      const known =
        special instanceof Unknown || special instanceof Failure || special.type !== 'attrs' ? null : special;
      for (const [arg, attr] of known?.entries ?? []) specialArgs.set(arg, attr);
      const modules = definitions.map(({ value, file, maybe }, index): ModuleInput => {
        return { value: maybe === null ? value : ready(maybe), file, key: `${loc.join('.')}#${index}` };
      });
      if (open !== null) modules.push({ value: ready(open), file: '', key: `${loc.join('.')}#open` });
      const system = new ModuleSystem({
        machine,
        modules: [...spec.base(name), ...modules],
        specialArgs,
        specialArgsOpen: special instanceof Unknown ? special : (known?.open ?? null),
        fallbackArgs: spec.fallbackArgs,
        prefix: loc,
        undeclaredOptions: true,
      });
      return system.config.force();
    },
  };
}
