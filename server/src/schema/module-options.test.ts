import { describe, expect, it } from 'vitest';
import { inMemoryFiles } from '../eval/testing';
import { declaredRows, differences, modulesOf } from './module-options';
import type { OptionDoc } from './option';

/** A module in the shape of nixpkgs’ own. */
const MODULE = `
{ config, lib, pkgs, ... }:
let
  inherit (lib) mkOption mkEnableOption mkPackageOption types;
  cfg = config.services.photos;
  ports = direction: { allowed = mkOption { type = types.listOf types.port; default = [ ]; description = direction; }; };
in
{
  imports = [ (lib.mkRenamedOptionModule [ "services" "photos" "prot" ] [ "services" "photos" "port" ]) ];
  options.services.photos = {
    enable = mkEnableOption "photos";
    package = mkPackageOption pkgs "photos" { };
    port = mkOption { type = types.port; default = 2283; description = "Where it listens."; };
    dataDir = mkOption { type = types.path; default = "/var/lib/\${cfg.user}"; description = "Where it keeps them."; };
    user = mkOption { type = types.str; default = "photos"; description = "Who runs it."; };
    sites = mkOption {
      default = { };
      description = "Its sites.";
      type = types.attrsOf (types.submodule ({ name, ... }: {
        options = {
          host = mkOption { type = types.nullOr types.str; default = null; description = "Its name."; };
          listen = mkOption {
            type = types.listOf (types.submodule { options.port = mkOption { type = types.port; description = "A port."; }; });
            default = [ ];
            description = "Where.";
          };
        } // ports "incoming";
      }));
    };
  };
  config = lib.mkIf cfg.enable { systemd.services.photos.script = "true"; };
}
`;

const row = (path: string, rest: Partial<OptionDoc>): OptionDoc => ({
  path,
  type: 'string',
  description: 'It is.',
  source: 'nixpkgs nixos/photos.nix',
  ...rest,
});

describe('declaredRows', () => {
  it('reads what a module declares, with types in NixOS’ words and defaults as Nix', async () => {
    const rows = declaredRows(await inMemoryFiles({ '/photos.nix': MODULE }), ['/photos.nix']);
    expect(rows.get('services.photos.enable')).toMatchObject({ type: 'boolean', default: 'false' });
    expect(rows.get('services.photos.port')).toEqual({
      path: 'services.photos.port',
      type: '16 bit unsigned integer; between 0 and 65535 (both inclusive)',
      default: '2283',
      hasDefault: true,
    });
    expect(rows.get('services.photos.sites.<name>.host')).toMatchObject({
      type: 'null or string',
      default: 'null',
    });
    expect(rows.get('services.photos.sites.<name>.allowed')).toMatchObject({ default: '[ ]' });
    expect(rows.get('services.photos.sites.<name>.listen.*.port')).toMatchObject({
      hasDefault: false,
      default: null,
    });
  });

  it('reads nothing of a file that is not there, or that is no module', async () => {
    const files = await inMemoryFiles({ '/list.nix': '[ 1 ]', '/broken.nix': '{ options = ' });
    expect([...declaredRows(files, ['/missing.nix', '/list.nix', '/broken.nix'])]).toEqual([]);
  });
});

describe('differences', () => {
  it('says what is gone and what has another type or default', async () => {
    const declared = declaredRows(await inMemoryFiles({ '/photos.nix': MODULE }), ['/photos.nix']);
    const rows = [
      row('services.photos.enable', { type: 'boolean', default: false }),
      row('services.photos.port', { type: 'string', default: 80 }),
      row('services.photos.host', {}),
      row('services.photos.dataDir', { type: 'absolute path', default: '/var/lib/photos' }),
      row('services.photos.sites.<name>.listen.*.port', {
        type: '16 bit unsigned integer; between 0 and 65535 (both inclusive)',
        required: true,
      }),
      row('services.photos.user', { default: 'photos', required: true }),
    ];
    expect(differences(rows, declared)).toEqual([
      'type     services.photos.port: string in the table, 16 bit unsigned integer; between 0 and 65535 (both inclusive) in nixpkgs',
      'default  services.photos.port: 80 in the table, 2283 in nixpkgs',
      'gone     services.photos.host',
      'required services.photos.user: it has a default in nixpkgs',
    ]);
  });

  it('says what is new where the tables hold a set as a whole', async () => {
    const text = `{ lib, ... }: { options = {
      networking.firewall = { enable = lib.mkEnableOption "it"; quota = lib.mkOption { type = lib.types.int; }; };
      containers = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { options.mood = lib.mkOption { type = lib.types.str; }; }); };
    }; }`;
    const declared = declaredRows(await inMemoryFiles({ '/new.nix': text }), ['/new.nix']);
    expect(differences([], declared).filter((line) => line.startsWith('new'))).toEqual([
      'new      networking.firewall.quota (signed integer)',
      'new      containers.<name>.mood (string)',
    ]);
  });

  it('knows which modules a row was read from', () => {
    expect(modulesOf({ source: 'nixpkgs nixos/modules/a/b.nix, and nixos/lib/c.nix' })).toEqual([
      'nixos/modules/a/b.nix',
      'nixos/lib/c.nix',
    ]);
    expect(modulesOf({ source: 'agenix modules/age.nix' })).toEqual([]);
  });
});
