import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocumentEdit } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../../test/engine/folder';
import { homelabOfFiles, planOf, problemOf, testParse } from '../edits/testing';
import { addContainer, answerProblem, containerChoices, usualPort } from './add-container';
import { insertFlakeImport } from './flake-import';
import type { PlannedEdit } from './planned-edit';

const files = await readFolder(join(import.meta.dirname, '../../../examples/homelab'));
const homelab = await homelabOfFiles(files);
const parse = await testParse();
const style = {
  uriOf: (path: string) => `file:///homelab${path}`,
  versionOf: (path: string) => (path === '/flake.nix' ? 7 : null),
};

/** The texts of the files that an editor has after an edit. */
function applied({ edit }: PlannedEdit): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const change of edit.documentChanges ?? []) {
    if (!TextDocumentEdit.is(change)) continue;
    const { uri } = change.textDocument;
    const document = TextDocument.create(uri, 'nix', 1, files[uri.slice('file:///homelab'.length)] ?? '');
    texts[uri] = TextDocument.applyEdits(
      document,
      change.edits.flatMap((one) => ('newText' in one ? [one] : [])),
    );
  }
  return texts;
}

describe('adding a container from an editor', () => {
  it('is one edit: the file is created first, never over another, and the flake is changed at its version', () => {
    const made = planOf(
      addContainer(
        homelab,
        { name: 'jellyfin', port: 8096, subdomain: 'media', authelia: true },
        parse,
        style,
      ),
    );
    const [create, ...others] = made.edit.documentChanges ?? [];
    expect(create).toEqual({
      kind: 'create',
      uri: 'file:///homelab/containers/jellyfin.nix',
      options: { overwrite: false, ignoreIfExists: false },
    });
    expect(others.map((change) => ('textDocument' in change ? change.textDocument : null))).toEqual([
      { uri: 'file:///homelab/containers/jellyfin.nix', version: null },
      { uri: 'file:///homelab/flake.nix', version: 7 },
    ]);
    const texts = applied(made);
    expect(texts['file:///homelab/flake.nix']).toContain(
      '        ./containers/opencloud.nix\n        ./containers/jellyfin.nix\n',
    );
    const line = texts[made.open.uri]?.split('\n')[made.open.position.line] ?? '';
    expect(line.slice(made.open.position.character)).toBe('services.jellyfin = {');
  });

  it('says while typing what is wrong', () => {
    const problem = (field: 'name' | 'port' | 'subdomain' | 'hostPort', value: string): string | null =>
      answerProblem(homelab, { field, value, host: null });
    expect(problem('name', 'jellyfin')).toBeNull();
    expect(problem('name', 'a b')).toMatch(/A space cannot stand in it/);
    expect(problem('name', 'immich')).toMatch(/^There is a container immich already/);
    expect(problem('port', '8096')).toBeNull();
    expect(problem('port', 'http')).toBe('A port is a whole number from 1 to 65535; http is not.');
    expect(problem('hostPort', '8080')).toMatch(/^Port 8080 of the host is taken/);
    expect(problem('subdomain', 'media')).toBeNull();
    expect(problem('subdomain', 'photos')).toMatch(/^photos\.nemnix\.site is served already/);
  });

  it('knows what can be chosen', async () => {
    expect(containerChoices(homelab, null)).toEqual({
      hosts: [],
      hasProxy: true,
      domain: 'nemnix.site',
      authelia: 'authelia',
    });
    expect(usualPort('jellyfin')).toBe(8096);
    expect(usualPort('my-own')).toBeNull();
    const none = await homelabOfFiles({});
    expect(problemOf(containerChoices(none, null)).problem).toMatch(/^There is no host/);
    const two = await homelabOfFiles({
      '/flake.nix':
        '{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { }; nixosConfigurations.b = nixpkgs.lib.nixosSystem { }; }; }',
    });
    expect(containerChoices(two, null)).toMatchObject({ hosts: ['a', 'b'] });
    expect(containerChoices(two, 'b')).toMatchObject({ hosts: [], hasProxy: false });
  });
});

describe('inserting a flake import from an editor', () => {
  it('uncomments the line, and changes nothing the second time', () => {
    const made = planOf(insertFlakeImport(homelab, '/containers/nextcloud.nix', null, style));
    expect(applied(made)['file:///homelab/flake.nix']).toContain(
      '        # Replaced by OpenCloud\n        ./containers/nextcloud.nix\n',
    );
    expect(made.open).toMatchObject({ uri: 'file:///homelab/flake.nix', position: { character: 8 } });
    const again = planOf(insertFlakeImport(homelab, '/containers/immich.nix', null, style));
    expect(again.edit.documentChanges).toEqual([]);
    expect(again.notes).toEqual(['containers/immich.nix is already imported by homelab (flake.nix:58).']);
  });

  it('refuses what is no module', async () => {
    const other = await homelabOfFiles({ ...files, '/list.nix': '[ ]' });
    expect(problemOf(insertFlakeImport(other, '/list.nix', null, style)).problem).toBe(
      'list.nix is no module: it holds neither a set nor a function that gives one.',
    );
    expect(problemOf(insertFlakeImport(other, '/README.md', null, style)).problem).toBe(
      'README.md is no Nix file of this workspace.',
    );
  });
});
