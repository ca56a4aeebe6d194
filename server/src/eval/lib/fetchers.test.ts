import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib (`with import ./lib; …`). */

examples('lib.fetchers', [
  [
    'fetchers.proxyImpureEnvVars',
    '[ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" "HTTP_PROXY" "HTTPS_PROXY" "FTP_PROXY" "ALL_PROXY" "NO_PROXY" "NIX_SSL_CERT_FILE" ]',
  ],
  [
    'fetchers.normalizeHash { } { hash = ""; foo = "bar"; }',
    '{ foo = "bar"; outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="; outputHashAlgo = null; }',
  ],
  ['fetchers.normalizeHash { } { sha256 = "x"; }', '{ outputHash = "x"; outputHashAlgo = "sha256"; }'],
  ['fetchers.normalizeHash { } { sha512 = "x"; }', 'error: fetcher called without `hash`'],
  ['fetchers.normalizeHash { required = false; } { a = 1; }', '{ a = 1; }'],
  [
    'fetchers.normalizeHash { hashTypes = [ "sha512" ]; } { sha512 = ""; a = 1; }',
    '{ a = 1; outputHash = "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha512"; }',
  ],
  [
    'fetchers.normalizeHash { } { sha256 = "x"; hash = "y"; }',
    'error: fetcher called with mutually-incompatible arguments: hash, sha256',
  ],
  ['fetchers.normalizeHash { } { outputHash = "x"; sha256 = "y"; }', '{ outputHash = "x"; sha256 = "y"; }'],
  [
    'fetchers.normalizeHash { hashTypes = [ "md5" ]; } { md5 = ""; }',
    'error: no “fake hash” defined for md5',
  ],
  [
    'fetchers.withNormalizedHash { } ({ outputHash, outputHashAlgo, ... }@a: a) { sha256 = "q"; z = 1; }',
    '{ outputHash = "q"; outputHashAlgo = "sha256"; z = 1; }',
  ],
  [
    'functionArgs (fetchers.withNormalizedHash { } ({ outputHash, outputHashAlgo, z ? 1 }@a: a))',
    '{ hash = false; z = true; }',
  ],
  [
    'functionArgs (fetchers.withNormalizedHash { } ({ outputHash ? null, outputHashAlgo ? null, z ? 1 }@a: a))',
    '{ hash = true; z = true; }',
  ],
  [
    'fetchers.withNormalizedHash { } ({ outputHash ? null, outputHashAlgo ? null, z ? 1 }@a: a) { z = 2; }',
    '{ z = 2; }',
  ],
]);

examples('lib.sources: names of what is fetched', [
  [
    'map sources.shortRev [ "refs/tags/v12.0" "abcdef0123456789" "release-1.2.3-rc1" "main" "v1.0" "foo_bar-2" 5 "1234567890" ]',
    '[ "12.0" "abcdef0" "1.2.3-rc1" "main" "1.0" "2" "5" "1234567" ]',
  ],
  ['sources.repoRevToName "source" "a" "b" "c"', '"source"'],
  ['sources.repoRevToName "versioned" "https://github.com/a/b.git" "v1.0" "github"', '"b-1.0-source"'],
  ['sources.repoRevToName "full" "https://github.com/a/b.git" "v1.0" "github"', '"b-1.0-github-source"'],
  ['sources.repoRevToName "full" "https://github.com/a/b.git" null null', '"b-source"'],
  [
    'sources.repoRevToName "other" "https://github.com/a/b.git" null null',
    'error: repoRevToName: invalid kind',
  ],
  ['repoRevToName "versioned" "git@host:x/y" 12345678901 null', '"y-1234567-source"'],
]);
