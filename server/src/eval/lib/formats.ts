import { forceAttrs, forceBool } from '../arguments';
import { attr, attrs, record } from '../construct';
import { findAttr } from '../interpret';
import { attrsOf, either, listOf, nullOr, oneOf } from '../modules/composite-types';
import { derivedType, type OptionType } from '../modules/option-type';
import { boolType, floatType, intType, serializableType, stringType } from '../modules/scalar-types';
import { define, functionValue } from '../primop';
import { ready } from '../thunk';
import { Unknown, unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';
import { typeValue } from './type-value';

/**
 * `pkgs.formats`: the types of settings, which are pure, and functions that write them into the store, whose results are
 * not known. Source: nixpkgs pkgs/pkgs-lib/formats.nix.
 */

const ATOM = derivedType(nullOr(oneOf([boolType, intType, floatType, stringType])), {
  description: 'INI atom (null, bool, int, float or string)',
  descriptionClass: 'noun',
});

/** An atom, or several where the settings say that a key may have more than one. */
function atoms(settings: AttrsValue, call: Call): OptionType {
  const repeated = findAttr(settings, 'listsAsDuplicateKeys');
  const joined = findAttr(settings, 'listToValue');
  const lists =
    (repeated !== null && forceBool(repeated.value, call)) ||
    (joined !== null && joined.value.force().type !== 'null');
  return lists ? either(ATOM, listOf(ATOM)) : ATOM;
}

type TypeOf = (settings: AttrsValue, call: Call) => OptionType;

const JSON_VALUE = serializableType('JSON', true);
const YAML_VALUE = serializableType('YAML 1.1', true);
const YAML_1_2_VALUE = serializableType('YAML 1.2', true);
const TOML_VALUE = serializableType('TOML', false);

const FORMATS: Readonly<Record<string, TypeOf>> = {
  json: () => JSON_VALUE,
  yaml: () => YAML_VALUE,
  yaml_1_1: () => YAML_VALUE,
  yaml_1_2: () => YAML_1_2_VALUE,
  toml: () => TOML_VALUE,
  ini: (settings, call) => attrsOf(attrsOf(atoms(settings, call))),
  keyValue: (settings, call) => attrsOf(atoms(settings, call)),
};

function format(name: string, typeOf: TypeOf): Value {
  return functionValue(
    define(name, 1, (call, argument) => {
      const type = typeOf(forceAttrs(argument, call), call);
      const generate = define('generate', 2, (inner) =>
        unknown('external', `what \`pkgs.formats.${name}\` writes is a path in the store`, inner.at),
      );
      const known = record({ type: typeValue(type), generate: functionValue(generate) }, call.at);
      const rest = new Unknown('external', `what else \`pkgs.formats.${name}\` gives comes from nixpkgs`);
      return attrs(known.entries, call.at, rest);
    }),
  );
}

/** The set `pkgs.formats`. */
export function formatsValue(): AttrsValue {
  const entries = new Map<string, Attr>();
  for (const [name, typeOf] of Object.entries(FORMATS)) entries.set(name, attr(ready(format(name, typeOf))));
  return attrs(entries, null, new Unknown('external', 'what else `pkgs.formats` holds comes from nixpkgs'));
}
