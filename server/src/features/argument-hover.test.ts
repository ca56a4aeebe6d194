import { describe, expect, it } from 'vitest';
import { hoveredAt } from '../../../test/engine/hovered';

const FLAKE = `#- /flake.nix
{
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.lab = nixpkgs.lib.nixosSystem {
      specialArgs = {
        domain = "lab.site";
        constants = { network = "10.0.0"; gateway = "10.0.0.1"; };
        inherit inputs;
      };
      modules = [ ./web.nix { _module.args.vlan = 7; } ];
    };
  };
}
#- /web.nix
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'arguments of modules (%s)',
  (_, lineEnd) => {
    const at = (text: string, nixHovers = true): Promise<string | null> =>
      hoveredAt(FLAKE + text, lineEnd, { nixHovers });

    it.each([
      ['in the head', '{ config, dom$0ain, ... }: { }'],
      ['in a head of several lines', '{\n  config,\n  dom$0ain,\n  ...\n}:\n{ }'],
      ['in a head with a default', '{ domain$0 ? "x", ... }: { }'],
      ['in a text', '{ domain, ... }: { x = "a.${dom$0ain}"; }'],
      ['as a value', '{ domain, ... }: { networking.domain = do$0main; }'],
      ['in a `let`', '{ domain, ... }: let own = doma$0in; in { x = own; }'],
      ['in a list, behind an emoji', '{ domain, ... }: { x = [ /* 🏠 */ "a" dom$0ain ]; }'],
      ['inside a container', '{ domain, ... }: { containers.web.config = { x = dom$0ain; }; }'],
      ['with a set beside it', '{ domain, ... }@args: { x = dom$0ain; }'],
    ])('with their value, %s', async (_what, text) => {
      expect(await at(text)).toBe('Argument `domain` on `lab`: `lab.site`, from `flake.nix:5`.');
    });

    it('with its texts as Nix has them, of a list', async () => {
      const flake = FLAKE.replace('domain = "lab.site";', 'domain = "lab.site"; zones = [ "a b" 3 ];');
      expect(await hoveredAt(`${flake}{ zon$0es, ... }: { }`, lineEnd)).toContain('`[ "a b" 3 ]`');
    });

    it('in a head that is half-typed', async () => {
      expect(await at('{ config, dom$0ain')).toContain('`lab.site`');
      expect(await at('{ config, doma$0in, ... }:\n{ containers.web = { ')).toContain('`lab.site`');
    });

    it('a set, by its names', async () => {
      expect(await at('{ const$0ants, ... }: { }')).toBe(
        'Argument `constants` on `lab`: a set of `network`, `gateway`, from `flake.nix:6`.',
      );
    });

    it('what `_module.args` passes', async () => {
      expect(await at('{ vla$0n, ... }: { }')).toContain('Argument `vlan` on `lab`: `7`, from');
    });

    it('what NixOS passes', async () => {
      expect(await at('{ con$0fig, ... }: { }')).toBe(
        '`config`: the configuration as all modules define it.',
      );
      expect(await at('{ pk$0gs, ... }: { }')).toBe('`pkgs`: nixpkgs’ packages.');
      expect(await at('{ config, ... }: { x = conf$0ig.networking.hostName; }')).toBe(
        '`config`: the configuration as all modules define it.',
      );
    });

    it('what nobody passes is not known', async () => {
      expect(await at('{ other$0, ... }: { }')).toBe(
        'Argument `other` on `lab`: not known, the argument \\`other\\` is not set in the repository.',
      );
    });

    it('of a guest: what its `specialArgs` pass', async () => {
      expect(
        await at(
          '{ domain, ... }: { containers.web = { specialArgs = { inherit domain; }; config = { dom$0ain, ... }: { }; }; }',
        ),
      ).toContain('Argument `domain` on `lab`: `lab.site`');
      expect(await at('{ ... }: { containers.web.config = { dom$0ain, ... }: { }; }')).toContain('not known');
    });

    it.each([
      ['by a `let`', '{ domain, ... }: let domain = "own"; in { x = dom$0ain; }'],
      ['by another function', '{ domain, ... }: { x = (domain: dom$0ain) "own"; }'],
      ['by a recursive set', '{ domain, ... }: rec { domain = "own"; x = dom$0ain; }'],
    ])('not a name that is bound nearer, %s', async (_what, text) => {
      expect((await at(text)) ?? '').not.toContain('lab.site');
    });

    it('also beside another server for Nix, where the repository passes them', async () => {
      expect(await at('{ domain, ... }: { x = dom$0ain; }', false)).toContain('`lab.site`');
      expect(await at('{ con$0fig, ... }: { }', false)).toBeNull();
    });

    it('each host has its own', async () => {
      const two = `#- /flake.nix
{ outputs = { nixpkgs, ... }: {
  nixosConfigurations.a = nixpkgs.lib.nixosSystem { specialArgs.domain = "a.site"; modules = [ ./web.nix ]; };
  nixosConfigurations.b = nixpkgs.lib.nixosSystem { specialArgs.domain = "b.site"; modules = [ ./web.nix ]; };
}; }
#- /web.nix
{ dom$0ain, ... }: { }`;
      expect(await hoveredAt(two, lineEnd)).toBe(
        'Argument `domain` on `a`: `a.site`, from `flake.nix:2`.\n\nArgument `domain` on `b`: `b.site`, from `flake.nix:3`.',
      );
    });
  },
);
