import { forceAttrs, forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, listOf, nullValue, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type Attr, type Call, type Value } from '../value';
import { invoke, overlay, readFormals, withFormals, type LibTable } from './support';
import { functionOf, namedArguments, withArguments } from './trivial';

/** nixpkgs lib/fetchers.nix. */

/** Hashes that stand for one that is not known yet. */
export const FAKE = {
  hash: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  sha256: '0'.repeat(64),
  sha512: '0'.repeat(128),
} as const;

const PROXIES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy', 'no_proxy'];

const NORMALIZE = { hashTypes: true, required: true } as const;
const WRAP = { hashTypes: true } as const;

function namesOf(types: Thunk | null, call: Call): readonly string[] {
  return [
    'hash',
    ...(types === null ? ['sha256'] : forceItems(types, call).map((name) => forceString(name, call))),
  ];
}

/** `{ sha256 = …; }` as `{ outputHash = …; outputHashAlgo = "sha256"; }`. */
function normalized(names: readonly string[], required: boolean, args: Thunk, call: Call): Value {
  const given = forceAttrs(args, call);
  if (findAttr(given, 'outputHash') !== null) return given;
  const rest = attrs(
    new Map([...given.entries].filter(([name]) => !names.includes(name))),
    call.at,
    given.open,
  );
  const hashes = names.filter((name) => findAttr(given, name) !== null).sort();
  const [name] = hashes;
  if (name === undefined) return required ? fail('throw', 'fetcher called without `hash`', call.at) : rest;
  if (hashes.length > 1)
    return fail(
      'throw',
      `fetcher called with mutually-incompatible arguments: ${hashes.join(', ')}`,
      call.at,
    );
  const value = (findAttr(given, name) as Attr).value;
  const outputHash = lazily(() => {
    const hash = value.force();
    if (hash.type !== 'string' || hash.text !== '') return hash;
    const fake = (FAKE as Readonly<Record<string, string>>)[name];
    return fake === undefined
      ? fail('throw', `no “fake hash” defined for ${name}`, call.at)
      : string(fake, call.at);
  }, call.at);
  const algorithm = name === 'hash' ? nullValue(call.at) : string(name, call.at);
  const own = new Map([
    ['outputHash', attr(outputHash, call.at)],
    ['outputHashAlgo', attr(ready(algorithm), call.at)],
  ]);
  return overlay(rest, attrs(own, call.at), call);
}

/** A function of `outputHash` made one of `hash`. */
function wrapped(types: Thunk | null, fetcher: Thunk, call: Call): Value {
  const names = namesOf(types, call);
  const formals = forceAttrs(
    lazily(() => namedArguments(fetcher, call)),
    call,
  );
  const own = findAttr(formals, 'outputHash');
  if (
    own === null ||
    findAttr(formals, 'outputHashAlgo') === null ||
    names.some((name) => formals.entries.has(name))
  )
    return fail('assert', 'assertion failed', call.at);
  const fn = define('fetcher', 1, (inner, args) =>
    invoke(
      inner,
      fetcher,
      lazily(() => normalized(names, !forceBool(own.value, inner), args, inner), inner.at),
    ),
  );
  const shown = new Map([...formals.entries].filter(([name]) => !/^outputHash(Algo)?$/.test(name)));
  shown.set('hash', own);
  return withArguments(ready(functionOf(fn, call.at)), ready(attrs(shown, call.at)), call);
}

export const fetchers: LibTable = {
  proxyImpureEnvVars: ready(
    listOf(
      [...PROXIES, ...PROXIES.map((name) => name.toUpperCase()), 'NIX_SSL_CERT_FILE'].map((name) =>
        string(name),
      ),
    ),
  ),
  normalizeHash: withFormals(
    define('normalizeHash', 2, (call, settings, args) => {
      const { hashTypes, required } = readFormals(settings, NORMALIZE, call);
      const needed = required ?? ready(bool(true));
      return normalized(namesOf(hashTypes, call), forceBool(needed, call), args, call);
    }),
    NORMALIZE,
  ),
  withNormalizedHash: withFormals(
    define('withNormalizedHash', 2, (call, settings, fetcher) =>
      wrapped(readFormals(settings, WRAP, call).hashTypes, fetcher, call),
    ),
    WRAP,
  ),
};
