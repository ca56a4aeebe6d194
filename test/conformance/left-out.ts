const store = 'needs the store';
const fetch = 'fetches';
const environment = 'reads the environment';

function named(prefix: string, ...endings: readonly (string | number)[]): string[] {
  return endings.map((ending) => `${prefix}${ending}`);
}

function leftOut(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** Nix's language tests that ask for what this engine is made without, by name, with what they ask for. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  ...leftOut(store, [
    ...named('eval-fail-derivationStrict-', ...Array.from({ length: 22 }, (_, index) => index + 1)),
    ...named('eval-fail-addDrvOutputDependencies-', 'multi-elem-context', 'wrong-element-kind'),
    ...named('eval-fail-', 'derivation-name', 'filterSource-3', 'filterSource-4', 'filterSource-5'),
    ...named('eval-okay-', 'context', 'context-introspection', 'derivation-legacy', 'eq-derivations', 'path'),
    ...named('eval-okay-', 'substring-context', 'toJSON-peel', 'toString-peel'),
  ]),
  ...leftOut(fetch, [
    ...named('eval-fail-fetchTree-', 'negative', 'relative-path'),
    ...named('eval-fail-fetchurl-', 'baseName', 'baseName-attrs', 'baseName-attrs-name'),
  ]),
  ...leftOut('is about pipe operators', named('eval-fail-', 'pipe-operators')),
  ...leftOut(environment, named('eval-okay-', 'getenv', 'redefine-builtin', 'path-string-interpolation')),
};
