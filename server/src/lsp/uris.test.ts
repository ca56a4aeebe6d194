import { describe, expect, it } from 'vitest';
import { Uris } from './uris';

describe('addresses and paths', () => {
  it.each([
    ['file:///home/me/lab/flake.nix', '/home/me/lab/flake.nix'],
    ['file:///home/me/my%20lab/%C3%BC.nix', '/home/me/my lab/ü.nix'],
    ['file:///c%3A/lab/flake.nix', '/c:/lab/flake.nix'],
    ['untitled:Untitled-1', '/untitled:/Untitled-1'],
    ['vscode-vfs://github/me/lab/flake.nix', '/vscode-vfs:github/me/lab/flake.nix'],
    ['vscode-remote://wsl%2Bubuntu/home/me/a.nix', '/vscode-remote:wsl%2Bubuntu/home/me/a.nix'],
  ])('%s is %s', (uri, path) => {
    const uris = new Uris();
    expect(uris.toPath(uri)).toBe(path);
  });

  it.each([
    'file:///C:/Lab/flake.nix',
    'file:///c%3A/Lab/flake.nix',
    'file:///home/me/a%28b%29.nix',
    'file:///home/me/a(b).nix',
    'untitled:Untitled-1',
    'vscode-vfs://github/me/lab/flake.nix',
    'vscode-remote://wsl%2Bubuntu/home/me/a.nix',
  ])('an open %s keeps its spelling', (uri) => {
    const uris = new Uris();
    expect(uris.toUri(uris.remember(uri))).toBe(uri);
  });

  it.each([
    ['file:///C:/lab', 'file:///C:/lab/a%20b/%23.nix'],
    ['file:///c%3A/lab/', 'file:///c%3A/lab/a%20b/%23.nix'],
    ['vscode-vfs://github/me', 'vscode-vfs://github/me/a%20b/%23.nix'],
    ['file:///', 'file:///a%20b/%23.nix'],
  ])('files in the folder %s are %s', (folder, uri) => {
    const uris = new Uris();
    const path = uris.addFolder(folder);
    expect(uris.toUri(`${path === '/' ? '' : path}/a b/#.nix`)).toBe(uri);
    expect(uris.inWorkspace(uris.toPath(uri))).toBe(true);
  });

  it('keep Windows drives apart from nothing but their case', () => {
    const uris = new Uris();
    expect(uris.toPath('file:///C%3A/a.nix')).toBe(uris.toPath('file:///c:/a.nix'));
  });

  it('look after Nix files of the disk, of new tabs, and of the file systems of folders', () => {
    const uris = new Uris();
    expect(uris.serves('file:///a.nix', 'plaintext')).toBe(true);
    expect(uris.serves('untitled:Untitled-1', 'nix')).toBe(true);
    expect(uris.serves('file:///a.json', 'json')).toBe(false);
    expect(uris.serves('git:/a.nix?ref', 'nix')).toBe(false);
    expect(uris.serves('vscode-vfs://github/me/a.nix', 'nix')).toBe(false);
    uris.addFolder('vscode-vfs://github/me');
    expect(uris.serves('vscode-vfs://github/me/a.nix', 'nix')).toBe(true);
  });
});
