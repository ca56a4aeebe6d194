import { describe, expect, it } from 'vitest';
import { HOLE } from '../nix/string-text';
import type { RuleProtocol, RuleVersion } from './traefik-matchers';
import { parseRule } from './traefik-rule';
import { describeRule, hostsOfTree, ruleProblems } from './traefik-rule-check';
import { HTTP_RULES, TCP_RULES } from './traefik-rule.golden';

/** What Traefik refuses of a rule; not what it takes and nothing matches. */
function refused(rule: string, protocol: RuleProtocol, version: RuleVersion): string[] {
  return ruleProblems(parseRule(rule), protocol, version)
    .filter(
      ({ kind, message }) =>
        kind !== 'never-matches' && !(kind === 'version-2' && /nothing matches|`key=value`/.test(message)),
    )
    .map(({ message }) => message);
}

describe('a rule is taken as Traefik takes it', () => {
  // Version 2 hands these to a library whose own rules are not followed here.
  const NOT_FOLLOWED = new Set(['v2 Query(`a`)', 'v2 Query(`a`,`b`,`c`)', 'v2 HostSNI(`*.a.b`)']);
  const rows = [
    ...HTTP_RULES.map((row) => ['http', ...row] as const),
    ...TCP_RULES.map((row) => ['tcp', ...row] as const),
  ];

  it.each(rows)('%s %j', (protocol, rule, versions) => {
    for (const version of ['v3', 'v2'] as const) {
      if (NOT_FOLLOWED.has(`${version} ${rule}`)) continue;
      const problems = refused(rule, protocol, version);
      expect(problems.length === 0, `${version}: ${problems.join(' ')}`).toBe(
        versions.includes(version.slice(1)),
      );
    }
  });
});

describe('a rule', () => {
  const problem = (rule: string): string | undefined => {
    const [first] = ruleProblems(parseRule(rule), 'http', 'v3');
    return first === undefined
      ? undefined
      : `${rule.slice(first.range.start, first.range.end)}: ${first.message}`;
  };

  it.each([
    ['Host(`a`) || Host(`b`', '(: the `(` of `Host` is not closed'],
    ['Host(`a`) or Path(`/`)', 'or: `or` is no operator: write `||`'],
    ['Host(`a`) Path(`/`)', 'Path: an operator, `&&` or `||`, is missing before it'],
    ['Host(`a`) &&', '&&: a matcher is missing here'],
    ['Host(`a))', '`a)): this text is not closed'],
    ['Host:a.example.org', 'Host:: this is the language of Traefik 1: write Host(`…`)'],
    [
      'Host(`a`)\n&& Path(`/`)',
      '&&: the rule ends before this line: write `&&` at the end of the line above',
    ],
    ['Path(`a`)', '`a`: the path `a` does not begin with `/`'],
    ['HostRegexp(`(?!x)`)', '`(?!x)`: Go’s regular expressions have no `(?!…)`'],
    ['ClientIP(`10.0.0.0/33`)', '`10.0.0.0/33`: `10.0.0.0/33` is not an address or a network'],
    [
      'Host(`a:8080`)',
      '`a:8080`: `a:8080` has a port, which Traefik takes off the name that a request is for',
    ],
    ['HostSNI(`a`)', 'HostSNI: `HostSNI` is a matcher of TCP routers, and this one is for HTTP'],
  ])('%j', (rule, expected) => {
    expect(problem(rule)).toBe(expected);
  });

  it('is not judged where something outside quotes is not known, or filled in later', () => {
    for (const rule of [`${HOLE} && Hots(\`a\`)`, 'Host(`{{ env "X" }}`', `Host(${HOLE})`])
      expect(ruleProblems(parseRule(rule), 'http', 'v3')).toEqual([]);
  });

  it('tells the names that it matches exactly', () => {
    const hosts = (rule: string): string[] => {
      const { tree } = parseRule(rule);
      return tree === null ? [] : hostsOfTree(tree);
    };
    expect(hosts('Host(`A.b`) || HOST("c.d") && !Host(`e.f`)')).toEqual(['a.b', 'c.d']);
    expect(hosts('Host(`a`, `b`) || HostRegexp(`c`) || HostSNI(`*`)')).toEqual(['a', 'b']);
    expect(hosts(`Host(\`x.${HOLE}\`)`)).toEqual([]);
  });

  it('is told in words, `&&` before `||`', () => {
    const words = (rule: string): string => {
      const { tree } = parseRule(rule);
      if (tree === null) throw new Error('no rule');
      return describeRule(tree)
        .map((word) => (typeof word === 'string' ? word : word.code))
        .join('');
    };
    expect(words('Host(`a`) && Path(`/x`) || !Method(`GET`)')).toBe(
      'the host name is a and the path is /x, or the method is not GET',
    );
    expect(words('Host(`a`) && (Path(`/x`) || Path(`/y`))')).toBe(
      'the host name is a and (the path is /x, or the path is /y)',
    );
    expect(words('Header(`X`, `1`) && QueryRegexp(`q`, `^a`)')).toBe(
      'the header X is 1 and the query has q matching ^a',
    );
    expect(words('!(Host(`a`) || Host(`b`))')).toBe('not (the host name is a, or the host name is b)');
    expect(words('HostSNI(`*`)')).toBe('every connection');
  });
});
