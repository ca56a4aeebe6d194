import { forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, list, nullValue, string } from '../construct';
import { define } from '../primop';
import { ready, type Thunk } from '../thunk';
import type { Attr, Call, Value } from '../value';
import { inherited, overlay, readFormals, selected, text, withFormals, type LibTable } from './support';

/** nixpkgs lib/derivations.nix, but for what makes derivations. */

const LAZY = { derivation: false, meta: true, passthru: true, outputs: true } as const;

/** What a derivation has without it being evaluated for its attributes' names. */
function lazyDerivation(argument: Thunk, call: Call): Value {
  const given = readFormals(argument, LAZY, call);
  const derivation = given.derivation as Thunk;
  const outputs =
    given.outputs === null ? ['out'] : forceItems(given.outputs, call).map((name) => forceString(name, call));
  const entries = new Map<string, Attr>([['type', attr(ready(string('derivation')))]]);
  for (const name of ['outPath', 'outputName', 'drvPath', 'name', 'system'])
    entries.set(name, attr(selected(derivation, name, call)));
  entries.set('outputs', attr(ready(list(outputs.map((name) => text(name, call))))));
  entries.set('meta', attr(given.meta ?? selected(derivation, 'meta', call)));
  for (const name of outputs) entries.set(name, attr(selected(derivation, name, call)));
  const known = attrs(entries, call.at);
  return given.passthru === null ? known : overlay(known, given.passthru.force(), call);
}

export const derivations: LibTable = {
  ...inherited('addDrvOutputDependencies', 'unsafeDiscardOutputDependency'),
  lazyDerivation: withFormals(
    define('lazyDerivation', 1, (call, argument) => lazyDerivation(argument, call)),
    LAZY,
  ),
  optionalDrvAttr: define('optionalDrvAttr', 2, (call, condition, value) =>
    forceBool(condition, call) ? value.force() : nullValue(call.at),
  ),
  warnOnInstantiate: define('warnOnInstantiate', 2, (_call, _message, drv) => drv.force()),
};
