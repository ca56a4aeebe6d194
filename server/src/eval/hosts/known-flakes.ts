import type { ModuleInput } from '../modules/collect';
import { nixpkgsFlake } from '../nixpkgs';
import type { AttrsValue, Call, Machine } from '../value';
import { colmenaFlake } from './colmena';
import { extraContainerFlake } from './extra-container';
import { flakePartsFlake } from './flake-parts';
import { flakeUtilsFlake } from './flake-utils';
import { importTreeFlake } from './import-tree';
import type { Reference } from './reference';
import { snowfallFlake } from './snowfall';

/** What the flakes that declare or import hosts need to do so. */
export interface HostTools {
  /** Declares the options that are known without nixpkgs. */
  readonly base: readonly ModuleInput[];
  readonly machine: Machine;
}

type Build = (tools: HostTools, call: Call) => AttrsValue;

/** Flakes from outside the repository whose functions this engine has, by the name of their repository. */
const FLAKES: Readonly<Record<string, Build>> = {
  nixpkgs: ({ base }, call) => nixpkgsFlake(base, call),
  'flake-parts': flakePartsFlake,
  'flake-utils': () => flakeUtilsFlake(),
  'import-tree': (_tools, call) => importTreeFlake(call),
  colmena: colmenaFlake,
  'extra-container': extraContainerFlake,
  'snowfall-lib': snowfallFlake,
};

/** Repositories that hold the same under another name: `owner/name`, or the name alone. */
const SAME_AS: Readonly<Record<string, string>> = {
  'snowfallorg/lib': 'snowfall-lib',
  'devenv-nixpkgs': 'nixpkgs',
  'nixpkgs-weekly': 'nixpkgs',
  'nixpkgs-unfree': 'nixpkgs',
  'nixpkgs.lib': 'nixpkgs',
};

/** The value of a flake input from outside the repository; null where it is not known. */
export function knownFlake(input: string, reference: Reference, tools: HostTools): AttrsValue | null {
  const build = FLAKES[nameOf(input, reference)];
  return build?.(tools, { at: null, machine: tools.machine }) ?? null;
}

function nameOf(input: string, reference: Reference): string {
  // A tarball, or a fork under another name, that is called nixpkgs.
  const taken = input === 'nixpkgs' ? 'nixpkgs' : '';
  if (reference.kind !== 'repository') return taken;
  const { owner, name } = reference;
  const full = SAME_AS[`${owner ?? ''}/${name}`] ?? SAME_AS[name] ?? name;
  return full in FLAKES || !full.includes('nixpkgs') ? full : taken;
}
