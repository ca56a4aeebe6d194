import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileChangeType, type Diagnostic } from 'vscode-languageserver-protocol';
import type { ProtocolClient } from './protocol-client';
import { withServer } from './with-server';

const container = (name: string, hostAddress: string, localAddress: string): string => `{ ... }: {
  containers.${name} = {
    privateNetwork = true;
    hostAddress = "${hostAddress}";
    localAddress = "${localAddress}";
    config = { system.stateVersion = "25.11"; };
  };
}
`;

const files = {
  'flake.nix': `{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [ ./containers/web.nix ./containers/db.nix ];
    };
  };
}
`,
  'containers/web.nix': container('web', '10.0.0.1', '10.0.0.2'),
  'containers/db.nix': container('db', '10.0.0.3', '10.0.0.4'),
};

const isDuplicate = ({ code }: Diagnostic): boolean => code === 'duplicate-address';
const hasDuplicate = (diagnostics: Diagnostic[]): boolean => diagnostics.some(isDuplicate);
const hasNoDuplicate = (diagnostics: Diagnostic[]): boolean => !hasDuplicate(diagnostics);

/** Types web's address into db's module, which is open. */
async function typeConflict(client: ProtocolClient): Promise<void> {
  await client.open('containers/db.nix', files['containers/db.nix']);
  await client.replace('containers/db.nix', '10.0.0.4', '10.0.0.');
  await client.replace('containers/db.nix', '"10.0.0."', '"10.0.0.2"');
}

describe('an address typed twice', () => {
  test('is an error in both files, each pointing at the other, until the quick fix is applied', async () => {
    await withServer({ files }, async (client) => {
      await typeConflict(client);

      const [inDb] = (await client.diagnosticsOf('containers/db.nix', hasDuplicate)).filter(isDuplicate);
      const [inWeb] = (await client.diagnosticsOf('containers/web.nix', hasDuplicate)).filter(isDuplicate);
      expect(inDb).toMatchObject({
        source: 'nixos-containers',
        severity: 1,
        range: client.rangeOf('containers/db.nix', '"10.0.0.2"'),
      });
      expect(inDb?.relatedInformation?.map(({ location }) => location.uri)).toContain(
        client.uri('containers/web.nix'),
      );
      expect(inWeb?.relatedInformation?.map(({ location }) => location.uri)).toContain(
        client.uri('containers/db.nix'),
      );
      if (inDb === undefined) return;

      const fixes = await client.quickFixes('containers/db.nix', inDb);
      const fix = fixes.find(({ title }) => /use the next free/i.test(title));
      if (fix === undefined) throw new Error(`offered: ${fixes.map(({ title }) => title).join(', ')}`);
      await client.apply(fix);

      await client.diagnosticsOf('containers/db.nix', hasNoDuplicate);
      await client.diagnosticsOf('containers/web.nix', hasNoDuplicate);
      expect(client.text('containers/db.nix')).not.toContain('10.0.0.2');
    });
  });

  test('is no error any more when one of the files is deleted', async () => {
    const conflict = { ...files, 'containers/db.nix': container('db', '10.0.0.3', '10.0.0.2') };
    await withServer({ files: conflict }, async (client) => {
      await client.diagnosticsOf('containers/db.nix', hasDuplicate);
      await client.diagnosticsOf('containers/web.nix', hasDuplicate);

      await rm(path.join(client.folder, 'containers/db.nix'));
      await client.watchedFilesChanged([{ file: 'containers/db.nix', type: FileChangeType.Deleted }]);

      await client.diagnosticsOf('containers/db.nix', (diagnostics) => diagnostics.length === 0);
      await client.diagnosticsOf('containers/web.nix', hasNoDuplicate);
    });
  });

  test('is an error in files that were never opened', async () => {
    const conflict = { ...files, 'containers/db.nix': container('db', '10.0.0.3', '10.0.0.2') };
    await withServer({ files: conflict }, async (client) => {
      const [inWeb] = (await client.diagnosticsOf('containers/web.nix', hasDuplicate)).filter(isDuplicate);
      expect(inWeb?.message).toContain('10.0.0.2');
    });
  });
});
