import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { RULES } from './registry';
import type { Wishes } from './settings/levels';

const WEB =
  'containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config.system.stateVersion = "25.11"; };';
const DB = WEB.replace('web', 'db').replace('"10.0.0.1"', '"10.0.0.3"');

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('what is silenced (%s)', (_name, lineEnd) => {
  /** Where a clash of addresses is told, and as what. */
  async function clashes(text: string, wishes: Wishes = {}): Promise<string[]> {
    const { shown } = await findingsOf(parseFixture(text, lineEnd), undefined, wishes);
    return shown
      .filter((line) => line.endsWith(' duplicate-address') || line.includes('-ignore'))
      .map((line) => line.replace(/:(\d+):\S+/, ':$1'));
  }
  const both = (a: string, b: string): string => `\n#- /a.nix\n${a}\n#- /b.nix\n${b}\n`;
  const [inA, inB] = ['/a.nix:1 error duplicate-address', '/b.nix:1 error duplicate-address'];

  it('is nothing where nobody says so', async () => {
    expect(await clashes(both(`{ ${WEB} }`, `{ ${DB} }`))).toEqual([inA, inB]);
  });

  it.each<[string, string]>([
    ['above a line', `{\n  # nixos-containers: ignore duplicate-address\n  ${WEB}\n}`],
    ['beside it', `{\n  ${WEB} # nixos-containers: ignore duplicate-address\n}`],
    ['before it, in the other kind', `{\n  /* nixos-containers: ignore duplicate-address */ ${WEB}\n}`],
    [
      'above other comments',
      `{\n  # nixos-containers: ignore duplicate-address\n  # never run together\n\n  ${WEB}\n}`,
    ],
    ['with other rules', `{\n  # nixos-containers: ignore missing-nat, duplicate-address\n  ${WEB}\n}`],
    ['with a reason', `{\n  # nixos-containers: ignore duplicate-address -- never, run\n  ${WEB}\n}`],
    ['in capitals of no matter', `{\n  #nixos-containers: ignore duplicate-address\n  ${WEB}\n}`],
    ['at the head of the file', `# nixos-containers: ignore-file duplicate-address\n{ ${WEB} }`],
    ['for the whole file', `# A module.\n/* nixos-containers: ignore-file */\n{ ${WEB} }`],
    [
      'above a line that goes on in a string',
      `{\n  # nixos-containers: ignore duplicate-address\n  a = ''\n    text\n  ''; ${WEB}\n}`,
    ],
  ])('is what a comment names: %s', async (_how, text) => {
    expect((await clashes(both(text, `{ ${DB} }`))).filter((line) => !line.includes('unneeded'))).toEqual([
      inB,
    ]);
  });

  it.each<[string, string]>([
    ['of another rule', `{\n  # nixos-containers: ignore missing-nat\n  ${WEB}\n}`],
    ['above another line', `{\n  # nixos-containers: ignore duplicate-address\n  a = 1;\n  ${WEB}\n}`],
    ['below it', `{\n  ${WEB}\n  # nixos-containers: ignore duplicate-address\n}`],
    ['of the file, but too late', `{\n  # nixos-containers: ignore-file duplicate-address\n  ${WEB}\n}`],
    ['in a string', `{\n  a = "# nixos-containers: ignore duplicate-address";\n  ${WEB}\n}`],
  ])('is not what a comment does not cover: %s', async (_how, text) => {
    const found = await clashes(both(text, `{ ${DB} }`));
    expect(found.filter((line) => line.endsWith('duplicate-address'))).toHaveLength(2);
  });

  it('is what the nearest settings file says of the file it is in', async () => {
    const settings = (folder: string, level: string): string =>
      `\n#- ${folder}/.nixos-containers.json\n{ "rules": { "duplicate-address": "${level}" } }`;
    const files = both(`{ ${WEB} }`, `{ ${DB} }`).replace('/b.nix', '/inner/deep/b.nix');
    const deep = inB.replace('/b', '/inner/deep/b');
    expect(await clashes(files + settings('', 'off'))).toEqual([]);
    expect(await clashes(files + settings('', 'hint'))).toEqual([
      inA.replace('error', 'hint'),
      deep.replace('error', 'hint'),
    ]);
    expect(await clashes(files + settings('', 'off') + settings('/inner', 'warning'))).toEqual([
      deep.replace('error', 'warning'),
    ]);
    expect(await clashes(files + settings('/elsewhere', 'off'))).toEqual([inA, deep]);
  });

  it('is what the editor says where no settings file does, and what the command line says in any case', async () => {
    const files = both(`{ ${WEB} }`, `{ ${DB} }`);
    const usual: Wishes = { usual: { 'duplicate-address': 'off' } };
    expect(await clashes(files, usual)).toEqual([]);
    const settings = `${files}#- /.nixos-containers.json\n{ "rules": { "duplicate-address": "warning" } }`;
    expect(await clashes(settings, usual)).toEqual(
      [inA, inB].map((line) => line.replace('error', 'warning')),
    );
    expect(await clashes(settings, { forced: { 'duplicate-address': 'off' } })).toEqual([]);
  });

  it('is not made graver than its rule calls it', async () => {
    // Without a container, a missing import is a warning only.
    const text = `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./none.nix ]; }; }; }
`;
    const severities = async (level: 'error' | 'hint'): Promise<string[]> =>
      (
        await findingsOf(parseFixture(text, lineEnd), undefined, { usual: { 'missing-import': level } })
      ).findings.map(({ severity }) => severity);
    expect(await severities('error')).toEqual(['warning']);
    expect(await severities('hint')).toEqual(['hint']);
  });

  it('is what is half written in a settings file, as far as it goes', async () => {
    const files = both(`{ ${WEB} }`, `{ ${DB} }`);
    const settings = `${files}#- /.nixos-containers.json\n{ "rules": { "duplicate-address": "off", "`;
    expect(await clashes(settings)).toEqual([]);
  });
});

it('rules have ids that a comment can name', () => {
  for (const { id } of RULES) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});
