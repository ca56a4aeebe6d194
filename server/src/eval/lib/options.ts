import { forceAttrs, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, record, string } from '../construct';
import { define, type FunctionTable } from '../primop';
import { ready, type Thunk } from '../thunk';
import type { Attr, AttrsValue, Primop } from '../value';
import { boolType } from '../modules/scalar-types';
import { typeValue } from './type-value';

/** lib/options.nix: declaring options. */

function option(fields: ReadonlyMap<string, Attr>): AttrsValue {
  return attrs(new Map([['_type', attr(ready(string('option')))], ...fields]));
}

function text(kind: string): Primop {
  return define(kind, 1, (_call, content) => record({ _type: string(kind), text: content }));
}

export const options: FunctionTable = {
  mkOption: define('mkOption', 1, (call, fields) => option(forceAttrs(fields, call).entries)),
  mkEnableOption: define('mkEnableOption', 1, (call, name) => {
    const shown = name.force();
    const description =
      shown.type === 'string' ? `Whether to enable ${forceString(name, call)}.` : 'Whether to enable this.';
    return option(
      new Map([
        ['default', attr(ready(bool(false)))],
        ['example', attr(ready(bool(true)))],
        ['description', attr(ready(string(description)))],
        ['type', attr(ready(typeValue(boolType)))],
      ]),
    );
  }),
  mkSinkUndeclaredOptions: define('mkSinkUndeclaredOptions', 1, (call, fields) =>
    option(forceAttrs(fields, call).entries),
  ),
  isOption: define('isOption', 1, (_call, value) => bool(tagOf(value) === 'option')),
  literalExpression: text('literalExpression'),
  literalExample: text('literalExpression'),
  literalMD: text('literalMD'),
  literalDocBook: text('literalDocBook'),
  mdDoc: define('mdDoc', 1, (_call, content) => content.force()),
  showOption: define('showOption', 1, (call, path) =>
    string(
      forceItems(path, call)
        .map((item) => forceString(item, call))
        .join('.'),
    ),
  ),
};

function tagOf(value: Thunk): string | null {
  const known = value.force();
  const tag = known.type === 'attrs' ? known.entries.get('_type')?.value.force() : undefined;
  return tag?.type === 'string' ? tag.text : null;
}
