import { bareAddress } from '../homelab/addresses';
import type { Host } from '../homelab/model';
import { isSpelling } from '../homelab/traefik-matchers';
import { ruleTokens, type RuleToken } from '../homelab/traefik-rule-tokens';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { HOLE, stringText, type StringText } from '../nix/string-text';
import type { Expr, StringLiteral } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { addressNamedBy } from './address-mention';
import { containerSpots, onHosts } from './definition';
import { scalar } from './value-words';
import { valueOfExpression } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import { locationOf } from './places';
import { schemeOf } from './route-summary';
import type { UriOf } from './positions';
import { syntaxAt } from './syntax-at';

/** A place that can be followed. */
export interface UrlLink {
  readonly range: Range;
  readonly target: string;
  readonly tooltip: string;
}

const URL_TEXT = /\bhttps?:\/\/[^\s"'`<>|\\]+/g;
/** A URL as it may be opened. */
const WHOLE_URL = /^https?:\/\/(?:\[([0-9a-f:.]+)\]|([^\s/:?#[\]@]+))(?::\d+)?(?:[/?#][^\s"'<>`]*)?$/i;

/**
 * The URLs of a file in which something is interpolated. One that a container answers leads to where that is defined,
 * another to what it is after evaluation. What is not known, or differs between hosts, is no link.
 */
export function urlLinks(index: HomelabIndex, file: SourceFile, uriOf: UriOf): UrlLink[] {
  const backends = new Map(
    index.routeTextsIn(file.path).map(({ literal, backend, host }) => [literal, { backend, host }]),
  );
  return computedUrls(file).flatMap((literal): UrlLink[] => {
    const written = stringText(file, literal);
    if (written === null) return [];
    const known = backends.get(literal);
    return [...written.text.matchAll(URL_TEXT)].flatMap((match): UrlLink[] => {
      if (!match[0].includes(HOLE)) return [];
      const holes = countOf(written.text.slice(0, match.index));
      const answer = oneAnswer(index, file, literal, { text: match[0], holes });
      const parts = answer === null ? null : WHOLE_URL.exec(answer.url);
      const range = rangeIn(written, match.index, match.index + match[0].length);
      if (answer === null) {
        // In a module that no host imports, what it says of its container is still there to be read.
        const named = referredTo(index, file, literal, holes, match[0]);
        const target = named === null ? null : containerTarget(index, named.name, [named.host], uriOf);
        return named === null || target === null
          ? []
          : [{ range, target, tooltip: `Container ${named.name}` }];
      }
      if (parts === null) return [];
      const { url, hosts } = answer;
      const container = known?.backend?.container ?? containerAt(index, hosts, parts[1] ?? parts[2] ?? '');
      const target = container === null ? null : containerTarget(index, container, hosts, uriOf);
      if (container === null || target === null) return [{ range, target: url, tooltip: url }];
      return [{ range, target, tooltip: `Container ${container}, ${url}` }];
    });
  });
}

/** Where a container is defined, as an editor opens it; null where that is in no file. */
function containerTarget(
  index: HomelabIndex,
  name: string,
  hosts: readonly Host[],
  uriOf: UriOf,
): string | null {
  const [spot] = containerSpots(index.homelab, onHosts(index, name, hosts));
  const place = spot === undefined ? null : locationOf(index.homelab, spot, uriOf);
  if (place === null) return null;
  const { line, character } = place.range.start;
  return `${place.uri}#L${line + 1},${character + 1}`;
}

/** The container whose address a URL interpolates by its name; null where it does not. */
function referredTo(
  index: HomelabIndex,
  file: SourceFile,
  { parts }: StringLiteral,
  holes: number,
  text: string,
): { readonly name: string; readonly host: Host } | null {
  const count = countOf(text);
  const wanted = parts.filter((part) => typeof part !== 'string').slice(holes, holes + count);
  for (const host of index.hostsOf(file.path)) {
    for (const part of wanted) {
      const use = addressNamedBy(index, host, part);
      if (use !== null) return { name: use.container.name, host };
    }
  }
  return null;
}

/** How many interpolations a text has. */
function countOf(text: string): number {
  return text.split(HOLE).length - 1;
}

/** The strings of a file that hold a URL and interpolate something. */
function computedUrls(file: SourceFile): StringLiteral[] {
  const found: StringLiteral[] = [];
  const pending: Expr[] = file.root.expression === null ? [] : [file.root.expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    pending.push(...childrenOf(next));
    if (next.kind !== 'string' || next.parts.length < 2) continue;
    if (next.parts.some((part) => typeof part === 'string' && part.includes('://'))) found.push(next);
  }
  return found;
}

/** A URL after evaluation, with the hosts on which it is that; null where it is not known, or not one. */
function oneAnswer(
  index: HomelabIndex,
  file: SourceFile,
  literal: StringLiteral,
  { text, holes }: { readonly text: string; readonly holes: number },
): { readonly url: string; readonly hosts: readonly Host[] } | null {
  const range = file.rangeOf(literal);
  if (range === null) return null;
  const chain = syntaxAt(file, range.start + 1);
  const around = chain.slice(0, chain.findIndex(({ node }) => node === literal) + 1);
  const wanted = literal.parts.filter((part) => typeof part !== 'string').slice(holes);
  const answers = new Map<string, Host[]>();
  for (const host of index.hostsOf(file.path)) {
    let at = 0;
    let known = true;
    const url = text.replaceAll(HOLE, () => {
      const part = wanted[at++];
      const value = part === undefined ? null : scalar(valueOfExpression(index, host, file, around, part));
      if (value === null) known = false;
      return value ?? '';
    });
    if (!known) continue;
    const same = answers.get(url);
    if (same === undefined) answers.set(url, [host]);
    else same.push(host);
  }
  const [only, ...others] = answers;
  return only === undefined || others.length > 0 ? null : { url: only[0], hosts: only[1] };
}

/** The one container that has an address. */
function containerAt(index: HomelabIndex, hosts: readonly Host[], text: string): string | null {
  const address = bareAddress(text);
  if (address === null) return null;
  const names = new Set(
    hosts.flatMap((host) =>
      index
        .usesOf(host, address)
        .flatMap(({ side, container }) => (side === 'local' ? [container.name] : [])),
    ),
  );
  const [only, ...others] = names;
  return only === undefined || others.length > 0 ? null : only;
}

/** The host names that the rules of a file's routes match: each leads to the site itself. */
export function hostLinks(index: HomelabIndex, file: SourceFile): UrlLink[] {
  const links = new Map<number, UrlLink>();
  for (const { host, route, literal, backend } of index.routeTextsIn(file.path)) {
    if (backend !== null || route.protocol !== 'http' || route.proxy !== 'traefik') continue;
    const written = stringText(file, literal);
    if (written === null || route.rule.kind !== 'known') continue;
    const scheme = schemeOf(index, host, route);
    for (const { at, name } of hostArguments(written.text, route.rule.value)) {
      if (!route.hosts.includes(name) || !/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name)) continue;
      const range = rangeIn(written, at.start + 1, at.end - 1);
      const target = `${scheme}://${name}`;
      if (range.end > range.start) links.set(range.start, { range, target, tooltip: target });
    }
  }
  return [...links.values()];
}

/** The arguments of `Host` in a rule as it is written, with what each is after evaluation. */
function hostArguments(written: string, rule: string): { at: RuleToken; name: string }[] {
  const [there, known] = [ruleTokens(written), ruleTokens(rule)];
  if (there.length !== known.length || there.some(({ kind }, at) => kind !== known[at]?.kind)) return [];
  let matcher = '';
  return there.flatMap((at, number) => {
    if (at.kind === 'name') matcher = at.text;
    const name = known[number]?.value ?? null;
    return at.kind === 'string' && name !== null && isSpelling(matcher, 'Host') ? [{ at, name }] : [];
  });
}

/** Where a stretch of a string's text stands in the file, with the interpolations that are in it. */
function rangeIn(written: StringText, start: number, end: number): Range {
  return { start: written.offsetAt(start), end: written.offsetAt(end) };
}
