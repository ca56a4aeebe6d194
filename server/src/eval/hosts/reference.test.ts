import { describe, expect, it } from 'vitest';
import { readFields, readReference } from './reference';

describe('readReference', () => {
  it.each([
    ['nixpkgs', null, 'nixpkgs'],
    ['nixpkgs/nixos-25.11', null, 'nixpkgs'],
    ['flake:nixpkgs', null, 'nixpkgs'],
    ['github:NixOS/nixpkgs', 'nixos', 'nixpkgs'],
    ['github:NixOS/nixpkgs/nixos-unstable?host=x', 'nixos', 'nixpkgs'],
    ['gitlab:me/thing', 'me', 'thing'],
    ['git+https://github.com/NixOS/nixpkgs.git?ref=x', 'nixos', 'nixpkgs'],
    ['git+ssh://git@example.org/me/thing', 'me', 'thing'],
    ['https://github.com/NixOS/nixpkgs/archive/nixos-25.11.tar.gz', 'nixos', 'nixpkgs'],
    [
      'https://flakehub.com/f/DeterminateSystems/nixpkgs-weekly/*.tar.gz',
      'determinatesystems',
      'nixpkgs-weekly',
    ],
    ['https://api.flakehub.com/f/NixOS/nixpkgs/0.1', 'nixos', 'nixpkgs'],
    ['https://nixos.org/channels/nixos-unstable/nixexprs.tar.xz', 'nixos', 'nixpkgs'],
  ])('%s is a repository', (url, owner, name) => {
    expect(readReference(url)).toEqual({ kind: 'repository', owner, name });
  });

  it.each([
    ['./sub', './sub'],
    ['../common', '../common'],
    ['.', '.'],
    ['path:./sub', './sub'],
    ['path:../lib?dir=flake', '../lib/flake'],
    ['/srv/flake', '/srv/flake'],
    ['git+file:///srv/flake', '/srv/flake'],
  ])('%s is a folder', (url, path) => {
    expect(readReference(url)).toEqual({ kind: 'folder', path });
  });

  it.each([
    'github:NixOS/nixpkgs?dir=lib',
    'git+https://example.org/me/dotfiles?dir=flakes/common',
    'https://flakehub.com/flake/NixOS/nixpkgs',
    'https://example.org/',
    'github:NixOS',
  ])('%s is neither', (url) => {
    expect(readReference(url)).toEqual({ kind: 'other' });
  });
});

describe('readFields', () => {
  it.each([
    [
      { type: 'github', owner: 'NixOS', repo: 'nixpkgs' },
      { kind: 'repository', owner: 'nixos', name: 'nixpkgs' },
    ],
    [
      { type: 'indirect', id: 'nixpkgs' },
      { kind: 'repository', owner: null, name: 'nixpkgs' },
    ],
    [
      { type: 'path', path: './sub' },
      { kind: 'folder', path: './sub' },
    ],
    [
      { url: 'path:./lab', dir: 'box' },
      { kind: 'folder', path: './lab/box' },
    ],
    [{ type: 'github', owner: 'NixOS', repo: 'nixpkgs', dir: 'lib' }, { kind: 'other' }],
  ])('%j', (fields, reference) => {
    expect(readFields(new Map(Object.entries(fields)))).toEqual(reference);
  });
});
