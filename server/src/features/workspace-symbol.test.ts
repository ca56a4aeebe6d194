import { describe, expect, it } from 'vitest';
import { describe as placed, exampleTexts, uriOf } from '../../../test/engine/navigation';
import { inMemoryFiles } from '../eval/testing';
import { readHomelab } from '../homelab/homelab';
import { workspaceSymbols } from './workspace-symbol';

const homelab = readHomelab(await inMemoryFiles(exampleTexts()));

function found(query: string): string[] {
  return workspaceSymbols(homelab, query, uriOf).map(
    ({ name, containerName, location }) => `${name} (${containerName ?? ''}) ${placed(homelab, location)}`,
  );
}

describe('workspace symbols', () => {
  it('are containers and routers, the one that begins so first', () => {
    expect(found('immich')).toEqual([
      'immich (container · 10.10.10.5 · homelab) /containers/immich.nix:21 immich',
      'immich (router · photos.nemnix.site · homelab) /containers/immich.nix:11 immich',
    ]);
  });

  it('are found by the host name that a router answers, and by letters in their order', () => {
    expect(found('photos.')).toEqual([
      'photos.nemnix.site (router immich · homelab) /containers/immich.nix:11 immich',
    ]);
    expect(found('vltw')[0]).toContain('vaultwarden (container');
    expect(found('IMMICH')).toEqual(found('immich'));
  });

  it('say which containers are disabled', () => {
    expect(found('nextcloud').join('\n')).toContain('nextcloud (disabled container');
  });

  it('are all of them for an empty query, and none for one that nothing answers', () => {
    expect(found('').length).toBeGreaterThan(10);
    expect(new Set(found('')).size).toBe(found('').length);
    expect(found('zzzz')).toEqual([]);
  });
});
