import { forceString } from '../arguments';
import { compareText } from '../compare';
import { int, listOf, record, string } from '../construct';
import { define, type FunctionTable } from '../primop';

/** Source of all rules here: Nix's names.cc. */
const COMPONENT = /[0-9]+|[^0-9.-]+/g;

/** The parts that a version is compared by: runs of digits, and runs of anything else between dots and dashes. */
export function splitVersion(version: string): readonly string[] {
  return version.match(COMPONENT) ?? [];
}

/** Negative, zero or positive as the first version is older, the same or newer. */
export function compareVersions(a: string, b: string): number {
  const left = splitVersion(a);
  const right = splitVersion(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (isOlder(x, y)) return -1;
    if (isOlder(y, x)) return 1;
  }
  return 0;
}

function isOlder(a: string, b: string): boolean {
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== null && y !== null) return x < y;
  if (a === '' && y !== null) return true;
  if (a === 'pre' && b !== 'pre') return true;
  if (b === 'pre') return false;
  if (y !== null) return true;
  if (x !== null) return false;
  return compareText(a, b) < 0;
}

/** Nix reads components as 32-bit integers; longer ones are compared as text. */
function asNumber(component: string): number | null {
  if (!/^[0-9]+$/.test(component)) return null;
  const number = Number(component);
  return number <= 0x7fffffff ? number : null;
}

export const VERSIONS: FunctionTable = {
  compareVersions: define('compareVersions', 2, (call, a, b) =>
    int(Math.sign(compareVersions(forceString(a, call), forceString(b, call))), call.at),
  ),
  splitVersion: define('splitVersion', 1, (call, version) =>
    listOf(
      splitVersion(forceString(version, call)).map((part) => string(part)),
      call.at,
    ),
  ),
  parseDrvName: define('parseDrvName', 1, (call, text) => {
    const whole = forceString(text, call);
    const dash = whole.search(/-[^A-Za-z]/s);
    const name = dash < 0 ? whole : whole.slice(0, dash);
    const version = dash < 0 ? '' : whole.slice(dash + 1);
    return record({ name: string(name), version: string(version) }, call.at);
  }),
};
