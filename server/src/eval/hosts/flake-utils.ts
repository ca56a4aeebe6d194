import { forceAttrs, forceItems, forceString } from '../arguments';
import { attr, attrs, listOf, primop, record, string } from '../construct';
import { lazily, ready, type Thunk } from '../thunk';
import { define } from '../primop';
import { invoke, tolerate } from '../lib/support';
import { Unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';

/** The flake `flake-utils`: outputs for each system. Source: github:numtide/flake-utils, lib.nix. */

const DEFAULT_SYSTEMS = ['aarch64-darwin', 'aarch64-linux', 'x86_64-darwin', 'x86_64-linux'];

function defaultSystems(): Thunk {
  return ready(listOf(DEFAULT_SYSTEMS.map((name) => string(name))));
}

/** `{ a = f(system).a.${system}; … }`: what each system's outputs hold, by output and then by system. */
export function eachSystem(systems: Thunk, fn: Thunk, call: Call): Value {
  const names = forceItems(systems, call).map((item) => forceString(item, call));
  const outputs = new Map<string, Map<string, Attr>>();
  let open: Unknown | null = null;
  for (const name of names) {
    const made = tolerate(() => invoke(call, fn, ready(string(name))));
    if (made instanceof Unknown) {
      open ??= made;
      continue;
    }
    const set = forceAttrs(ready(made), call);
    open ??= set.open;
    for (const [output, entry] of set.entries) {
      const bySystem = outputs.get(output) ?? new Map<string, Attr>();
      outputs.set(output, bySystem.set(name, entry));
    }
  }
  const entries = [...outputs].map(([output, bySystem]): [string, Attr] => [
    output,
    attr(ready(attrs(bySystem, call.at))),
  ]);
  return attrs(new Map(entries), call.at, open);
}

function eachSystemMap(systems: Thunk, fn: Thunk, call: Call): Value {
  const names = forceItems(systems, call).map((item) => forceString(item, call));
  const entries = names.map((name): [string, Attr] => [
    name,
    attr(lazily(() => invoke(call, fn, ready(string(name))), call.at)),
  ]);
  return attrs(new Map(entries), call.at);
}

const FUNCTIONS = {
  eachSystem: define('eachSystem', 2, (call, systems, fn) => eachSystem(systems, fn, call)),
  eachDefaultSystem: define('eachDefaultSystem', 1, (call, fn) => eachSystem(defaultSystems(), fn, call)),
  eachSystemMap: define('eachSystemMap', 2, (call, systems, fn) => eachSystemMap(systems, fn, call)),
  eachDefaultSystemMap: define('eachDefaultSystemMap', 1, (call, fn) =>
    eachSystemMap(defaultSystems(), fn, call),
  ),
};

/** What the flake input holds. */
export function flakeUtilsFlake(): AttrsValue {
  const more = new Unknown(
    'external',
    'what the input `flake-utils` holds comes from outside the repository',
  );
  const functions = Object.entries(FUNCTIONS).map(([name, fn]): [string, Attr] => [
    name,
    attr(ready(primop(fn))),
  ]);
  const lib = attrs(new Map([...functions, ['defaultSystems', attr(defaultSystems())]]), null, more);
  return attrs(record({ lib }).entries, null, more);
}
