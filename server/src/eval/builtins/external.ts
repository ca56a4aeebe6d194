import { forceAttrs, forceItems, forceString } from '../arguments';
import { attr, attrs, listOf, string } from '../construct';
import { findAttr } from '../interpret';
import { update } from '../operators';
import { forcePath } from './files';
import { define, notSupported, type FunctionTable } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, unknown, type Attr, type Call, type Value } from '../value';

/** A function whose result lies outside; what is certainly no argument of it fails nevertheless. */
function external(
  name: string,
  arity: 1 | 2,
  reason: string,
  check?: (argument: Thunk, call: Call) => unknown,
): FunctionTable[string] {
  return define(name, arity, (call, ...args) => {
    check?.(args[arity - 1] as Thunk, call);
    return unknown('external', `\`${name}\` ${reason}`, call.at);
  });
}

const fetched = 'fetches from outside the repository';
const stored = 'needs the Nix store';

/**
 * `derivation`: what was passed to it, and its outputs, whose store paths are unknown.
 * Source of the shape: Nix's primops/derivation.nix.
 */
function derivation(call: Call, argument: Thunk): Value {
  const given = forceAttrs(argument, call);
  const names = findAttr(given, 'outputs');
  const outputs =
    names === null ? ['out'] : forceItems(names.value, call).map((name) => forceString(name, call));
  const [first] = outputs;
  if (first === undefined) return fail('type', "'builtins.head' called on an empty list", call.at);
  const set = (fields: Record<string, Thunk>): Value =>
    attrs(
      new Map(Object.entries(fields).map(([name, value]): [string, Attr] => [name, attr(value)])),
      call.at,
    );
  const storePath = (what: string): Thunk =>
    ready(new Unknown('external', `the ${what} of a derivation is a store path`, call.at));
  const output = (name: string): Thunk =>
    lazily(() => {
      const own = set({
        outPath: storePath('output'),
        drvPath: storePath('`drvPath`'),
        type: ready(string('derivation')),
        outputName: ready(string(name)),
      });
      return update(common.force(), own, call.at);
    });
  const common = lazily(() => {
    const all = lazily(() => listOf(outputs.map((name) => byName(name).force())));
    const byOutput = set(Object.fromEntries(outputs.map((name) => [name, byName(name)])));
    return update(update(given, byOutput, call.at), set({ all, drvAttrs: argument }), call.at);
  });
  const thunks = new Map<string, Thunk>();
  const byName = (name: string): Thunk => {
    const known = thunks.get(name) ?? output(name);
    thunks.set(name, known);
    return known;
  };
  return byName(first).force();
}

export const EXTERNAL: FunctionTable = {
  fetchurl: external('fetchurl', 1, fetched),
  fetchTarball: external('fetchTarball', 1, fetched),
  fetchGit: external('fetchGit', 1, fetched),
  fetchMercurial: external('fetchMercurial', 1, fetched),
  fetchTree: external('fetchTree', 1, fetched),
  fetchClosure: external('fetchClosure', 1, fetched),
  getFlake: external('getFlake', 1, fetched),
  getEnv: external('getEnv', 1, 'reads the environment', forceString),
  storePath: external('storePath', 1, stored, forcePath),
  toFile: external('toFile', 2, stored),
  outputOf: external('outputOf', 2, stored),
  path: external('path', 1, 'copies into the store, whose addresses are not known', forceAttrs),
  filterSource: external(
    'filterSource',
    2,
    'copies into the store, whose addresses are not known',
    forcePath,
  ),
  derivationStrict: external('derivationStrict', 1, stored),
  derivation: define('derivation', 1, derivation),
  appendContext: notSupported('appendContext', 2),
};

/** Builtins that are values of the machine that evaluates. */
export const EXTERNAL_VALUES: Readonly<Record<string, string>> = {
  currentSystem: 'the system that evaluates',
  currentTime: 'the time of the evaluation',
  nixPath: 'NIX_PATH, which the environment sets',
};
