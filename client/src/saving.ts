import * as vscode from 'vscode';

/** Files that a command changes, as they are before it. */
export class FilesBefore {
  private constructor(
    private readonly texts: ReadonlyMap<string, { readonly text: string; readonly dirty: boolean } | null>,
  ) {}

  /** Looks at files that are about to be changed, or made. */
  static async look(uris: readonly vscode.Uri[]): Promise<FilesBefore> {
    const found = await Promise.all(
      uris.map(async (uri) => {
        const document = await openDocument(uri);
        const state = document === null ? null : { text: document.getText(), dirty: document.isDirty };
        return [uri.toString(), state] as const;
      }),
    );
    return new FilesBefore(new Map(found));
  }

  /** Saves the files, in the order in which they were named; not those that had other changes that were not saved. */
  async save(): Promise<Saved> {
    const saved: SavedFile[] = [];
    const unsaved: { uri: vscode.Uri; why: string }[] = [];
    for (const [address, before] of this.texts) {
      const uri = vscode.Uri.parse(address, true);
      const document = await openDocument(uri);
      if (document === null) continue;
      const after = document.getText();
      if (before?.dirty === true) unsaved.push({ uri, why: 'had unsaved changes and was not saved' });
      else if (await document.save()) saved.push({ uri, before: before?.text ?? null, after });
      else unsaved.push({ uri, why: 'could not be saved' });
    }
    return { saved, unsaved };
  }
}

/** What became of the files that a command changed. */
export interface Saved {
  readonly saved: readonly SavedFile[];
  readonly unsaved: readonly { readonly uri: vscode.Uri; readonly why: string }[];
}

interface SavedFile {
  readonly uri: vscode.Uri;
  /** Null where there was no file. */
  readonly before: string | null;
  readonly after: string;
}

/** Saves a file once more when undo brings it back to what it was before the command, or redo to what it was after. */
export function saveAtUndo(files: readonly SavedFile[]): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, reason }) => {
    if (reason === undefined) return;
    const file = files.find(({ uri }) => uri.toString() === document.uri.toString());
    const text = document.getText();
    if (text === file?.before || text === file?.after) void document.save();
  });
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return null;
  }
}
