import { describe, expect, it } from 'vitest';
import { exampleTexts, inFixture } from '../../../test/engine/navigation';
import { inMemoryFiles } from '../eval/testing';
import { readHomelab, type Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { encodeTokens, semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from './semantic-tokens';

/** The tokens of a file as they are decoded by an editor: `line word type modifiers`, lines from 1. */
function tokensOf(homelab: Homelab, file: SourceFile): string[] {
  const data = encodeTokens(file, semanticTokens(homelab, file));
  const shown: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const names = TOKEN_MODIFIERS.filter((_name, bit) => (modifiers & (1 << bit)) !== 0);
    const word = file.lines.lineText(line).slice(character, character + length);
    shown.push([line + 1, word, TOKEN_TYPES[type]?.own, ...names].join(' '));
  }
  return shown;
}

async function ofFixture(text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<string[]> {
  const { homelab, file } = await inFixture(text, lineEnd);
  return tokensOf(homelab, file).filter((token) => !token.includes(' option'));
}

async function ofExample(path: string): Promise<string[]> {
  const homelab = readHomelab(await inMemoryFiles(exampleTexts()));
  const file = homelab.files.parsed(path);
  if (file === null) throw new Error(`${path} is not there`);
  return tokensOf(homelab, file);
}

describe('semantic tokens', () => {
  it('of a container with its route', async () => {
    const tokens = await ofExample('/containers/immich.nix');
    expect(tokens.filter((token) => !token.includes(' option')).slice(0, 13)).toEqual([
      '5 traefik container definition',
      '7 immich service definition',
      '8 immich container',
      '8 immich container',
      '11 immich router definition',
      '13 immich service',
      '14 websecure entryPoint',
      '15 authelia middleware',
      '21 immich container definition',
      '26 10.10.10.4 address',
      '27 10.10.10.5 address',
      '36 2283 port',
      '41 2283 port',
    ]);
    expect(tokens).toContain('8 localAddress option');
    expect(tokens).toContain('14 entrypoints option');
  });

  it('mark what takes no effect', async () => {
    const tokens = await ofExample('/containers/nextcloud.nix');
    expect(tokens.length).toBeGreaterThan(10);
    expect(tokens.every((token) => token.endsWith(' disabled'))).toBe(true);
  });

  it.each(['\n', '\r\n'] as const)('follow values to where they are written, with %j', async (lineEnd) => {
    const text = `#- /a.nix
{ config, lib, ... }: let
  ip = "10.0.0.2";
  ports = [ 80 443 ];
  other = "10.0.0.9";
in {
  containers = lib.mkMerge [
    { web = { privateNetwork = true; localAddress = ip; config.networking.firewall.allowedTCPPorts = ports; }; }
    (lib.mkIf false { db.localAddress = "10.0.0.3"; })
  ];$0
}
`;
    expect(await ofFixture(text, lineEnd)).toEqual([
      '2 10.0.0.2 address',
      '3 80 port',
      '3 443 port',
      '7 web container definition',
      '8 db container definition disabled',
      '8 10.0.0.3 address disabled',
    ]);
  });

  it('do not take for a container what a guest, or another set, calls so', async () => {
    const text = `#- /a.nix
{ ... }: let
  x = { containers.none = { }; };
  y.web.localAddress = "10.0.0.2";
in {
  containers.web.config = { config, ... }: { a = config.containers.web; };
  services.x.containers.web = "y";
  toString = toString (x: { containers.web = x; });$0
}
`;
    expect(await ofFixture(text)).toEqual(['5 web container definition']);
  });

  it('stay where the text is whole while a binding is broken', async () => {
    const text = `#- /a.nix
{ ... }: {
  containers.web = { localAddress = "10.0.0.2"; };
  containers.db = { localAddress = ;$0 };
  containers.log = { localAddress = "10.0.0.4"; };
}
`;
    const tokens = await ofFixture(text);
    expect(tokens).toContain('2 10.0.0.2 address');
    expect(tokens).toContain('4 log container definition');
  });

  it('are none in an empty file', async () => {
    expect(await ofFixture('#- /a.nix\n$0')).toEqual([]);
  });
});
