import type { ParsedFiles } from '../eval/evaluation';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
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
  const rules = routes.filter(({ proxy, rule }) => proxy === 'traefik' && rule.kind !== 'unset');
  const computed = rules.flatMap((route) => computedDomain(files, host, route));
  const own = mostCommon(computed, ({ expression, domain }) => `${expression ?? ''} ${domain}`);
  const literal = mostCommon(routes.flatMap(({ hosts }) => hosts.flatMap(parentOf)));
  const special = routes.length === 0 ? specialDomain(host) : null;
  const domains = own === undefined || computed.length * 2 <= rules.length ? [] : [own];
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
  const written = rule.kind === 'known' ? writtenIn(files, rule.literal) : null;
  const [fqdn] = hosts;
  if (written === null || fqdn?.startsWith(written.label) !== true) return [];
  const { expression, argument, label } = written;
  if (argument !== 'config' && !isPassed(host, argument)) return [];
  return [{ expression, argument, domain: fqdn.slice(label.length) }];
}

/** How most rules write the domain, whether its value is known or not; null where most write it out. */
export function writtenDomain(
  files: ParsedFiles,
  { routes }: Host,
): { readonly expression: string; readonly argument: string } | null {
  const rules = routes.flatMap(({ proxy, rule }) =>
    proxy !== 'traefik' || rule.kind === 'unset' ? [] : [rule],
  );
  const written = rules.flatMap((rule) => {
    const found = writtenIn(files, rule.kind === 'known' ? rule.literal : rule.definition);
    return found === null ? [] : [found];
  });
  if (written.length * 2 <= rules.length) return null;
  return mostCommon(written, ({ expression }) => expression) ?? null;
}

/** The interpolation behind the first label of a rule's host name, where it reads an argument of the module. */
function writtenIn(
  files: ParsedFiles,
  literal: Origin,
): { expression: string; argument: string; label: string } | null {
  const file = literal?.kind === 'string' ? files.parsed(literal.anchor.source) : null;
  if (literal?.kind !== 'string' || file === null) return null;
  const index = literal.parts.findIndex((part) => typeof part !== 'string');
  const [before, part, after] = [literal.parts[index - 1], literal.parts[index], literal.parts[index + 1]];
  if (typeof before !== 'string' || part === undefined || typeof part === 'string') return null;
  const label = /`([^`]*\.)$/.exec(before)?.[1]?.toLowerCase();
  if (label === undefined || typeof after !== 'string' || !after.startsWith('`')) return null;
  const argument = rootVariable(part);
  const range = file.rangeOf(part);
  const { expression } = file.root;
  if (argument === null || range === null || expression?.kind !== 'lambda') return null;
  if (expression.formals?.some(({ name }) => name.name === argument) !== true) return null;
  return { expression: file.text.slice(range.start, range.end), argument, label };
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
