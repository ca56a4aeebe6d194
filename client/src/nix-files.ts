import * as vscode from 'vscode';

/** File systems that Nix files may come from; not the old side of a comparison, and the like. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web'];

/** The Nix files that the extension looks after. */
export function nixFiles(): { scheme: string; language: string }[] {
  return schemes().map((scheme) => ({ scheme, language: 'nix' }));
}

/** The settings files of the server. */
export function settingsFiles(): { scheme: string; pattern: string }[] {
  return schemes().map((scheme) => ({ scheme, pattern: '**/.nixos-containers.json' }));
}

function schemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set([...SCHEMES, ...folders.map(({ uri }) => uri.scheme)])];
}
