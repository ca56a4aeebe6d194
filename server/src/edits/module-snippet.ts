import type { Homelab } from '../homelab/homelab';
import { writeString } from '../nix/write';
import { blank, piecesOf, type Blank } from './blank';
import { bindingsDraftOf, containerDraftOf, draftOf, type DraftInput } from './container-draft';
import { networkParts, type NetworkParts } from './container-network';
import type { ContainerRequest, Target } from './container-request';
import { domainSources, writtenDomain, type DomainSource } from './domain-source';
import { knownService } from './guest-service';
import { mostCommon } from './majority';
import { proxyOf } from './proxy';

const USUAL_PORT = 8080;

/**
 * The module that Add Container would write for a name, in pieces, with the places a person fills in: its port,
 * subdomain and the like. Null where no address is left for it.
 */
export function moduleSnippet(homelab: Homelab, target: Target, name: string): (string | Blank)[] | null {
  const input = draftFor(homelab, target, name);
  return input === null ? null : piecesOf(draftOf(input).text);
}

/** The same module as an element of a list of modules. */
export function elementSnippet(homelab: Homelab, target: Target, name: string): (string | Blank)[] | null {
  const input = draftFor(homelab, target, name);
  return input === null ? null : piecesOf(`(${draftOf(input).text.trim()})`);
}

/**
 * Both parts of such a module as bindings for one that is there already, in pieces. Null where no address is left for it.
 * @param reads whether a name stands for the argument of that name where they are to stand
 */
export function bindingsSnippet(
  homelab: Homelab,
  target: Target,
  name: string,
  reads: (argument: string) => boolean,
): (string | Blank)[] | null {
  const input = draftFor(homelab, target, name);
  if (input === null) return null;
  const { network, domain } = input;
  const needed = domain?.argument ?? null;
  return piecesOf(
    bindingsDraftOf({
      ...input,
      network: reads('config') ? network : writtenOut(network),
      domain:
        domain === null || needed === null || reads(needed)
          ? domain
          : { expression: null, argument: null, domain: domain.domain },
    }),
  );
}

/**
 * A new container alone, `NAME = { … };`, in pieces. Null where no address is left for it.
 * @param readsConfig whether `config` is the host's where it is to stand
 */
export function containerSnippet(
  homelab: Homelab,
  target: Target,
  name: string,
  readsConfig: boolean,
): (string | Blank)[] | null {
  const input = draftFor(homelab, target, name);
  if (input === null) return null;
  const network = readsConfig ? input.network : writtenOut(input.network);
  return piecesOf(containerDraftOf({ ...input, proxy: null, middlewares: [], domain: null, network }));
}

/** What a new container is written from; null where no address is left for it. */
function draftFor(homelab: Homelab, target: Target, name: string): DraftInput | null {
  const { host } = target;
  const found = proxyOf(host);
  const proxy = 'none' in found ? null : found;
  const request: ContainerRequest = { name, port: knownService(name)?.port.default ?? USUAL_PORT };
  const network = networkParts(host, request, proxy);
  if (typeof network === 'string') return null;
  const routes = host.routes.filter(({ protocol }) => protocol === 'http');
  const middleware = mostCommon(routes.flatMap(({ middlewares }) => middlewares.items));
  return {
    homelab,
    target,
    request,
    proxy,
    middlewares: middleware === undefined ? [] : [middleware],
    network,
    domain: proxy === null ? null : domainFor(homelab, target),
    toFillIn: true,
  };
}

/** A network that reads nothing of `config`. */
function writtenOut(network: NetworkParts): NetworkParts {
  const { address } = network;
  return {
    ...network,
    address: { ...address, nix: writeString(address.text) },
    urlHost: address.text,
    readsConfig: false,
  };
}

/** The domain as the homelab's rules write it, also where its value is not known; a place to fill in where they tell none. */
function domainFor({ files }: Homelab, { host }: Target): DomainSource {
  const [known] = domainSources(files, host);
  const domain = blank('domain', 'example.org');
  return known ?? { expression: null, argument: null, ...writtenDomain(files, host), domain };
}
