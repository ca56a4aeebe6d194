import { describe, expect, it } from 'vitest';
import { DocumentHighlightKind } from 'vscode-languageserver-types';
import { inExample, inFixture, type PlaceInHomelab } from '../../../test/engine/navigation';
import { documentHighlights } from './document-highlight';

const IMMICH = '/containers/immich.nix';

/** The highlights as `line kind word`, lines from 1. */
function marked({ homelab, file, offset }: PlaceInHomelab): string[] | null {
  const found = documentHighlights(homelab, file, offset);
  return (
    found?.map(({ range, kind }) => {
      const { lines, text } = file;
      const word = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
      return `${range.start.line + 1} ${kind === DocumentHighlightKind.Write ? 'writes' : 'reads'} ${word}`;
    }) ?? null
  );
}

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('highlights (%s)', (_title, lineEnd) => {
  it.each([
    ['a container where it is written and where it is read', 'containers.imm|ich = {'],
    ['a container from a reference', 'config.containers.imm|ich.local'],
  ])('%s', async (_what, at) => {
    expect(marked(await inExample(IMMICH, at, {}, lineEnd))).toEqual([
      '8 reads immich',
      '8 reads immich',
      '21 writes immich',
      '42 reads immich',
      '45 reads immich',
    ]);
  });

  it.each([
    ['from its name', 'services.imm|ich.load'],
    ['from a router', 'service = "imm|ich"'],
  ])('a service %s, and not the container and the router of that name', async (_what, at) => {
    expect(marked(await inExample(IMMICH, at, {}, lineEnd))).toEqual(['7 writes immich', '13 reads immich']);
  });

  it('an option of one container only', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ config, lib, ... }: {
  containers.web = lib.mkIf true { local$0Address = "10.0.0.2"; };
  containers.db.localAddress = "10.0.0.3";
  x = config.containers.web.localAddress;
  y = config.containers.db.localAddress;
}
`;
    expect(marked(await inFixture(text, lineEnd))).toEqual(['2 writes localAddress', '4 reads localAddress']);
  });

  it('a container of the host, not one that a guest calls so', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ config, ... }: let
  host = config;
  named = { config }: config.containers.web;
in {
  containers.w$0eb.config = { config, ... }: {
    a = config.containers.web.localAddress;
    b = host.containers.web.localAddress;
  };
  inherit (config.containers) web;
}
`;
    expect(marked(await inFixture(text, lineEnd))).toEqual([
      '3 reads web',
      '5 writes web',
      '7 reads web',
      '9 reads web',
    ]);
  });
});

describe('nothing of its own', () => {
  it.each([
    ['in plain Nix', '{ con|fig, domain'],
    ['in a rule', 'rule = "Ho|st'],
    ['in a URL', '"ht|tp://'],
  ])('%s, so that equal words are marked', async (_what, at) => {
    expect(marked(await inExample(IMMICH, at))).toBeNull();
  });

  it('while the text is broken there, and as ever elsewhere', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ config, ... }: {
  containers.w$0eb.localAddress = "10.0.0.2";
  x = [ config.containers.web.localAddress;
  y = config.containers.web.localAddress;
}
`;
    expect(marked(await inFixture(text))).toContain('4 reads web');
  });
});
