import { forceAttrs, forceString } from '../arguments';
import { equal } from '../compare';
import { attr, attrs, bool, int, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, typeName, unknown, type Call, type Value } from '../value';
import { isDerivation, outputOf } from './attrsets-outputs';
import { matches } from './attrsets-recursive';
import {
  callBuiltin,
  field,
  interpolated,
  invoke,
  invoked,
  mapValues,
  optionalField,
  overlay,
  type LibTable,
} from './support';
import { licenseTable } from './licenses';
import { functionOf } from './trivial';

/** nixpkgs lib/meta.nix. */

/** A package whose `meta` has some more attributes. */
function withMeta(more: Thunk, pkg: Thunk, call: Call): Value {
  const value = forceAttrs(pkg, call);
  const merged = (from: Value): Thunk =>
    lazily(
      () => overlay(optionalField(from, 'meta')?.force() ?? attrs(new Map(), call.at), more.force(), call),
      call.at,
    );
  const override = findAttr(value, 'overrideAttrs');
  if (override === null) return overlay(value, record({ meta: merged(value) }, call.at), call);
  const change = define('overrideAttrs', 1, (_call, old) => record({ meta: merged(old.force()) }, call.at));
  return invoke(call, override.value, ready(functionOf(change, call.at)));
}

function withPriority(priority: Thunk, pkg: Thunk, call: Call): Value {
  return withMeta(ready(record({ priority }, call.at)), pkg, call);
}

function eachPackage(set: Thunk, call: Call, change: (pkg: Thunk) => Value): Value {
  return mapValues(forceAttrs(set, call), call, (_name, pkg) =>
    lazily(() => (isDerivation(pkg.force()) ? change(pkg) : pkg.force()), pkg.origin),
  );
}

function renamed(pkg: Thunk, call: Call, rename: (name: Thunk) => Thunk): Value {
  const value = forceAttrs(pkg, call);
  return overlay(
    value,
    record({ name: rename(lazily(() => field(value, 'name', call).force(), call.at)) }, call.at),
    call,
  );
}

/** The path of a program in a package. */
function programOf(pkg: Thunk, name: string, call: Call): Value {
  const value = pkg.force();
  if (!isDerivation(value)) {
    return fail(
      'throw',
      `lib.meta.getExe': The first argument is of type ${typeName(value)}, but it should be a derivation instead.`,
      call.at,
    );
  }
  if (name.includes('/')) {
    return fail(
      'throw',
      `lib.meta.getExe': The second argument "${name}" is a nested path with a "/" character, but it should just be the name of the executable instead.`,
      call.at,
    );
  }
  return string(`${interpolated(ready(outputOf('bin', pkg, call)), call)}/bin/${name}`, call.at);
}

/** The name of a package's main program. */
function mainProgram(pkg: Thunk, call: Call): string {
  const value = pkg.force();
  const meta = optionalField(value, 'meta');
  const program = meta === null ? null : optionalField(meta.force(), 'mainProgram');
  if (program !== null) return forceString(program, call);
  const name = optionalField(value, 'pname');
  if (name !== null) return forceString(name, call);
  return forceString(
    field(callBuiltin('parseDrvName', call, field(value, 'name', call)), 'name', call),
    call,
  );
}

/** Whether a platform is the one that a package's `meta` names, or has what it asks for. */
function platformMatches(platform: Value, wanted: Value, call: Call): boolean {
  if (wanted.type === 'string') {
    const system = optionalField(platform, 'system')?.force();
    return system !== undefined && equal(wanted, system, call.machine);
  }
  const parsed = optionalField(wanted, 'parsed') === null;
  return matches(parsed ? record({ parsed: wanted }) : wanted, platform, call);
}

const LOW = ready(int(10));
const HIGH = ready(int(-10));

export const meta: LibTable = {
  addMetaAttrs: define('addMetaAttrs', 2, (call, more, pkg) => withMeta(more, pkg, call)),
  dontDistribute: define('dontDistribute', 1, (call, pkg) =>
    withMeta(ready(record({ hydraPlatforms: list([]) }, call.at)), pkg, call),
  ),
  setName: define('setName', 2, (call, name, pkg) => renamed(pkg, call, () => name)),
  updateName: define('updateName', 2, (call, fn, pkg) =>
    renamed(pkg, call, (name) => invoked(call, fn, name)),
  ),
  appendToName: define('appendToName', 2, (call, suffix, pkg) =>
    renamed(pkg, call, (name) =>
      lazily(() => {
        const parsed = callBuiltin('parseDrvName', call, name);
        const part = (which: string): string => forceString(field(parsed, which, call), call);
        return string(`${part('name')}-${interpolated(suffix, call)}-${part('version')}`, call.at);
      }),
    ),
  ),
  mapDerivationAttrset: define('mapDerivationAttrset', 2, (call, fn, set) =>
    eachPackage(set, call, (pkg) => invoke(call, fn, pkg)),
  ),
  defaultPriority: ready(int(5)),
  setPrio: define('setPrio', 2, (call, priority, pkg) => withPriority(priority, pkg, call)),
  lowPrio: define('lowPrio', 1, (call, pkg) => withPriority(LOW, pkg, call)),
  lowPrioSet: define('lowPrioSet', 1, (call, set) =>
    eachPackage(set, call, (pkg) => withPriority(LOW, pkg, call)),
  ),
  hiPrio: define('hiPrio', 1, (call, pkg) => withPriority(HIGH, pkg, call)),
  hiPrioSet: define('hiPrioSet', 1, (call, set) =>
    eachPackage(set, call, (pkg) => withPriority(HIGH, pkg, call)),
  ),
  platformMatch: define('platformMatch', 2, (call, platform, wanted) =>
    bool(platformMatches(platform.force(), wanted.force(), call), call.at),
  ),
  ...licenseTable,
  availableOn: define('availableOn', 2, (call) =>
    unknown('external', '`lib.meta.availableOn` depends on the platforms of a package', call.at),
  ),
  getExe: define('getExe', 1, (call, pkg) => programOf(pkg, mainProgram(pkg, call), call)),
  "getExe'": define("getExe'", 2, (call, pkg, name) => programOf(pkg, forceString(name, call), call)),
  cpeFullVersionWithVendor: define('cpeFullVersionWithVendor', 2, (call, vendor, version) =>
    attrs(
      new Map([
        ['vendor', attr(vendor, call.at)],
        ['version', attr(version, call.at)],
        ['update', attr(ready(string('*', call.at)), call.at)],
      ]),
      call.at,
    ),
  ),
};
