import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { relativePath } from '../nix/paths';
import { RULES } from '../rules/registry';
import { findingsAsGithub } from './findings-github';
import { findingsAsJson, type FindingsReport } from './findings-json';
import { findingsAsSarif } from './findings-sarif';
import { findingsAsText } from './findings-text';

const CONFLICT = `
#- /containers/my web, 100%.nix
{
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; };
}
#- /.nixos-containers.json
{
  "rules": { "missing-nat": "off", "missing-state-version": "off", "duplicate-adress": "off" }
}
#- /db.nix
{ /* 🏠 */ containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; config = { }; }; }
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./db.nix (./containers + "/my web, 100%.nix") ]; }; }; }
`;

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { rules: { id: string; helpUri: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
      }[];
      relatedLocations?: { physicalLocation: { artifactLocation: { uri: string } } }[];
      fixes?: {
        artifactChanges: { replacements: { deletedRegion: object; insertedContent?: { text: string } }[] }[];
      }[];
    }[];
  }[];
}

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('findings (%s)', (_name, lineEnd) => {
  async function report(): Promise<FindingsReport & { homelab: Parameters<typeof findingsAsText>[1] }> {
    const { findings, homelab } = await findingsOf(parseFixture(CONFLICT, lineEnd));
    return { findings, homelab, files: homelab.files, relative: (file) => relativePath('/', file) };
  }

  it('say whether there is no host, or none that can be read', async () => {
    const shown = async (outputs: string): Promise<string> => {
      const { homelab } = await findingsOf(
        parseFixture(`#- /flake.nix\n{ outputs = inputs: ${outputs}; }\n`, lineEnd),
      );
      return findingsAsText({ ...(await report()), findings: [] }, homelab);
    };
    expect(await shown('{ packages = { }; }')).toMatch(/no flake here declares nixosConfigurations/);
    expect(await shown('inputs.flakelight ./. { }')).toBe('Nothing to check: no host is known.\n');
  });

  it('are SARIF, with the place, the other side and the fix', async () => {
    const sarif = JSON.parse(findingsAsSarif(await report())) as Sarif;
    const [run] = sarif.runs;
    expect(sarif.version).toBe('2.1.0');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const { helpUri, id } of run?.tool.driver.rules ?? [])
      expect(helpUri).toMatch(new RegExp(`^https://.*/${id}\\.md$`));
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(RULES[ruleIndex]?.id).toBe(ruleId);
    const [found] = run?.results.filter(({ ruleId }) => ruleId === 'duplicate-address') ?? [];
    expect(found).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'containers/my%20web%2C%20100%25.nix', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 86, endLine: 2, endColumn: 96 },
          },
        },
      ],
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'db.nix' } } }],
    });
    expect(found?.fixes?.[0]?.artifactChanges[0]?.replacements[0]).toMatchObject({
      deletedRegion: { startLine: 2 },
      insertedContent: { text: expect.stringContaining('10.0.0.') as string },
    });
  });

  it('are commands of GitHub, with what would end them written otherwise', async () => {
    const lines = findingsAsGithub(await report()).split('\n');
    expect(lines.find((line) => line.includes('nixos-containers%3A duplicate-address'))).toMatch(
      /^::error file=containers\/my web%2C 100%25\.nix,line=2,endLine=2,col=86,endColumn=96,title=nixos-containers%3A duplicate-address::10\.0\.0\.2 /,
    );
    expect(lines.filter((line) => line !== '').every((line) => /^::(error|warning|notice) /.test(line))).toBe(
      true,
    );
  });

  it('are found in a settings file too, on its line', async () => {
    const shown = await report();
    const text = findingsAsText(shown, shown.homelab);
    expect(text).toContain(
      '.nixos-containers.json:2:68: warning: There is no rule duplicate-adress. Did you mean duplicate-address? [invalid-settings]',
    );
    expect(text).toContain('2 |   "rules": { "missing-nat": "off"');
    const { diagnostics } = JSON.parse(findingsAsJson(shown)) as {
      diagnostics: { rule: string; line: number }[];
    };
    expect(diagnostics.find(({ rule }) => rule === 'invalid-settings')?.line).toBe(2);
  });
});
