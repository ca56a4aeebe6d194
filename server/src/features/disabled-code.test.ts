import { describe, expect, it } from 'vitest';
import { exampleTexts, inFixture } from '../../../test/engine/navigation';
import { inMemoryFiles } from '../eval/testing';
import { readHomelab } from '../homelab/homelab';
import { disabledCode } from './disabled-code';

/** What of the cursor's file takes no effect. */
async function fadedIn(text: string): Promise<string[]> {
  const { homelab, file } = await inFixture(text);
  return disabledCode(homelab, file).map(({ start, end }) => file.text.slice(start, end));
}

const hosts = (...lists: string[]): string =>
  `#- /flake.nix\n{ outputs = { nixpkgs, ... }@inputs: {\n${lists
    .map(
      (modules, at) => `nixosConfigurations.h${at} = nixpkgs.lib.nixosSystem { modules = [ ${modules} ]; };`,
    )
    .join('\n')}\n}; }\n`;

describe('what takes no effect', () => {
  it('is a module whose import is commented out, and no other', async () => {
    const homelab = readHomelab(await inMemoryFiles(exampleTexts()));
    const faded = homelab.files
      .nixFiles()
      .filter((path) => disabledCode(homelab, homelab.files.parsed(path) ?? fail()).length > 0);
    expect(faded).toEqual(['/containers/linkwarden.nix', '/containers/nextcloud.nix']);
  });

  it('is a module that nobody imports', async () => {
    expect(
      await fadedIn(
        `${hosts('./a.nix')}#- /a.nix\n{ }\n#- /b.nix\n# why\n{ ... }: { containers.b = { };$0 }\n`,
      ),
    ).toEqual(['{ ... }: { containers.b = { }; }']);
  });

  it('is no module that a flake hands out, nor one where not all imports are known', async () => {
    const module = '#- /b.nix\n{ ... }: { containers.b = { };$0 }\n';
    const handsOut = hosts('./a.nix').replace('}; }\n', 'nixosModules.b = import ./b.nix; }; }\n');
    expect(await fadedIn(`${handsOut}#- /a.nix\n{ }\n${module}`)).toEqual([]);
    expect(
      await fadedIn(`${hosts('./a.nix (inputs.x.list)')}#- /a.nix\n{ imports = inputs.x; }\n${module}`),
    ).toEqual([]);
  });

  it('is no module that some host imports', async () => {
    const module = '#- /b.nix\n{ ... }: { containers.b = { };$0 }\n';
    expect(await fadedIn(`${hosts('./a.nix', './a.nix ./b.nix')}#- /a.nix\n{ }\n${module}`)).toEqual([]);
  });

  it('is a container that a condition switches off, on every host that has it', async () => {
    const module = `#- /b.nix
{ config, lib, ... }: {
  options.on = lib.mkOption { default = false; };
  config.containers = lib.mkIf config.on { web = { ephemeral = true; };$0 };
}
`;
    expect(await fadedIn(`${hosts('./b.nix')}${module}`)).toEqual(['web = { ephemeral = true; }']);
    expect(await fadedIn(`${hosts('./b.nix', './b.nix ({ ... }: { on = true; })')}${module}`)).toEqual([]);
  });

  it('is no container whose condition is not known', async () => {
    const text = `#- /a.nix
{ pkgs, lib, ... }: { containers.web = lib.mkIf pkgs.stdenv.isLinux { ephemeral = true;$0 }; }
`;
    expect(await fadedIn(text)).toEqual([]);
  });
});

function fail(): never {
  throw new Error('the file is gone');
}
