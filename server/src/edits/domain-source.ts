import type { ParsedFiles } from '../eval/evaluation';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { Host, Route } from '../homelab/model';
import type { Expr } from '../nix/syntax';
import { mostCommon } from './majority';

/** Where a new route takes its domain from. */
export interface DomainSource {
  /** Nix for the inside of `${…}`; null where the domain is written out. */
  readonly expression: string | null;
  /** The module argument that the expression needs; null for none. */
  readonly argument: string | null;
  readonly domain: string;
}

/** The ways a route's domain can be written, the homelab's own way first; none where no domain is known. */
export function domainSources(files: ParsedFiles, host: Host): DomainSource[] {
  const routes = host.routes.filter(({ protocol }) => protocol === 'http');
  const computed = routes.flatMap((route) => computedDomain(files, host, route));
  const own = mostCommon(computed, ({ expression, domain }) => `${expression ?? ''} ${domain}`);
  const literal = mostCommon(routes.flatMap(({ hosts }) => hosts.flatMap(parentOf)));
  const special = routes.length === 0 ? specialDomain(host) : null;
  const domains = own === undefined || computed.length * 2 <= routes.length ? [] : [own];
  return [
    ...domains,
    ...(special === null ? [] : [special]),
    ...(literal === undefined ? [] : [{ expression: null, argument: null, domain: literal }]),
  ];
}

function parentOf(host: string): string[] {
  const parent = host.slice(host.indexOf('.') + 1);
  return host.includes('.') && parent.includes('.') ? [parent] : [];
}

/** A rule that ends in an interpolated domain: ``Host(`photos.${domain}`)``. */
function computedDomain(files: ParsedFiles, host: Host, { rule, hosts }: Route): DomainSource[] {
  const literal = rule.kind === 'known' ? rule.literal : null;
  if (literal?.kind !== 'string') return [];
  const file = files.parsed(literal.anchor.source);
  if (file === null) return [];
  const index = literal.parts.findIndex((part) => typeof part !== 'string');
  const [before, part, after] = [literal.parts[index - 1], literal.parts[index], literal.parts[index + 1]];
  if (typeof before !== 'string' || part === undefined || typeof part === 'string') return [];
  const label = /`([^`]*\.)$/.exec(before)?.[1]?.toLowerCase();
  const [fqdn] = hosts;
  if (
    label === undefined ||
    typeof after !== 'string' ||
    !after.startsWith('`') ||
    fqdn?.startsWith(label) !== true
  )
    return [];
  const root = rootVariable(part);
  const range = file.rangeOf(part);
  const { expression } = file.root;
  if (root === null || range === null || expression?.kind !== 'lambda') return [];
  const isArgument = expression.formals?.some(({ name }) => name.name === root) === true;
  if (!isArgument || (root !== 'config' && !isPassed(host, root))) return [];
  return [
    { expression: file.text.slice(range.start, range.end), argument: root, domain: fqdn.slice(label.length) },
  ];
}

/** `domain` of `domain`, `constants` of `constants.domain`. */
function rootVariable(expr: Expr): string | null {
  if (expr.kind === 'variable') return expr.name;
  if (expr.kind !== 'select' || expr.fallback !== null || expr.path.some(({ text }) => text === null))
    return null;
  return expr.subject.kind === 'variable' ? expr.subject.name : null;
}

/** Whether every module of the host may ask for an argument. */
function isPassed({ system }: Host, name: string): boolean {
  if (system.spec.specialArgs.has(name)) return true;
  const option = attempt(() => system.option(['_module', 'args', name]));
  return (
    option !== null && !(option instanceof Unknown) && !(option instanceof Failure) && option.raw.length > 0
  );
}

/** The host's special argument `domain`, as the seed's pattern uses it. */
function specialDomain({ system }: Host): DomainSource | null {
  const passed = system.spec.specialArgs.get('domain');
  const value = passed === undefined ? null : attempt(() => passed.value.force());
  return value === null || value instanceof Unknown || value instanceof Failure || value.type !== 'string'
    ? null
    : { expression: 'domain', argument: 'domain', domain: value.text };
}
