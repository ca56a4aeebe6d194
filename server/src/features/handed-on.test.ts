import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { hoveredAt } from '../../../test/engine/hovered';

/** Options that a module of the repository hands on to its containers, under a name of its own. */
const MODULE = `
#- /registry.nix
{ config, lib, ... }: {
  options.lab = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.extra = lib.mkOption { type = lib.types.attrs; default = { }; };
    });
  };
  config.containers = lib.mapAttrs (name: own: lib.mkMerge [ { autoStart = true; } own.extra ]) config.lab;
}
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('handed on (%s)', (_, lineEnd) => {
  it.each([
    ['with dots', '{ lab.web.extra.timeoutSt$0artSec = "5min"; }'],
    ['in sets', '{ lab = { web = { extra = { timeoutSt$0artSec = "5min"; }; }; }; }'],
    ['mixed', '{ lib, ... }: { lab.web = lib.mkIf true { extra.timeoutSt$0artSec = "5min"; }; }'],
  ])('hovers as what it is, %s', async (_what, text) => {
    expect(await hoveredAt(`#- /web.nix\n${text}\n${MODULE}`, lineEnd)).toContain(
      '`containers.<name>.timeoutStartSec`',
    );
  });

  it.each([
    ['with dots', '{ lab.web.extra.ti$0 = "5min"; }'],
    ['in sets', '{ lab = { web = { extra = { ti$0 = "5min"; }; }; }; }'],
  ])('is offered, %s', async (_what, text) => {
    expect((await completeAt(`#- /web.nix\n${text}\n${MODULE}`, lineEnd)).labels).toContain(
      'timeoutStartSec',
    );
  });
});
