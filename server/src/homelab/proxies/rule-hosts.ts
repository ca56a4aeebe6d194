/** The names in the matchers of Traefik's rules. Source: traefik pkg/rules/parser.go (each matcher also in lower, upper and title case). */

const HOST_MATCHER = /\b(?:Host|host|HOST|HostSNI|hostsni|HOSTSNI|Hostsni|HostHeader)\s*\(([^)]*)\)/g;

/** The host names that a rule asks for exactly, in order; none of what it excludes. */
export function hostsOfRule(rule: string): string[] {
  const hosts: string[] = [];
  for (const match of withoutNegated(rule).matchAll(HOST_MATCHER)) {
    for (const quoted of (match[1] ?? '').matchAll(/`([^`]*)`|"([^"]*)"/g)) {
      const host = (quoted[1] ?? quoted[2] ?? '').toLowerCase();
      if (host !== '' && !host.includes('*') && !hosts.includes(host)) hosts.push(host);
    }
  }
  return hosts;
}

/** A rule without what stands behind a `!`: a matcher, or all that its brackets hold. */
function withoutNegated(rule: string): string {
  let kept = '';
  for (let at = 0; at < rule.length; at++) {
    const char = rule[at] ?? '';
    if (char === '`' || char === '"') {
      const end = endOfText(rule, at);
      kept += rule.slice(at, end + 1);
      at = end;
    } else if (char === '!') at = endOfBrackets(rule, at);
    else kept += char;
  }
  return kept;
}

function endOfText(rule: string, start: number): number {
  const end = rule.indexOf(rule[start] ?? '', start + 1);
  return end === -1 ? rule.length : end;
}

/** Where the first bracket behind an offset is closed. */
function endOfBrackets(rule: string, start: number): number {
  let depth = 0;
  for (let at = start; at < rule.length; at++) {
    const char = rule[at];
    if (char === '`' || char === '"') at = endOfText(rule, at);
    else if (char === '(') depth++;
    else if (char === ')' && --depth <= 0) return at;
  }
  return rule.length;
}
