import { attr, attrs, list, record } from './construct';
import { libThunk, systemValue } from './lib/modules';
import type { ModuleInput } from './modules/collect';
import { ModuleSystem, type SystemSpec } from './modules/system';
import { define } from './primop';
import { inspect, ready, type Thunk } from './thunk';
import {
  fail,
  Failure,
  Unknown,
  type Attr,
  type Machine,
  type Origin,
  type Primop,
  type Value,
} from './value';

/** `nixpkgs.lib.nixosSystem` and what a NixOS evaluation gives every module. */

function fromNixpkgs(what: string): Unknown {
  return new Unknown('external', `${what} comes from nixpkgs`);
}

/** The arguments that NixOS itself provides: packages and paths of nixpkgs, whose content is not known. */
export function nixosArguments(): ReadonlyMap<string, Thunk> {
  const packages = attrs(new Map([['lib', attr(libThunk())]]), null, fromNixpkgs('what `pkgs` holds'));
  return new Map([
    ['pkgs', ready(packages)],
    ['modulesPath', ready(fromNixpkgs('`modulesPath`'))],
    ['utils', ready(fromNixpkgs('`utils`'))],
    ['baseModules', ready(fromNixpkgs('`baseModules`'))],
    ['extraModules', ready(list([]))],
    ['modules', ready(fromNixpkgs('`modules`'))],
  ]);
}

/** A host's modules and arguments, as `nixosSystem` gets them. */
export interface HostModules {
  readonly modules: readonly ModuleInput[];
  readonly specialArgs: Value | Unknown | Failure | null;
}

/** The evaluation of a host. `base` declares the options that are known without nixpkgs. */
export function nixosHost(host: HostModules, base: readonly ModuleInput[], machine: Machine): ModuleSystem {
  const special = host.specialArgs;
  const known =
    special === null || special instanceof Unknown || special instanceof Failure || special.type !== 'attrs'
      ? null
      : special;
  const specialArgs = new Map<string, Attr>([['lib', attr(libThunk())], ...(known?.entries ?? [])]);
  const spec: SystemSpec = {
    machine,
    modules: [...base, ...host.modules],
    specialArgs,
    specialArgsOpen: special instanceof Unknown ? special : (known?.open ?? null),
    fallbackArgs: nixosArguments(),
    prefix: [],
    undeclaredOptions: true,
  };
  return new ModuleSystem(spec);
}

/** `nixpkgs.lib.nixosSystem`: the host's evaluation, lazily; the result carries the `ModuleSystem` as its native side. */
export function nixosSystem(base: readonly ModuleInput[]): Primop {
  return define('nixosSystem', 1, (call, argument) => {
    const given = argument.force();
    if (given.type !== 'attrs') return fail('type', 'nixosSystem wants a set', call.at);
    const special = given.entries.get('specialArgs');
    const host: HostModules = {
      modules: moduleInputs(given.entries.get('modules')?.value, call.at),
      specialArgs: special === undefined ? null : inspect(special.value),
    };
    return systemValue(nixosHost(host, base, call.machine));
  });
}

function moduleInputs(thunk: Thunk | undefined, at: Origin): ModuleInput[] {
  const file = at?.anchor.source ?? '';
  if (thunk === undefined) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure)
    return [{ value: ready(value), file, key: ':modules' }];
  if (value.type !== 'list')
    return [
      { value: ready(new Failure('type', '`modules` must be a list', value.origin)), file, key: ':modules' },
    ];
  const inputs = value.items.map((item, index): ModuleInput => ({
    value: item,
    file,
    key: `:anon-${index + 1}`,
  }));
  if (value.open !== null) inputs.push({ value: ready(value.open), file, key: ':open' });
  return inputs;
}

/** What the flake input `nixpkgs` holds: its `lib`, with `nixosSystem`. */
export function nixpkgsInput(base: readonly ModuleInput[]): Value {
  const lib = libThunk().force();
  const entries = new Map<string, Attr>(lib.type === 'attrs' ? lib.entries : []);
  entries.set(
    'nixosSystem',
    attr(ready({ type: 'primop', primop: nixosSystem(base), given: [], origin: null })),
  );
  const flakeLib = attrs(entries, null, lib.type === 'attrs' ? lib.open : null);
  const set = record({ lib: flakeLib });
  return attrs(set.entries, null, fromNixpkgs('what the input `nixpkgs` holds besides `lib`'));
}
