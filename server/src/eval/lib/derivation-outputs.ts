import { forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, list, record } from '../construct';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { fail, type Attr, type Call, type Value } from '../value';
import { field, optionalField, overlay, selected, text } from './support';

/** nixpkgs lib/customisation.nix: the outputs of a derivation. */

/** A package whose outputs all have some more attributes. */
export function extendDerivation(condition: Thunk, more: Thunk, drv: Thunk, call: Call): Value {
  const guarded = (output: Thunk, name: string): Thunk =>
    lazily(
      () =>
        forceBool(condition, call)
          ? field(output.force(), name, call).force()
          : fail('assert', 'assertion failed', call.at),
      call.at,
    );
  const outputs = optionalField(drv.force(), 'outputs');
  const names = outputs === null ? ['out'] : forceItems(outputs, call).map((item) => forceString(item, call));
  const common: Thunk = lazily(() => {
    const each = names.map((name): [string, Attr] => {
      const output = selected(drv, name, call);
      const own = {
        type: selected(output, 'type', call),
        outputName: text(name, call),
        outputSpecified: ready(bool(true)),
      };
      const paths = { drvPath: guarded(output, 'drvPath'), outPath: guarded(output, 'outPath') };
      return [
        name,
        attr(lazily(() => overlay(common.force(), record({ ...own, ...paths }, call.at), call), call.at)),
      ];
    });
    const all = attr(
      ready(
        list(
          each.map(([, { value }]) => value),
          call.at,
        ),
      ),
    );
    const paths = record({ drvPath: guarded(drv, 'drvPath'), outPath: guarded(drv, 'outPath') }, call.at);
    const withOutputs = overlay(drv.force(), attrs(new Map([...each, ['all', all]]), call.at), call);
    return overlay(
      overlay(
        withOutputs,
        attemptLasting(() => more.force()),
        call,
      ),
      paths,
      call,
    );
  }, call.at);
  return common.force();
}
