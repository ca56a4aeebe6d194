import type { TextChange } from '../edits/edit-plan';
import { parseAddress } from '../homelab/addresses';
import { locate } from '../homelab/homelab';
import type { AddressUse, Backend, Host, Route } from '../homelab/model';
import type { Expr, StringLiteral } from '../nix/syntax';
import { fixOf, inParentheses, relatedFact } from './places';
import { finding, type Fix, type Files } from './rule';
import { perRoute } from './scopes';

/** An address with its prefix length inside a URL: what follows the `/` is taken for a path. */
export const prefixInUrl = perRoute({
  id: 'prefix-in-url',
  severity: 'error',
  description: "A backend's URL holds an address together with its prefix length.",
  *look(homelab, host, route) {
    for (const backend of route.backends) {
      const found = leakIn(host, backend);
      const at = backend.url.kind === 'known' ? locate(homelab, backend.url.definition) : null;
      if (found === null || at === null || backend.url.kind !== 'known') continue;
      const { address, prefix, use } = found;
      const whose =
        use === null
          ? ''
          : ` It is the ${use.option} of ${use.container.name}${inParentheses(homelab, host, use.fact.kind === 'known' ? use.fact.definition : null)}, which needs the prefix on its bridge.`;
      yield finding(prefixInUrl, {
        at,
        host,
        message: `${backend.url.value} is no address of a server: /${prefix} is the prefix length of ${address}, and in a URL it begins the path, so ${nameOf(route)} reaches nothing.${whose} Leave the prefix out of the URL.`,
        related: [use && relatedFact(homelab, use.fact, `${use.option} of ${use.container.name}`)],
        fixes: [withoutPrefix(homelab, backend)],
      });
    }
  },
});

function nameOf({ router }: Route): string {
  return `the route ${router}`;
}

interface Leak {
  readonly address: string;
  readonly prefix: string;
  /** The address that leaks, where a container has it written like this. */
  readonly use: AddressUse | null;
}

/** A prefix before a port can be nothing else; before anything else it must be what a container has as its address. */
function leakIn(host: Host, { url }: Backend): Leak | null {
  const match =
    url.kind === 'known'
      ? /^(?:[a-z][a-z0-9+.-]*:\/\/)?\[?([0-9a-f:.]+)\]?\/(\d{1,3})\]?(?=[:/?#]|$)(:\d+)?/i.exec(url.value)
      : null;
  const [, address = '', prefix = '', port] = match ?? [];
  const parsed = match === null ? null : parseAddress(address);
  if (parsed === null || Number(prefix) > (parsed.kind() === 'ipv4' ? 32 : 128)) return null;
  const text = `${address}/${prefix}`;
  const uses = host.containers.flatMap(({ addresses, status }) => (status === 'disabled' ? [] : addresses));
  const use = uses.find(({ fact }) => fact.kind === 'known' && fact.value === text) ?? null;
  return port === undefined && use === null ? null : { address, prefix, use };
}

/** Whether the prefix length of an address cuts off what follows it in a URL, its port too. */
export function leaksPrefix(host: Host, backend: Backend): boolean {
  return leakIn(host, backend) !== null;
}

/** Leaves the prefix out where the URL writes it, or cuts it off what the URL takes from elsewhere. */
function withoutPrefix(homelab: Files, { url }: Backend): Fix | null {
  if (url.kind !== 'known' || url.literal?.kind !== 'string') return null;
  const literal = url.literal;
  const written =
    literal.parts.length === 1 && typeof literal.parts[0] === 'string' ? literal.parts[0] : null;
  const change = written === null ? cutOff(homelab, literal) : rewrite(homelab, literal);
  return fixOf('Leave the prefix out of the URL', change);
}

function rewrite(homelab: Files, literal: StringLiteral): TextChange | null {
  const spot = locate(homelab, literal);
  const text = spot === null ? undefined : homelab.files.parsed(spot.file)?.text;
  if (spot === null || text === undefined) return null;
  const before = text.slice(spot.range.start, spot.range.end);
  const after = before.replace(/(:\/\/|")(\[?[0-9a-f:.]+\]?)\/\d{1,3}/i, '$1$2');
  return after === before ? null : { file: spot.file, range: spot.range, newText: after };
}

/** The address is the first thing in the URL that is interpolated. */
function cutOff(homelab: Files, { parts }: StringLiteral): TextChange | null {
  const at = parts.findIndex((part) => typeof part !== 'string');
  const expr = parts[at] as Expr | undefined;
  const before = at <= 0 ? '' : parts[0];
  if (expr === undefined || typeof before !== 'string' || !/^(?:[a-z][a-z0-9+.-]*:\/\/)?\[?$/i.test(before))
    return null;
  const spot = locate(homelab, expr);
  const text = spot === null ? undefined : homelab.files.parsed(spot.file)?.text;
  if (spot === null || text === undefined || !['select', 'variable'].includes(expr.kind)) return null;
  const own = text.slice(spot.range.start, spot.range.end);
  return {
    file: spot.file,
    range: spot.range,
    newText: `builtins.head (builtins.split "/" ${own.includes(' ') ? `(${own})` : own})`,
  };
}
