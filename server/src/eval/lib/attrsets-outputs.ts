import { forceBool, forceList, forceString } from '../arguments';
import { bool, list } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, type Thunk } from '../thunk';
import { fail, unknown, type Call, type Value } from '../value';
import { pathOf } from './attrsets-paths';
import type { LibTable } from './support';

/** nixpkgs lib/attrsets.nix: packages and their outputs. */

/** `getOutput`: the named output of a package, unless it already is one. */
export function outputOf(output: string, pkg: Thunk, call: Call): Value {
  const value = pkg.force();
  if (value.type !== 'attrs') return value;
  const specified = findAttr(value, 'outputSpecified');
  if (specified !== null && forceBool(specified.value, call)) return value;
  return (findAttr(value, output) ?? findAttr(value, 'out'))?.value.force() ?? value;
}

function firstOutput(candidates: readonly string[], pkg: Thunk, call: Call): Value {
  const value = pkg.force();
  if (value.type !== 'attrs') return fail('type', 'value is not a set while a set was expected', call.at);
  const specified = findAttr(value, 'outputSpecified');
  if (specified !== null && forceBool(specified.value, call)) return value;
  for (const name of candidates) {
    const found = findAttr(value, name);
    if (found !== null) return found.value.force();
  }
  return value;
}

/** Whether a value is a package. */
export function isDerivation(value: Value): boolean {
  if (value.type !== 'attrs') return false;
  const type = findAttr(value, 'type')?.value.force();
  return type?.type === 'string' && type.text === 'derivation';
}

export const outputs: LibTable = {
  isDerivation: define('isDerivation', 1, (call, value) => bool(isDerivation(value.force()), call.at)),
  toDerivation: define('toDerivation', 1, (call) =>
    unknown('external', '`lib.toDerivation` looks into the Nix store', call.at),
  ),
  getOutput: define('getOutput', 2, (call, output, pkg) => outputOf(forceString(output, call), pkg, call)),
  getFirstOutput: define('getFirstOutput', 2, (call, candidates, pkg) =>
    firstOutput(pathOf(candidates, call), pkg, call),
  ),
  getBin: define('getBin', 1, (call, pkg) => outputOf('bin', pkg, call)),
  getLib: define('getLib', 1, (call, pkg) => outputOf('lib', pkg, call)),
  getStatic: define('getStatic', 1, (call, pkg) => firstOutput(['static', 'lib', 'out'], pkg, call)),
  getDev: define('getDev', 1, (call, pkg) => outputOf('dev', pkg, call)),
  getInclude: define('getInclude', 1, (call, pkg) => firstOutput(['include', 'dev', 'out'], pkg, call)),
  getMan: define('getMan', 1, (call, pkg) => outputOf('man', pkg, call)),
  chooseDevOutputs: define('chooseDevOutputs', 1, (call, pkgs) => {
    const all = forceList(pkgs, call);
    return list(
      all.items.map((pkg) => lazily(() => outputOf('dev', pkg, call), pkg.origin)),
      call.at,
      all.open,
    );
  }),
};
