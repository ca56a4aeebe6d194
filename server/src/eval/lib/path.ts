import { isInside } from '../../nix/paths';
import { forceItems, forceString } from '../arguments';
import { bool, list, path as pathValue, record, string } from '../construct';
import { add } from '../operators';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, typeName, type Call, type Value } from '../value';
import { text, type LibTable } from './support';

/** nixpkgs lib/path. */

/** Why a value is no subpath; null when it is one. */
function invalidReason(value: Value): string | null {
  if (value.type !== 'string')
    return `The given value is of type ${typeName(value)}, but a string was expected`;
  if (value.text === '') return 'The given string is empty';
  if (value.text.startsWith('/'))
    return `The given string "${value.text}" starts with a \`/\`, representing an absolute path`;
  if (value.text.split('/').includes('..'))
    return `The given string "${value.text}" contains a \`..\` component, which is not allowed in subpaths`;
  return null;
}

function subpathOf(thunk: Thunk, what: string, call: Call): string {
  const reason = invalidReason(thunk.force());
  return reason === null
    ? forceString(thunk, call)
    : fail('throw', `lib.path.${what} is not a valid subpath string:\n    ${reason}`, call.at);
}

function components(subpath: string): string[] {
  return subpath.split('/').filter((part) => part !== '' && part !== '.');
}

function joined(parts: readonly string[]): string {
  return `./${parts.length === 0 ? '.' : parts.join('/')}`;
}

function pathOf(thunk: Thunk, what: string, call: Call): string {
  const value = thunk.force();
  return value.type === 'path'
    ? value.path
    : fail('throw', `lib.path.${what} is of type ${typeName(value)}, but a path was expected`, call.at);
}

export const subpath: LibTable = {
  isValid: define('isValid', 1, (call, value) => bool(invalidReason(value.force()) === null, call.at)),
  join: define('join', 1, (call, subpaths) => {
    const parts = forceItems(subpaths, call).map((item, index) =>
      subpathOf(item, `subpath.join: Element at index ${index}`, call),
    );
    return string(joined(parts.flatMap(components)), call.at);
  }),
  components: define('components', 1, (call, value) =>
    list(
      components(subpathOf(value, 'subpath.components: Argument', call)).map((part) => text(part, call)),
      call.at,
    ),
  ),
  normalise: define('normalise', 1, (call, value) =>
    string(joined(components(subpathOf(value, 'subpath.normalise: Argument', call))), call.at),
  ),
};

export const path: LibTable = {
  append: define('append', 2, (call, base, value) => {
    pathOf(base, 'append: The first argument', call);
    return add(
      base.force(),
      string(`/${subpathOf(value, 'append: Second argument', call)}`),
      call.at,
      call.machine,
    );
  }),
  hasPrefix: define('hasPrefix', 2, (call, folder, inner) =>
    bool(
      isInside(
        pathOf(folder, 'hasPrefix: First argument', call),
        pathOf(inner, 'hasPrefix: Second argument', call),
      ),
      call.at,
    ),
  ),
  removePrefix: define('removePrefix', 2, (call, folder, inner) => {
    const [outer, whole] = [
      pathOf(folder, 'removePrefix: First argument', call),
      pathOf(inner, 'removePrefix: Second argument', call),
    ];
    if (!isInside(outer, whole)) {
      return fail(
        'throw',
        `lib.path.removePrefix: The first path argument "${outer}" is not a component-wise prefix of the second path argument "${whole}".`,
        call.at,
      );
    }
    return string(joined(components(whole.slice(outer.length))), call.at);
  }),
  splitRoot: define('splitRoot', 1, (call, value) => {
    const whole = pathOf(value, 'splitRoot: Argument', call);
    return record(
      { root: pathValue('/', call.at), subpath: string(joined(components(whole)), call.at) },
      call.at,
    );
  }),
  hasStorePathPrefix: define('hasStorePathPrefix', 1, (call, value) => {
    const whole = pathOf(value, 'hasStorePathPrefix: Argument', call);
    return bool(/^\/nix\/store\/.{32}-./.test(whole) || /^\/[0-9a-z]{52}(\/|$)/.test(whole), call.at);
  }),
};
