import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import { diskAccess } from '../../../client/src/disk-access';
import { writeObstacle } from '../../../client/src/write-access';
import { inWorkspace, remove, write } from './editor';

describe('Before anything is written', () => {
  const disposables: vscode.Disposable[] = [];
  before(async () => {
    disposables.push(
      vscode.workspace.registerFileSystemProvider('locked-disk', new Shelf(), { isReadonly: true }),
      vscode.workspace.registerFileSystemProvider('locked-files', new Shelf()),
    );
    // The window tells the extension host of a file system before it answers what is asked after that.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => {
    for (const disposable of disposables) disposable.dispose();
  });

  const obstacle = (uri: string): Promise<string | null> => writeObstacle(vscode.Uri.parse(uri, true), null);

  it('a read-only file system is noticed', async () => {
    assert.match((await obstacle('locked-disk:/open/flake.nix')) ?? '', /is on a read-only file system$/);
  });

  it('a read-only file is noticed, and one that can be written is not', async () => {
    assert.match((await obstacle('locked-files:/locked/flake.nix')) ?? '', /flake\.nix is read-only$/);
    assert.equal(await obstacle('locked-files:/open/flake.nix'), null);
  });

  it('a folder is noticed in which no file can be made, also at the end of folders that are not there', async () => {
    for (const file of ['new.nix', 'not/there/new.nix'])
      assert.match((await obstacle(`locked-files:/locked/${file}`)) ?? '', /^Folder .*locked is read-only$/);
    assert.equal(await obstacle('locked-files:/open/new.nix'), null);
  });

  it('a file of the disk is noticed that its owner may not write', async () => {
    const file = await write('containers/locked.nix', '{ }\n');
    assert.equal(await writeObstacle(file, diskAccess), null);
    await chmod(file.fsPath, 0o444);
    assert.equal(await writeObstacle(file, diskAccess), 'containers/locked.nix is read-only');
    assert.equal(await writeObstacle(inWorkspace('containers/new.nix'), diskAccess), null);
    await remove('containers/locked.nix');
  });
});

/** A file system of two folders, `open` and `locked`, each with a flake. */
class Shelf implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  stat({ path }: vscode.Uri): vscode.FileStat {
    const [, folder = '', file, ...more] = path.split('/');
    if (!['', 'open', 'locked'].includes(folder) || (file ?? 'flake.nix') !== 'flake.nix' || more.length > 0)
      throw vscode.FileSystemError.FileNotFound(path);
    const type = file === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    const locked = folder === 'locked' ? { permissions: vscode.FilePermission.Readonly } : {};
    return { type, ctime: 0, mtime: 0, size: 0, ...locked };
  }

  watch = (): vscode.Disposable => vscode.Disposable.from();
  readDirectory = (): [string, vscode.FileType][] => [];
  readFile = (): Uint8Array => new Uint8Array();
  writeFile = refuse;
  createDirectory = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}
