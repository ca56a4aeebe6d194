import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { nixpkgsRelease, releaseIn, releaseOfLock } from './release';
import { homelabOfFiles } from './testing';

const lock = (original: object, inputs: object = { nixpkgs: 'nixpkgs_2' }): string =>
  JSON.stringify({
    nodes: {
      lanzaboote: { inputs: { nixpkgs: 'nixpkgs' } },
      nixpkgs: { original: { owner: 'NixOS', ref: 'nixos-24.05', repo: 'nixpkgs', type: 'github' } },
      nixpkgs_2: { original },
      root: { inputs },
    },
    root: 'root',
    version: 7,
  });

describe('the release of nixpkgs', () => {
  it.each([
    ['a branch', { owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-25.11', type: 'github' }, '25.11'],
    [
      'a small channel',
      { owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-25.05-small', type: 'github' },
      '25.05',
    ],
    ['the registry', { id: 'nixpkgs', ref: 'release-25.11', type: 'indirect' }, '25.11'],
    [
      'a channel',
      { type: 'tarball', url: 'https://channels.nixos.org/nixos-25.05/nixexprs.tar.xz' },
      '25.05',
    ],
    ['FlakeHub', { type: 'tarball', url: 'https://flakehub.com/f/NixOS/nixpkgs/0.2511.%2A.tar.gz' }, '25.11'],
    ['unstable', { id: 'nixpkgs', ref: 'nixos-unstable', type: 'indirect' }, null],
    ['a commit', { owner: 'NixOS', repo: 'nixpkgs', rev: '0123', type: 'github' }, null],
  ])('is read from the lock of %s', (_title, original, release) => {
    expect(releaseOfLock(lock(original))).toBe(release);
  });

  it('follows an input, and finds it under another name', () => {
    expect(
      releaseOfLock(
        lock({ ref: 'nixos-unstable' }, { lanzaboote: 'lanzaboote', nixpkgs: ['lanzaboote', 'nixpkgs'] }),
      ),
    ).toBe('24.05');
    expect(releaseOfLock(lock({ repo: 'nixpkgs', ref: 'nixos-25.11' }, { stable: 'nixpkgs_2' }))).toBe(
      '25.11',
    );
    expect(
      releaseOfLock(lock({ repo: 'nixpkgs', ref: 'nixos-25.11' }, { a: 'nixpkgs_2', b: 'nixpkgs' })),
    ).toBe(null);
  });

  it.each(['', '{', '[]', '{"nodes":3}', '{"nodes":{"root":{"inputs":{"nixpkgs":["a"]}}}}'])(
    'is not known from a lock that says %s',
    (text) => {
      expect(releaseOfLock(text)).toBe(null);
    },
  );

  it('is read from the flake where there is no lock', async () => {
    const { files } = parseFixture(`#- /flake.nix
{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11"; outputs = { nixpkgs, ... }: { }; }
`);
    const { files: parsed } = await homelabOfFiles(files);
    expect(nixpkgsRelease(parsed, { directory: '/', file: '/flake.nix' })).toBe('25.11');
    expect(releaseIn('github:NixOS/nixpkgs')).toBe(null);
  });
});
