import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';

/**
 * Modules from outside the repository are taken to define nothing that the repository defines, and to declare what is not
 * known here. What something unknown hides of the repository's own modules is no module from outside.
 */

const UNKNOWN = '?';

/** The address of the container `a` on a host with this module; `?` where it is not known. */
async function address(module: string): Promise<unknown> {
  const { hosts } = await homelabOf(
    parseFixture(`
#- /flake.nix
{ outputs = { nixpkgs, x, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem {
  specialArgs = { inherit inputs; };
  modules = [ x.nixosModules.default ./a.nix ]
    ++ map (input: input.nixosModules.default) (builtins.filter (input: input ? nixosModules) (builtins.attrValues inputs));
}; }; }
#- /a.nix
${module}
#- /other.nix
{ containers.a.localAddress = "10.0.0.9"; }
`),
  );
  const container = hosts[0]?.containers.find(({ name }) => name === 'a');
  const fact = container?.localAddress;
  return fact?.kind === 'known' ? fact.value : fact?.kind === 'unset' ? null : UNKNOWN;
}

describe('modules from outside', () => {
  it.each([
    ['define nothing that is defined', '{ containers.a.localAddress = "10.0.0.2"; }', '10.0.0.2'],
    [
      'define nothing over a default',
      '{ lib, ... }: { containers.a.localAddress = lib.mkDefault "10.0.0.2"; }',
      '10.0.0.2',
    ],
    [
      'are imported beside others',
      '{ inputs, ... }: { imports = [ inputs.x.nixosModules.y ./b.nix ]; }\n#- /b.nix\n{ containers.a.localAddress = "10.0.0.2"; }',
      '10.0.0.2',
    ],
    [
      'are perhaps imported',
      '{ lib, inputs, ... }: { imports = lib.optional inputs.x.on inputs.x.nixosModules.y; containers.a.localAddress = lib.mkDefault "10.0.0.2"; }',
      '10.0.0.2',
    ],
    [
      'are chosen between',
      '{ lib, inputs, ... }: { imports = [ (if inputs.x.on then inputs.x.nixosModules.y else inputs.x.nixosModules.z) ]; containers.a.localAddress = lib.mkDefault "10.0.0.2"; }',
      '10.0.0.2',
    ],
    [
      'declare what is not known here',
      '{ config, ... }: { containers.a.localAddress = config.services.nothing.address; }',
      UNKNOWN,
    ],
    [
      'may declare what is asked for with `or`',
      '{ config, ... }: { containers.a.localAddress = config.services.nothing.address or "10.0.0.2"; }',
      UNKNOWN,
    ],
    [
      'leave what the repository sets of it',
      '{ config, ... }: { services.nothing.address = "10.0.0.2"; containers.a.localAddress = config.services.nothing.address; }',
      '10.0.0.2',
    ],
    [
      'have the defaults that the tables know',
      '{ config, ... }: { containers.a.localAddress = if config.services.grafana.settings.server.http_port == 3000 then "10.0.0.2" else null; }',
      '10.0.0.2',
    ],
    [
      'have no default where the tables know none',
      '{ config, ... }: { containers.a.localAddress = if config.services.nothing.port == 3000 then "10.0.0.2" else null; }',
      UNKNOWN,
    ],
  ])('%s', async (_title, module, expected) => {
    expect(await address(module)).toBe(expected);
  });
});

describe('modules of the repository behind something unknown may define it', () => {
  it.each([
    ['optional', 'lib.optional inputs.x.on ./other.nix'],
    ['optionals', 'lib.optionals inputs.x.on [ ./other.nix ]'],
    ['if', 'if inputs.x.on then [ ./other.nix ] else [ ]'],
    ['if, of one', '[ (if inputs.x.on then ./other.nix else ./empty.nix) ]'],
    ['filter', 'builtins.filter (path: inputs.x.on) [ ./other.nix ]'],
    ['lib.filter', 'lib.filter (path: inputs.x.on) [ ./other.nix ]'],
    ['a function', '[ (import ./maker.nix inputs.x.on) ]'],
  ])('%s', async (_how, imports) => {
    const files =
      '#- /empty.nix\n{ }\n#- /maker.nix\non: { ... }: if on then { containers.a.localAddress = "10.0.0.9"; } else { }';
    const module = `{ lib, inputs, ... }: { imports = ${imports}; containers.a.localAddress = lib.mkDefault "10.0.0.2"; }\n${files}`;
    expect(await address(module)).toBe(UNKNOWN);
  });

  it('but not over what has the stronger priority', async () => {
    const module = `{ lib, inputs, ... }: { imports = lib.optional inputs.x.on ./other.nix; containers.a.localAddress = lib.mkForce "10.0.0.2"; }`;
    expect(await address(module)).toBe('10.0.0.2');
  });
});
