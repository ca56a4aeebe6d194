import { describe, expect, it } from 'vitest';
import type { Rule } from '../../server/src/rules/rule';
import { applyFix, findingsOf, parseFixture } from './fixture';

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
    it.each(Object.entries(suite.finds))('finds: %s', async (_title, text) => {
      const fixture = parseFixture(text, lineEnd);
      expect(fixture.expected.length).toBeGreaterThan(0);
      const { shown } = await findingsOf(fixture, [rule]);
      expect(shown).toEqual(fixture.expected);
    });
    it.each(Object.entries(suite.silent))('is silent: %s', async (_title, text) => {
      const { shown } = await findingsOf(parseFixture(text, lineEnd), [rule]);
      expect(shown).toEqual([]);
    });
    it.each(Object.entries(suite.mends ?? {}))(
      'mends: %s',
      async (_title, { fixture: text, fix, leaves }) => {
        const fixture = parseFixture(text, lineEnd);
        const { findings } = await findingsOf(fixture, [rule]);
        const found = findings.find(({ fixes }) => fixes.some(({ title }) => fix.test(title)));
        if (found === undefined) throw new Error(`nothing found has the fix ${String(fix)}`);
        const files = applyFix(fixture.files, found, fix);
        for (const part of leaves) expect(Object.values(files).join('\n')).toContain(part);
        const after = await findingsOf({ ...fixture, files }, [rule]);
        expect(after.shown.length).toBeLessThan(findings.length);
      },
    );
    it.each(Object.entries(suite.says ?? {}))('says: %s', async (_title, { fixture: text, message }) => {
      const { findings } = await findingsOf(parseFixture(text, lineEnd), [rule]);
      expect(findings.map((found) => found.message).join('\n')).toMatch(message);
    });
  });
}
