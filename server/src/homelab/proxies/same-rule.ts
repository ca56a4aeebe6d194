import { parseRule, type RuleNode } from '../traefik-rule';

/** Whether two of Traefik's rules take the same requests, as far as their form says so. */

const MOST_REMEMBERED = 5000;
const remembered = new Map<string, string | null>();

/**
 * A rule in one spelling: matchers in lower case, the sides of `&&` and `||` and the names of hosts in order. Null for
 * a text that is no rule, or that Traefik fills in first.
 */
export function canonicalRule(text: string): string | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const { tree, problem, undecided } = parseRule(text);
  const canonical = tree === null || problem !== null || undecided ? null : written(tree);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, canonical);
  return canonical;
}

function written(node: RuleNode): string {
  switch (node.kind) {
    case 'matcher': {
      const name = node.name.text.toLowerCase();
      const given = node.arguments.map(({ text }) => text);
      // Names of hosts are compared without regard to case; of several, any will do.
      const hosts = name === 'host' || name === 'hostheader' || name === 'hostsni';
      const list = hosts ? [...new Set(given.map((host) => host.toLowerCase()))].sort() : given;
      return `${name === 'hostheader' ? 'host' : name}(${list.map((each) => JSON.stringify(each)).join(',')})`;
    }
    case 'not':
      return `!${written(node.operand)}`;
    default: {
      const sides = [...new Set(sidesOf(node, node.kind).map(written))].sort();
      return sides.length === 1 ? sides.join('') : `(${sides.join(node.kind === 'and' ? '&&' : '||')})`;
    }
  }
}

function sidesOf(node: RuleNode, kind: 'and' | 'or'): RuleNode[] {
  return node.kind === kind ? [...sidesOf(node.left, kind), ...sidesOf(node.right, kind)] : [node];
}
