import type { Homelab } from '../homelab/homelab';
import { writeString } from '../nix/write';
import { blank, piecesOf, type Blank } from './blank';
import { containerDraftOf, draftOf } from './container-draft';
import { networkParts } from './container-network';
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
  const { host } = target;
  const found = proxyOf(host);
  const proxy = 'none' in found ? null : found;
  const request: ContainerRequest = { name, port: knownService(name)?.port.default ?? USUAL_PORT };
  const network = networkParts(host, request, proxy);
  if (typeof network === 'string') return null;
  const routes = host.routes.filter(({ protocol }) => protocol === 'http');
  const middleware = mostCommon(routes.flatMap(({ middlewares }) => middlewares.items));
  const draft = draftOf({
    homelab,
    target,
    request,
    proxy,
    middlewares: middleware === undefined ? [] : [middleware],
    network,
    domain: proxy === null ? null : domainFor(homelab, target),
    toFillIn: true,
  });
  return piecesOf(draft.text);
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
  const found = proxyOf(target.host);
  const request: ContainerRequest = { name, port: knownService(name)?.port.default ?? USUAL_PORT };
  const network = networkParts(target.host, request, 'none' in found ? null : found);
  if (typeof network === 'string') return null;
  const { address } = network;
  const written = readsConfig
    ? network
    : { ...network, address: { ...address, nix: writeString(address.text) } };
  const text = containerDraftOf({
    homelab,
    target,
    request,
    proxy: null,
    middlewares: [],
    network: written,
    domain: null,
    toFillIn: true,
  });
  return piecesOf(text);
}

/** The domain as the homelab's rules write it, also where its value is not known; a place to fill in where they tell none. */
function domainFor({ files }: Homelab, { host }: Target): DomainSource {
  const [known] = domainSources(files, host);
  const domain = blank('domain', 'example.org');
  return known ?? { expression: null, argument: null, ...writtenDomain(files, host), domain };
}
