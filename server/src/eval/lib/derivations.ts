import { forceBool } from '../arguments';
import { nullValue } from '../construct';
import { define } from '../primop';
import { inherited, type LibTable } from './support';

/** nixpkgs lib/derivations.nix, but for what makes derivations. */

export const derivations: LibTable = {
  ...inherited('addDrvOutputDependencies', 'unsafeDiscardOutputDependency'),
  optionalDrvAttr: define('optionalDrvAttr', 2, (call, condition, value) =>
    forceBool(condition, call) ? value.force() : nullValue(call.at),
  ),
  warnOnInstantiate: define('warnOnInstantiate', 2, (_call, _message, drv) => drv.force()),
};
