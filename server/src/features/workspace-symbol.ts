import { SymbolKind, type SymbolInformation } from 'vscode-languageserver-types';
import type { Origin } from '../eval/value';
import type { Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { shortAddress } from './container-summary';
import { locationOf, ownDefinitions, spotsOf } from './places';
import type { UriOf } from './positions';

/** More than this nobody reads through; the rest is found by typing on. */
const MOST = 256;

interface Named {
  readonly name: string;
  readonly kind: SymbolKind;
  /** In words; asked only of what is shown. */
  readonly what: () => string;
  readonly host: Host;
  readonly origins: readonly Origin[];
}

/**
 * The containers, the routers, and the host names that these answer, whose name holds the letters of a query in their
 * order. The best matches come first.
 */
export function workspaceSymbols(homelab: Homelab, query: string, uriOf: UriOf): SymbolInformation[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const ranked = homelab.hosts
    .flatMap((host) => [...namesOf(host)])
    .flatMap((named) => {
      const rank = rankOf(named.name.toLowerCase(), wanted);
      return rank === null ? [] : [{ named, rank }];
    })
    .sort(
      (a, b) => a.rank - b.rank || (a.named.name < b.named.name ? -1 : a.named.name > b.named.name ? 1 : 0),
    );
  const symbols = new Map<string, SymbolInformation>();
  for (const { named } of ranked) {
    if (symbols.size >= MOST) break;
    const { name, kind, what, host } = named;
    for (const spot of spotsOf(homelab, named.origins)) {
      const location = locationOf(homelab, spot, uriOf);
      if (location === null) continue;
      // What several hosts import is one thing in the text.
      const key = `${location.uri}\0${spot.range.start}\0${name}`;
      const containerName = host.name === null ? what() : `${what()} · ${host.name}`;
      if (!symbols.has(key)) symbols.set(key, { name, kind, containerName, location });
    }
  }
  return [...symbols.values()];
}

function* namesOf(host: Host): Generator<Named> {
  for (const container of host.containers) {
    yield {
      name: container.name,
      kind: SymbolKind.Module,
      what: () => {
        const address = shortAddress(container);
        const what = container.status === 'disabled' ? 'disabled container' : 'container';
        return address === null ? what : `${what} · ${address}`;
      },
      host,
      origins: ownDefinitions(container).map(({ nameAt }) => nameAt),
    };
  }
  for (const { router, hosts, at } of host.routes) {
    const reached = hosts.filter((name) => name !== router);
    const what = (): string => ['router', ...reached.slice(0, 3)].join(' · ');
    yield { name: router, kind: SymbolKind.Interface, what, host, origins: [at] };
    for (const name of reached)
      yield { name, kind: SymbolKind.Interface, what: () => `router ${router}`, host, origins: [at] };
  }
}

/** How well a name answers a query, lower is better; null where it does not. */
function rankOf(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted);
  if (at !== -1) return at === 0 ? (name === wanted ? 0 : 1) : 2;
  let from = 0;
  for (const letter of wanted) {
    const next = name.indexOf(letter, from);
    if (next === -1) return null;
    from = next + 1;
  }
  return 3;
}
