import * as vscode from 'vscode';

/** The part of the built-in Git extension's interface that is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

interface Repository {
  add(paths: string[]): Promise<void>;
}

/**
 * Lets git know a new file, on a person's word: a flake sees no others. Null where that cannot be offered: Git is switched
 * off, the workspace is not trusted, or the file is in no repository.
 */
export function stagingOf(uri: vscode.Uri): (() => Promise<void>) | null {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!vscode.workspace.isTrusted || git?.isActive !== true || !git.exports.enabled) return null;
  const repository = git.exports.getAPI(1).getRepository(uri);
  return repository === null ? null : () => repository.add([uri.fsPath]);
}
