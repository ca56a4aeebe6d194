import { forceInt, forceItems, forceString } from '../arguments';
import { string } from '../construct';
import { define } from '../primop';
import { lazily, type Thunk } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { callBuiltin, inherited, interpolated, type LibTable } from './support';

/** nixpkgs lib/versions.nix. */

function parts(version: Thunk, call: Call): string[] {
  return forceItems(
    lazily(() => callBuiltin('splitVersion', call, version)),
    call,
  ).map((part) => forceString(part, call));
}

function partAt(index: number, version: Thunk, call: Call): Value {
  const part = parts(version, call)[index];
  return part === undefined
    ? fail('type', `list index ${index} is out of bounds`, call.at)
    : string(part, call.at);
}

export const versions: LibTable = {
  ...inherited('compareVersions', 'splitVersion'),
  major: define('major', 1, (call, version) => partAt(0, version, call)),
  minor: define('minor', 1, (call, version) => partAt(1, version, call)),
  patch: define('patch', 1, (call, version) => partAt(2, version, call)),
  majorMinor: define('majorMinor', 1, (call, version) =>
    string(parts(version, call).slice(0, 2).join('.'), call.at),
  ),
  pad: define('pad', 2, (call, count, version) => {
    const whole = interpolated(version, call);
    const [numeric = ''] = whole.split('-');
    const wanted = Number(forceInt(count, call));
    if (wanted < 0) return fail('type', `cannot create list of size ${wanted}`, call.at);
    const split = parts(
      lazily(() => string(numeric, call.at)),
      call,
    );
    return string(
      [...split, ...Array.from({ length: wanted }, () => '0')].slice(0, wanted).join('.') +
        whole.slice(numeric.length),
      call.at,
    );
  }),
};
