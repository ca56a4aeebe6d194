import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { readFolder } from '../../../test/engine/folder';
import { isEditProblem } from './edit-plan';
import { filledIn, type Blank } from './blank';
import { targetFor } from './container-request';
import { moduleSnippet } from './module-snippet';
import { planNewContainer } from './new-container';
import { HOMELABS } from './new-container.fixtures';
import { homelabOfFiles, planOf, testParse, type Files } from './testing';

const example = await readFolder(join(import.meta.dirname, '../../../examples/homelab'));
const parse = await testParse();
const hasNix = spawnSync('nix-instantiate', ['--version']).status === 0;
// Each case reads a homelab several times, and asks Nix whether it can parse the result.
vi.setConfig({ testTimeout: 30_000 });

async function snippetFor(files: Files, name: string): Promise<(string | Blank)[]> {
  const homelab = await homelabOfFiles(files);
  const target = targetFor(homelab, null);
  const pieces = isEditProblem(target) ? null : moduleSnippet(homelab, target, name);
  if (pieces === null) throw new Error('there is no snippet');
  return pieces;
}

/** The text with every place as it is suggested. */
function taken(pieces: readonly (string | Blank)[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

function blanks(pieces: readonly (string | Blank)[]): string[] {
  return pieces.flatMap((piece) =>
    typeof piece === 'string' ? [] : [`${piece.blank} ${piece.text}`.trim()],
  );
}

const all: readonly (readonly [string, Files])[] = [
  ['examples/homelab', example],
  ...Object.entries(HOMELABS).map(([title, text]) => [title, parseFixture(text).files] as const),
];

describe.each(all)('the snippet of a module beside %s', (_title, files) => {
  it('is what Add Container writes', async () => {
    const snippet = taken(await snippetFor(files, 'jellyfin'));
    const middlewares = /middlewares = \[ "([^"]+)" \];/.exec(snippet)?.slice(1) ?? [];
    const plan = planOf(
      planNewContainer(await homelabOfFiles(files), { name: 'jellyfin', port: 8096, middlewares }, parse),
    );
    // Where the release is not known, there is a place for it to fill in.
    const toFillIn = '# The NixOS release that this container begins with.';
    const written = snippet
      .split('\n')
      .filter((_line, index, lines) => lines[index - 1]?.trim() !== toFillIn)
      .join('\n')
      .replace(toFillIn, '# Set system.stateVersion to the NixOS release that this container begins with.');
    expect(written).toBe(plan.creations[0]?.text);
  });

  it.each(['jellyfin', 'my-own', 'photoprism', 'syncthing', 'mosquitto'])('is Nix: %s', async (name) => {
    const text = taken(await snippetFor(files, name));
    expect(parse('/new.nix', text).errors).toEqual([]);
    if (!hasNix) return;
    const parsed = spawnSync('nix-instantiate', ['--parse', '-'], { input: text });
    expect(parsed.status, String(parsed.stderr)).toBe(0);
  });
});

describe('the places to fill in', () => {
  it('are what differs from one container to the next', async () => {
    expect(blanks(await snippetFor(example, 'jellyfin'))).toEqual([
      'port 8096',
      'subdomain jellyfin',
      'middleware authelia',
      'port 8096',
      'start',
      'end',
    ]);
    expect(blanks(await snippetFor(example, 'my-own'))).toContain('service my-own');
  });

  it('hold the domain where the routes tell none, and the release where nothing does', async () => {
    const { files } = parseFixture(`#- /configuration.nix
{ services.traefik = { enable = true; staticConfigOptions.entryPoints.websecure.address = ":443"; }; }
`);
    const pieces = await snippetFor(files, 'jellyfin');
    expect(blanks(pieces)).toEqual(expect.arrayContaining(['domain example.org', 'stateVersion']));
    expect(taken(pieces)).toContain('rule = "Host(`jellyfin.example.org`)";');
  });

  it('leave the domain as the homelab writes it, also where its value is not known', async () => {
    const { files } = parseFixture(`#- /configuration.nix
{ imports = [ ./web.nix ]; services.traefik.enable = true; }
#- /web.nix
{ config, secrets, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.web = { rule = "Host(\`web.\${secrets.domain}\`)"; service = "web"; };
    services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}"; } ];
  };
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
}
`);
    const text = taken(await snippetFor(files, 'jellyfin'));
    expect(text).toContain('rule = "Host(`jellyfin.${secrets.domain}`)";');
    expect(text).toMatch(/^\{ config, secrets, \.\.\. \}:/);
  });

  it('are nowhere in what Add Container writes', async () => {
    const plan = planOf(
      planNewContainer(await homelabOfFiles(example), { name: 'jellyfin', port: 8096 }, parse),
    );
    const text = plan.creations[0]?.text ?? '';
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(filledIn(text)).toEqual({ text, serviceAt: 0 });
  });
});
