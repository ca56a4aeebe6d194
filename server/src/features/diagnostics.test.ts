import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { toDiagnostic } from './diagnostics';

const CONFLICT = `
#- /containers/web.nix
{ # 🏠
  /* 🏠 */ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
}
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.3"; config = { }; }; }
`;

const INERT = `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers/web.nix ]; };
  };
}
#- /containers/web.nix
{
  containers.web = { privateNetwork = false; localAddress = "10.0.0.3"; config = { }; };
  containers.traefik.config.services.traefik.staticConfigOptions.pilot.token = "x";
}
`;

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('diagnostics (%s)', (_name, lineEnd) => {
  it('name the rule, its page, and the other side', async () => {
    const { findings, homelab } = await findingsOf(parseFixture(CONFLICT, lineEnd));
    const clashes = findings.filter(({ rule }) => rule === 'duplicate-address');
    const diagnostics = clashes.map((finding) =>
      toDiagnostic(finding, homelab.files, (path) => `file://${path}`),
    );
    expect(diagnostics).toHaveLength(2);
    expect(diagnostics[0]).toMatchObject({
      severity: 1,
      source: 'nixos-containers',
      code: 'duplicate-address',
      codeDescription: {
        href: 'https://github.com/nixos-containers/nixos-containers/blob/main/docs/rules/duplicate-address.md',
      },
    });
    const line =
      '  /* 🏠 */ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };';
    const at = { line: 1, character: line.indexOf('"10.0.0.3"') };
    expect(diagnostics[0]?.relatedInformation).toEqual([
      {
        location: {
          uri: 'file:///containers/web.nix',
          range: { start: at, end: { ...at, character: at.character + '"10.0.0.3"'.length } },
        },
        message: 'localAddress of web',
      },
    ]);
    expect(diagnostics[1]?.range.start).toEqual(at);
    expect(diagnostics[0]).not.toHaveProperty('tags');
  });

  it('say what an editor fades and strikes through', async () => {
    const { findings, homelab } = await findingsOf(parseFixture(INERT, lineEnd));
    const tags = findings.flatMap((finding) => {
      const diagnostic = toDiagnostic(finding, homelab.files, (path) => `file://${path}`);
      return diagnostic?.tags === undefined ? [] : [[finding.rule, ...diagnostic.tags]];
    });
    expect(tags).toEqual([
      ['inert-network-option', 1],
      ['renamed-traefik-key', 2],
    ]);
  });
});
