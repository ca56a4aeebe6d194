import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inMemoryFiles } from '../../server/src/eval/testing';
import type { Finding, Fix, Rule } from '../../server/src/rules/rule';
import { applyFix, findingsOf, type Fixture } from './fixture';

/** For tests only: what a fix does to all that is found, not only to what it mends. */

/** What a fix may bring to light, by its rule: something further to do, which the mistake itself hid. */
const REVEALED: Readonly<Record<string, readonly string[]>> = {
  // With a way to the host, a container can be seen to get no further.
  'half-address-pair': ['missing-nat'],
  'inert-network-option': ['missing-nat'],
  'isolated-container': ['missing-nat'],
  'unknown-interface': ['missing-nat'],
  // A value that NixOS takes at last may have no effect.
  'option-type-mismatch': ['guest-firewall-inert'],
  'unknown-option': [
    'guest-firewall-inert',
    'inert-network-option',
    'isolated-container',
    'missing-state-version',
  ],
  // Where a route leads at last, more may be wrong.
  'prefix-in-url': ['backend-port-closed'],
  'backend-port-mismatch': ['backend-on-loopback', 'backend-port-closed', 'unserved-port'],
  'backend-stale-address': ['backend-port-closed'],
  'forward-auth-unreachable': ['missing-state-version'],
  'backend-to-disabled-container': ['backend-port-closed', 'missing-state-version'],
  // An empty system has no version yet.
  'container-source-conflict': ['missing-state-version'],
  // A module that is imported at last may have mistakes of its own, and git may not track it yet.
  'missing-import': ['container-source-conflict'],
  'not-imported': ['container-source-conflict', 'untracked-module'],
  // An entry point that nothing used may as well be closed.
  'unknown-entry-point': ['entry-point-closed', 'route-without-tls'],
  'unknown-ignore': ['unneeded-ignore'],
};

/** Makes each fix of a rule's findings in a fixture; gives what is wrong afterwards, and the texts that were written. */
export async function makeFixes(rule: Rule, fixture: Fixture): Promise<{ wrong: string[]; texts: string[] }> {
  const wishes = { usual: { [rule.id]: rule.severity } };
  const before = await findingsOf(fixture, undefined, wishes);
  const wrong: string[] = [];
  const texts: string[] = [];
  for (const finding of before.findings) {
    if (finding.rule !== rule.id) continue;
    for (const fix of finding.fixes) {
      const files = withFix(fixture, finding, fix);
      const after = await findingsOf({ ...fixture, files }, undefined, wishes);
      const name = `${finding.message}\n  ${fix.title}`;
      for (const problem of problemsAfter(finding, rule, before.findings, after.findings))
        wrong.push(`${name}\n  ${problem}\n${changedFiles(fixture, files).join('\n')}`);
      for (const [path, broken] of await brokenBy(fixture, files)) wrong.push(`${name}\n  ${path} ${broken}`);
      texts.push(
        ...Object.entries(files)
          .filter(([path, text]) => path.endsWith('.nix') && fixture.files[path] !== text)
          .map(([, text]) => text),
      );
    }
  }
  return { wrong, texts };
}

function withFix(fixture: Fixture, finding: Finding, fix: Fix): Record<string, string> {
  return applyFix(fixture.files, { ...finding, fixes: [fix] }, /^/);
}

/** The finding is gone, or is milder; and no rule finds more than it did. */
function problemsAfter(
  { severity }: Finding,
  rule: Rule,
  before: readonly Finding[],
  after: readonly Finding[],
): string[] {
  const counts = (findings: readonly Finding[]): Map<string, number> => {
    const counted = new Map<string, number>();
    for (const { rule: id } of findings) counted.set(id, (counted.get(id) ?? 0) + 1);
    return counted;
  };
  const [had, has] = [counts(before), counts(after)];
  const problems = [...has].flatMap(([id, count]) =>
    count > (had.get(id) ?? 0) && REVEALED[rule.id]?.includes(id) !== true
      ? [
          `now ${id} is found: ${after
            .filter((found) => found.rule === id)
            .map(({ message }) => message)
            .join(' | ')}`,
        ]
      : [],
  );
  const asGrave = (findings: readonly Finding[]): number =>
    findings.filter((found) => found.rule === rule.id && found.severity === severity).length;
  if (asGrave(after) >= asGrave(before)) problems.push('it is still found');
  return problems;
}

function changedFiles(fixture: Fixture, files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files)
    .filter(([path, text]) => fixture.files[path] !== text)
    .map(([path, text]) => `#- ${path}\n${text}`);
}

/** The files that parsed before, and do not now. */
async function brokenBy(
  fixture: Fixture,
  files: Readonly<Record<string, string>>,
): Promise<[path: string, error: string][]> {
  const [before, after] = [await inMemoryFiles(fixture.files), await inMemoryFiles(files)];
  return after.nixFiles().flatMap((path): [string, string][] => {
    const [error] = after.parsed(path)?.errors ?? [];
    return error === undefined || (before.parsed(path)?.errors.length ?? 0) > 0
      ? []
      : [[path, error.message]];
  });
}

const run = promisify(execFile);

/** What Nix itself says of texts that it cannot parse; null where it can, or is not installed. */
export async function parsedByNix(texts: readonly string[]): Promise<string | null> {
  if (texts.length === 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'nixos-containers-fixes-'));
  // Real Nix, unprivileged and with its state in a folder of its own.
  const names = ['NIX_STATE_DIR', 'NIX_STORE_DIR', 'NIX_LOG_DIR', 'NIX_CONF_DIR', 'HOME'];
  const env = {
    PATH: process.env['PATH'],
    NIX_REMOTE: '',
    ...Object.fromEntries(names.map((name) => [name, join(folder, name.toLowerCase())])),
  };
  try {
    const files: string[] = [];
    for (const text of new Set(texts)) {
      const file = join(folder, `${files.length}.nix`);
      await writeFile(file, text);
      files.push(file);
    }
    await run('nix-instantiate', ['--parse', ...files], { env, maxBuffer: 64 * 1024 * 1024 });
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
