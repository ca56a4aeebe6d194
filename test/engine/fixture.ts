import { inMemoryFiles } from '../../server/src/eval/testing';
import { readHomelab, type Homelab } from '../../server/src/homelab/homelab';
import { checkHomelab } from '../../server/src/rules/check';
import { linesOf } from '../../server/src/features/positions';
import type { Finding, Rule } from '../../server/src/rules/rule';
import type { Wishes } from '../../server/src/rules/settings/levels';

/** For tests only: several Nix files in one text, with what is expected of them. */
export interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  /** Where `$0` stood; null when the text holds none. */
  readonly cursor: { readonly file: string; readonly offset: number } | null;
  /** The findings written as comments under the lines they are on, as `place severity rule`. */
  readonly expected: readonly string[];
}

const FLAKE = `{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [ MODULES ];
    };
  };
}
`;

/**
 * Reads a fixture: `#- /path` begins a file, `$0` is the cursor, and a comment line of carets with a severity and a rule
 * under a line says what is found there. Without a `flake.nix`, one is added that imports every other file.
 */
export function parseFixture(text: string, lineEnd: '\n' | '\r\n' = '\n'): Fixture {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  let cursor: Fixture['cursor'] = null;
  for (const section of text.split(/^#- /m).slice(1)) {
    const [head = '', ...body] = section.split('\n');
    const path = head.trim();
    const lines: string[] = [];
    for (const line of body) {
      const mark = /^(\s*#\s*)(\^+) (error|warning|information|hint) ([a-z0-9-]+)\s*$/.exec(line);
      if (mark === null) {
        lines.push(line);
        continue;
      }
      const from = (mark[1] ?? '').length;
      expected.push(
        `${path}:${lines.length}:${from + 1}-${from + (mark[2] ?? '').length + 1} ${mark[3] ?? ''} ${mark[4] ?? ''}`,
      );
    }
    let content = lines.join(lineEnd);
    const at = content.indexOf('$0');
    if (at !== -1) {
      cursor = { file: path, offset: at };
      content = content.slice(0, at) + content.slice(at + 2);
    }
    files[path] = content;
  }
  if (
    !Object.keys(files).some(
      (path) => path.endsWith('.nix') && /(?:^|\/)(?:flake|configuration)\.nix$/.test(path),
    )
  ) {
    const modules = Object.keys(files)
      .filter((path) => path.endsWith('.nix'))
      .map((path) => `.${path}`);
    files['/flake.nix'] = FLAKE.replace('MODULES', modules.join(' ')).replaceAll('\n', lineEnd);
  }
  return { files, cursor, expected: expected.sort() };
}

/** The homelab that a fixture's files make. */
export async function homelabOf(fixture: Fixture): Promise<Homelab> {
  return readHomelab(await inMemoryFiles(fixture.files));
}

/** What some rules find in a fixture, written as the fixture writes it. */
export async function findingsOf(
  fixture: Fixture,
  rules?: readonly Rule[],
  wishes?: Wishes,
): Promise<{ findings: Finding[]; shown: string[]; homelab: Homelab }> {
  const homelab = await homelabOf(fixture);
  const findings = checkHomelab(homelab, rules ?? null, wishes);
  const shown = findings.map(({ file, range, severity, rule }) => {
    const lines = linesOf(homelab.files, file);
    const start = lines?.positionAt(range.start) ?? { line: 0, character: 0 };
    const end = lines?.positionAt(range.end) ?? start;
    return `${file}:${start.line + 1}:${start.character + 1}-${end.character + 1} ${severity} ${rule}`;
  });
  return { findings, shown: shown.sort(), homelab };
}

/** A fixture's files after the changes of a fix. */
export function applyFix(
  files: Readonly<Record<string, string>>,
  { fixes }: Finding,
  title: RegExp,
): Record<string, string> {
  const fix = fixes.find((known) => title.test(known.title));
  if (fix === undefined)
    throw new Error(
      `no fix is called ${String(title)}; there are: ${fixes.map((known) => known.title).join(', ')}`,
    );
  const changed = { ...files };
  for (const { file, range, newText } of [...fix.changes].sort((a, b) => b.range.start - a.range.start)) {
    const text = changed[file] ?? '';
    changed[file] = text.slice(0, range.start) + newText + text.slice(range.end);
  }
  return changed;
}
