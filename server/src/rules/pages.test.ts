import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { RULES } from './registry';
import type { Finding } from './rule';
import { rulesSetting, settingsFileSchema } from './settings/schema';

/** Rules that say that something is missing, or not whole: they wait until typing pauses. */
const WAITING: ReadonlySet<string> = new Set([
  'backend-port-closed',
  'bridge-prefix-missing',
  'device-half-configured',
  'ephemeral-state',
  'evaluation-failure',
  'forward-auth-unreachable',
  'half-address-pair',
  'inert-network-option',
  'isolated-container',
  'loopback-dns',
  'missing-argument',
  'missing-import',
  'missing-nat',
  'missing-required-option',
  'missing-secret-mount',
  'missing-state-version',
  'not-imported',
  'read-only-state',
  'resolved-conflict',
  'restart-without-auto-start',
  'route-without-tls',
  'uncovered-host',
  'unknown-container',
  'unknown-entry-point',
  'unknown-middleware',
  'unknown-option',
  'unknown-secret',
  'unknown-service',
  'unknown-tls-options',
  'unknown-traefik-key',
  'unmapped-bind-mount',
  'unserved-port',
  'untracked-module',
  'unused-middleware',
  'unused-service',
]);

const FOLDER = join(import.meta.dirname, '../../../docs/rules');

/** The Nix under a heading of a rule's page. */
function example(page: string, heading: string): string {
  return new RegExp(`## ${heading}\\n\\n\`\`\`nix\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('the page of %s', (id, rule) => {
  const path = join(FOLDER, `${id}.md`);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '';

  it('says what the rule says of itself', () => {
    expect(page.startsWith(`# ${id}\n\n${rule.description} Severity: ${rule.severity}.\n`)).toBe(true);
    for (const heading of ['Why', 'Wrong', 'Right', 'How to mend it'])
      expect(page).toContain(`\n## ${heading}\n`);
  });

  it('shows examples that the rule judges as the page does', async () => {
    const fixture = (nix: string): string =>
      nix.startsWith('#- ')
        ? `\n${nix}`
        : nix.startsWith('modules')
          ? `\n#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { ${nix} }; }; }\n#- /containers/immich.nix\n{ containers.immich.autoStart = true; }\n`
          : `\n#- /a.nix\n{ config, ... }: {\n${nix.startsWith('url') ? `services.a.${nix}` : nix}\ncontainers.immich.localAddress = "10.9.9.9";\n}\n`;
    const found = async (nix: string): Promise<Finding[]> => {
      const rules = rule.looksAtIgnores === true ? RULES : [rule];
      const { findings } = await findingsOf(parseFixture(fixture(nix)), rules);
      return findings.filter((finding) => finding.rule === id);
    };
    const wrong = await found(example(page, 'Wrong'));
    expect(wrong.length).toBeGreaterThan(0);
    if (WAITING.has(id)) expect(wrong.every(({ incomplete }) => incomplete)).toBe(true);
    expect(await found(example(page, 'Right'))).toEqual([]);
  });
});

const root = join(import.meta.dirname, '../../..');

it('package.json and the schema of the settings file offer each rule; `npm run manifest` writes them', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const manifest = read('package.json') as {
    contributes: { configuration: { properties: Record<string, unknown> } };
  };
  expect(manifest.contributes.configuration.properties['nixos-containers.rules']).toEqual(
    rulesSetting(RULES),
  );
  expect(read('schemas/nixos-containers.schema.json')).toEqual(settingsFileSchema(RULES));
});

it('there is a page for each rule and for nothing else', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(RULES.map(({ id }) => `${id}.md`).sort());
});
