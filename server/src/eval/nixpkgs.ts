import { NamingText, type Content } from './content';
import { attr, attrs, primop, record } from './construct';
import { extendSet } from './lib/fixed-points';
import { libIn } from './lib/index';
import { libThunk } from './lib/modules';
import type { ModuleInput } from './modules/collect';
import { evalConfig, nixosSystem } from './nixos';
import { define } from './primop';
import { lazily, ready, type Thunk } from './thunk';
import {
  fail,
  raise,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Origin,
  type Primop,
  type Value,
} from './value';

/** nixpkgs as the repository gets hold of it: as a flake input, as a folder that it imports from, as a package set. */

function fromNixpkgs(what: string): Unknown {
  return new Unknown('external', `${what} comes from nixpkgs`);
}

function functionOf(name: string, arity: 1 | 2, run: (call: Call, ...args: Thunk[]) => Value): Value {
  return primop(define(name, arity, run));
}

/** A set of packages: its `lib`, and where it comes from. What else it holds is not known. */
export function packageSet(base: readonly ModuleInput[]): AttrsValue {
  const entries = new Map<string, Attr>([
    ['lib', attr(libThunk())],
    ['path', attr(ready(nixpkgsPath(base)))],
  ]);
  return attrs(entries, null, fromNixpkgs('what a package set holds'));
}

/** The files of nixpkgs that a repository imports, by their path in it, and what they give. */
const FILES: Readonly<Record<string, (base: readonly ModuleInput[]) => Value>> = {
  '': (base) => functionOf('nixpkgs', 1, () => packageSet(base)),
  '/lib': () => libThunk().force(),
  '/nixos': (base) => functionOf('nixos', 1, (call, args) => evaluateConfiguration(args, base, call)),
  '/nixos/lib/eval-config.nix': (base) => primop(evalConfig(libThunk(), base)),
};

/** The folder of nixpkgs: its name is not known; some of its files are. */
export function nixpkgsPath(base: readonly ModuleInput[]): Value {
  return new NamingText(fromNixpkgs('the path of nixpkgs'), nixpkgsContent('', base), null);
}

function nixpkgsContent(below: string, base: readonly ModuleInput[]): Content {
  return {
    path: null,
    import: () => {
      const file = below.replace(/\/+$/, '').replace(/\/default\.nix$/, '');
      return FILES[file]?.(base) ?? raise(fromNixpkgs(`\`${file.slice(1)}\``));
    },
    followedBy: (text) => nixpkgsContent(below + text, base),
  };
}

/** What of nixpkgs is known wherever it is looked up, by its path there. */
const EVERYWHERE: ReadonlySet<string> = new Set(['', '/lib']);

/** `<nixpkgs>` and `<nixpkgs/…>`: what the name stands for by convention; null for any other name. */
export function searchedNixpkgs(name: string, at: Origin): Value | null {
  if (!/^nixpkgs(\/|$)/.test(name)) return null;
  const outside = (below: string): Content => ({
    path: null,
    import: (origin, machine) => {
      const file = below.replace(/\/+$/, '').replace(/\/default\.nix$/, '');
      return EVERYWHERE.has(file)
        ? nixpkgsContent(below, []).import(origin, machine)
        : raise(fromNixpkgs(`\`${file.slice(1)}\``));
    },
    followedBy: (text) => outside(below + text),
  });
  const reason = new Unknown('external', `\`<${name}>\` is looked up in NIX_PATH`, at);
  return new NamingText(reason, outside(name.slice('nixpkgs'.length)), at);
}

/** `import <nixpkgs/nixos> { configuration = …; }`. */
function evaluateConfiguration(args: Thunk, base: readonly ModuleInput[], call: Call): Value {
  const given = args.force();
  if (given.type !== 'attrs') return fail('type', 'nixos wants a set', call.at);
  const configuration = given.entries.get('configuration')?.value;
  if (configuration === undefined) return raise(fromNixpkgs('the configuration that NIX_PATH names'));
  const modules = record({ modules: { type: 'list', items: [configuration], open: null, origin: call.at } });
  return evalConfig(libThunk(), base).run([ready(modules)], call);
}

/** What nixpkgs' flake adds to `lib`. */
function flakeOverlay(base: readonly ModuleInput[]): Primop {
  return define('nixpkgs', 2, (_call, final) => record({ nixosSystem: primop(nixosSystem(final, base)) }));
}

/** `nixpkgs.lib`: `lib` with `nixosSystem`, which gives its modules the `lib` it stands in. */
export function flakeLib(base: readonly ModuleInput[], call: Call): Value {
  return extendSet(libIn, ready(primop(flakeOverlay(base))), call);
}

/** What the flake input `nixpkgs` holds. */
export function nixpkgsFlake(base: readonly ModuleInput[], call: Call): AttrsValue {
  const entries = new Map<string, Attr>([
    ['lib', attr(lazily(() => flakeLib(base, call)))],
    ['outPath', attr(ready(nixpkgsPath(base)))],
    ['legacyPackages', attr(ready(attrs(new Map(), null, fromNixpkgs('what `legacyPackages` holds'))))],
  ]);
  return attrs(entries, null, fromNixpkgs('what the input `nixpkgs` holds besides `lib`'));
}
