import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/src/rules/registry';
import type { Finding, Rule } from '../../server/src/rules/rule';
import { makeFixes, parsedByNix } from './fixes';
import { applyFix, findingsOf, parseFixture, type Fixture } from './fixture';

/** A rule's test cases; each runs with both line ends. */
export interface RuleSuite {
  /** By what it shows: a fixture whose comments say what is found. */
  readonly finds: Readonly<Record<string, string>>;
  /** By what it shows: a fixture in which the rule finds nothing. */
  readonly silent: Readonly<Record<string, string>>;
  /** By what it shows: a fix, and the texts it must leave behind. */
  readonly mends?: Readonly<
    Record<string, { readonly fixture: string; readonly fix: RegExp; readonly leaves: readonly string[] }>
  >;
  /** By fixture: what a message says. */
  readonly says?: Readonly<Record<string, { readonly fixture: string; readonly message: RegExp }>>;
}

/** Declares the tests of one rule. */
export function testRule(rule: Rule, suite: RuleSuite): void {
  describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(`${rule.id} (%s)`, (_name, lineEnd) => {
    // A rule about what the others' comments silence finds nothing without them.
    const rules = rule.looksAtIgnores === true ? RULES : [rule];
    const found = async (fixture: Fixture): Promise<{ findings: Finding[]; shown: string[] }> => {
      const { findings, shown } = await findingsOf(fixture, rules);
      return {
        findings: findings.filter((finding) => finding.rule === rule.id),
        shown: shown.filter((line) => line.endsWith(` ${rule.id}`)),
      };
    };
    it.each(Object.entries(suite.finds))('finds: %s', async (_title, text) => {
      const fixture = parseFixture(text, lineEnd);
      expect(fixture.expected.length).toBeGreaterThan(0);
      const { shown } = await found(fixture);
      expect(shown).toEqual(fixture.expected);
    });
    it.each(Object.entries(suite.silent))('is silent: %s', async (_title, text) => {
      const { shown } = await found(parseFixture(text, lineEnd));
      expect(shown).toEqual([]);
    });
    it.each(Object.entries(suite.mends ?? {}))(
      'mends: %s',
      async (_title, { fixture: text, fix, leaves }) => {
        const fixture = parseFixture(text, lineEnd);
        const { findings } = await found(fixture);
        const mended = findings.find(({ fixes }) => fixes.some(({ title }) => fix.test(title)));
        if (mended === undefined) throw new Error(`nothing found has the fix ${String(fix)}`);
        const files = applyFix(fixture.files, mended, fix);
        for (const part of leaves) expect(Object.values(files).join('\n')).toContain(part);
        const after = await found({ ...fixture, files });
        expect(after.shown.length).toBeLessThan(findings.length);
      },
    );
    it('mends with each fix what it is for, and breaks nothing', { timeout: 60_000 }, async () => {
      const fixtures = [
        ...Object.values(suite.finds),
        ...[...Object.values(suite.mends ?? {}), ...Object.values(suite.says ?? {})].map(
          ({ fixture }) => fixture,
        ),
      ];
      const wrong: string[] = [];
      const written: string[] = [];
      for (const text of new Set(fixtures)) {
        const made = await makeFixes(rule, parseFixture(text, lineEnd));
        wrong.push(...made.wrong);
        written.push(...made.texts);
      }
      expect(wrong.join('\n')).toBe('');
      expect(await parsedByNix(written)).toBeNull();
    });
    it.each(Object.entries(suite.says ?? {}))('says: %s', async (_title, { fixture: text, message }) => {
      const { findings } = await found(parseFixture(text, lineEnd));
      expect(findings.map((one) => one.message).join('\n')).toMatch(message);
    });
  });
}
