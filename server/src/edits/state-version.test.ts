import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { targetFor } from './container-request';
import { isEditProblem } from './edit-plan';
import { stateVersionFor, type StateVersion } from './state-version';
import { homelabOfFiles } from './testing';

interface Parts {
  readonly branch?: string;
  /** What the host's modules hold. */
  readonly modules?: string;
  readonly otherHost?: string;
}

async function stateVersion({
  branch = 'nixos-unstable',
  modules = '',
  otherHost,
}: Parts): Promise<StateVersion> {
  const other =
    otherHost === undefined
      ? ''
      : `nixosConfigurations.other = nixpkgs.lib.nixosSystem { modules = [ ${otherHost} ]; };`;
  const { files } = parseFixture(`#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/${branch}";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [ { containers.web.config.services.nginx.enable = true; } ${modules} ];
    };
    ${other}
  };
}
`);
  const homelab = await homelabOfFiles(files);
  const target = targetFor(homelab, 'homelab');
  if (isEditProblem(target)) throw new Error(target.problem);
  return stateVersionFor(homelab, target);
}

const guests = (...versions: string[]): string =>
  versions
    .map((version, index) => `{ containers.c${index}.config.system.stateVersion = "${version}"; }`)
    .join(' ');
const host = (version: string): string => `{ system.stateVersion = "${version}"; }`;

describe('the release that a new container begins with', () => {
  it('is the one the flake follows, whatever else is set', async () => {
    const found = await stateVersion({
      branch: 'nixos-25.11',
      modules: guests('24.05', '24.05') + host('23.11'),
    });
    expect(found).toEqual({ version: '25.11', note: null });
  });

  it('is what most containers say, without a word, where the flake follows none', async () => {
    expect(await stateVersion({ modules: guests('24.05', '24.11', '24.05') })).toEqual({
      version: '24.05',
      note: null,
    });
  });

  it.each<[string, Parts, string, RegExp]>([
    [
      'the newest of the few that are set',
      { modules: `${guests('24.11')} { containers.d.config = { }; } ${host('23.11')}` },
      '24.11',
      /^system\.stateVersion is 24\.11 as in another container of homelab, because the release of nixpkgs is not known/,
    ],
    [
      "the host's own",
      { modules: host('23.11'), otherHost: guests('25.05') },
      '23.11',
      /as on homelab itself/,
    ],
    [
      'that of a container elsewhere',
      { otherHost: guests('24.05', '25.05') },
      '25.05',
      /as in a container of other/,
    ],
    ["another host's", { otherHost: host('24.11') }, '24.11', /as on other, because/],
  ])('is %s, and that is said', async (_title, parts, version, note) => {
    const found = await stateVersion(parts);
    expect(found.version).toBe(version);
    expect(found.note).toMatch(note);
  });

  it('is not made up', async () => {
    const found = await stateVersion({
      modules: '({ pkgs, ... }: { system.stateVersion = pkgs.lib.trivial.release; })',
    });
    expect(found.version).toBeNull();
    expect(found.note).toMatch(/^system\.stateVersion is not set: .* NixOS warns until then\.$/);
  });
});
