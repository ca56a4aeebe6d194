import { string } from '../construct';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { toUpper } from './strings-text';
import { interpolated, type LibTable } from './support';

/** nixpkgs lib/strings.nix: flags of build systems. */

function asserted(holds: boolean, call: Call): void {
  if (!holds) fail('assert', 'assertion failed', call.at);
}

function forceBool(thunk: Thunk, call: Call): boolean {
  const value = thunk.force();
  asserted(value.type === 'bool', call);
  return value.type === 'bool' && value.value;
}

function forceString(thunk: Thunk, call: Call): string {
  const value = thunk.force();
  asserted(value.type === 'string', call);
  return value.type === 'string' ? value.text : '';
}

const CMAKE_TYPES = ['BOOL', 'FILEPATH', 'PATH', 'STRING', 'INTERNAL', 'LIST'];

function cmakeOption(type: string, feature: string, value: string, call: Call): Value {
  asserted(CMAKE_TYPES.includes(toUpper(type)), call);
  return string(`-D${feature}:${toUpper(type)}=${value}`, call.at);
}

function flag(on: boolean, words: readonly [string, string], feature: Thunk, call: Call): string {
  return `--${words[on ? 0 : 1]}-${forceString(feature, call)}`;
}

function flagAs(
  on: Thunk,
  words: readonly [string, string],
  feature: Thunk,
  value: Thunk,
  call: Call,
): Value {
  const holds = forceBool(on, call);
  return string(flag(holds, words, feature, call) + (holds ? `=${interpolated(value, call)}` : ''), call.at);
}

const ENABLE = ['enable', 'disable'] as const;
const WITH = ['with', 'without'] as const;

export const buildFlags: LibTable = {
  cmakeOptionType: define('cmakeOptionType', 3, (call, type, feature, value) =>
    cmakeOption(forceString(type, call), forceString(feature, call), forceString(value, call), call),
  ),
  cmakeBool: define('cmakeBool', 2, (call, feature, on) =>
    cmakeOption('bool', forceString(feature, call), forceBool(on, call) ? 'TRUE' : 'FALSE', call),
  ),
  cmakeFeature: define('cmakeFeature', 2, (call, feature, value) =>
    cmakeOption('string', forceString(feature, call), forceString(value, call), call),
  ),
  mesonOption: define('mesonOption', 2, (call, feature, value) =>
    string(`-D${forceString(feature, call)}=${forceString(value, call)}`, call.at),
  ),
  mesonBool: define('mesonBool', 2, (call, feature, on) =>
    string(`-D${forceString(feature, call)}=${forceBool(on, call) ? 'true' : 'false'}`, call.at),
  ),
  mesonEnable: define('mesonEnable', 2, (call, feature, on) =>
    string(`-D${forceString(feature, call)}=${forceBool(on, call) ? 'enabled' : 'disabled'}`, call.at),
  ),
  enableFeature: define('enableFeature', 2, (call, on, feature) =>
    string(flag(forceBool(on, call), ENABLE, feature, call), call.at),
  ),
  enableFeatureAs: define('enableFeatureAs', 3, (call, on, feature, value) =>
    flagAs(on, ENABLE, feature, value, call),
  ),
  withFeature: define('withFeature', 2, (call, on, feature) =>
    string(flag(forceBool(on, call), WITH, feature, call), call.at),
  ),
  withFeatureAs: define('withFeatureAs', 3, (call, on, feature, value) =>
    flagAs(on, WITH, feature, value, call),
  ),
};
