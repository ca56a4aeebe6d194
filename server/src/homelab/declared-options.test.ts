import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { declaredBelow, declaredOption } from './declared-options';
import type { ModuleSystem } from '../eval/modules/system';

const MODULE = `
#- /a.nix
{ lib, config, inputs, ... }: {
  options.homelab = {
    enable = lib.mkEnableOption "the homelab";
    port = lib.mkOption { type = lib.types.port; default = 80; description = "Where it listens."; example = 8080; };
    data = lib.mkOption { type = lib.types.nullOr lib.types.str; default = config.x; defaultText = lib.literalExpression "config.x"; };
    raw = lib.mkOption { default = inputs.x; description = inputs.y; };
    deep.er = lib.mkOption { type = lib.types.listOf lib.types.str; };
  };
  options.services.immich.extra = lib.mkOption { type = lib.types.bool; };
  config.containers.web.config = { lib, ... }: {
    options.own.thing = lib.mkOption { type = lib.types.str; default = "x"; };
  };
}
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'declared options (%s)',
  (_name, lineEnd) => {
    const system = async (): Promise<ModuleSystem> => {
      const { hosts } = await homelabOf(parseFixture(MODULE, lineEnd));
      const [host] = hosts;
      if (host === undefined) throw new Error('no host');
      return host.system;
    };

    it('are known with description, type, default and place', async () => {
      const host = await system();
      expect(declaredOption(host, ['homelab', 'port'])).toMatchObject({
        description: 'Where it listens.',
        type: '16 bit unsigned integer; between 0 and 65535 (both inclusive)',
        default: '80',
        example: '8080',
        file: '/a.nix',
      });
      expect(declaredOption(host, ['homelab', 'port'])?.at).not.toBeNull();
      expect(declaredOption(host, ['homelab', 'enable'])).toMatchObject({
        type: 'boolean',
        default: 'false',
      });
      expect(declaredOption(host, ['homelab', 'data'])).toMatchObject({
        default: 'config.x',
        type: 'null or string',
      });
    });

    it('say nothing that is not known', async () => {
      expect(declaredOption(await system(), ['homelab', 'raw'])).toMatchObject({
        default: null,
        description: null,
        example: null,
      });
    });

    it('are none of NixOS’ own, and none where nothing is declared', async () => {
      const host = await system();
      expect(declaredOption(host, ['services', 'immich', 'port'])).toBeNull();
      expect(declaredOption(host, ['homelab'])).toBeNull();
      expect(declaredOption(host, ['no', 'such'])).toBeNull();
    });

    it('are found below a path, apart from NixOS’ own', async () => {
      const host = await system();
      const names = (path: readonly string[]): string[] => declaredBelow(host, path).map(({ name }) => name);
      expect(names(['homelab'])).toEqual(['enable', 'port', 'data', 'raw', 'deep']);
      expect(declaredBelow(host, ['homelab']).find(({ name }) => name === 'deep')?.option).toBeNull();
      expect(names(['homelab', 'deep'])).toEqual(['er']);
      expect(names(['services', 'immich'])).toEqual(['extra']);
      expect(names([])).toEqual(['homelab', 'services']);
      expect(names(['homelab', 'port'])).toEqual([]);
      expect(names(['nothing'])).toEqual([]);
    });

    it('of a guest are the guest’s', async () => {
      const { hosts } = await homelabOf(parseFixture(MODULE, lineEnd));
      const guest = hosts[0]?.containers[0]?.guest;
      if (guest == null) throw new Error('no guest');
      expect(declaredOption(guest.system, ['own', 'thing'])).toMatchObject({
        type: 'string',
        default: '"x"',
      });
      expect(declaredBelow(guest.system, []).map(({ name }) => name)).toEqual(['own']);
    });
  },
);
