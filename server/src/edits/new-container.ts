import { readHomelab, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { filledIn } from './blank';
import { draftOf, type DraftInput } from './container-draft';
import { networkParts } from './container-network';
import {
  hostPortProblem,
  modulePath,
  nameProblem,
  portProblem,
  subdomainProblem,
  targetFor,
  type ContainerRequest,
  type Target,
} from './container-request';
import { domainSources, type DomainSource } from './domain-source';
import { isEditProblem, type EditPlan, type EditProblem, type PlanResult } from './edit-plan';
import { planFlakeImport } from './flake-import';
import { modulesOf } from './import-lists';
import { filesAfter, type Parse } from './overlay';
import { autheliaMiddleware, proxyOf, type Proxy } from './proxy';
import { hostName, nameOf } from './wording';

/** A plan for a new container, and the host it is for. */
export interface ContainerPlan extends EditPlan {
  readonly target: Target;
}

/**
 * A module for one more container, written as the homelab's other modules are, and its import. The plan is tried on the
 * homelab before it is handed out: with it the container is active, has its address and is reached by its route.
 */
export function planNewContainer(
  homelab: Homelab,
  request: ContainerRequest,
  parse: Parse,
): ContainerPlan | EditProblem {
  const target = targetFor(homelab, request.host);
  if (isEditProblem(target)) return target;
  const wrong = requestProblem(homelab, target, request);
  if (wrong !== null) return { problem: wrong };
  const found = proxyOf(target.host);
  const proxy = 'none' in found ? null : found;
  const missing = 'none' in found ? [found.none] : [];
  const middlewares = middlewaresFor(target.host, request, proxy);
  if (isEditProblem(middlewares)) return middlewares;
  const network = networkParts(target.host, request, proxy);
  if (typeof network === 'string') return { problem: network };
  const domains: (DomainSource | null)[] =
    proxy === null ? [null] : domainSources(homelab.files, target.host);
  if (domains.length === 0) {
    domains.push(null);
    missing.push('The domain of this homelab is not known from its routes, so no route was written.');
  }
  let last: EditProblem = { problem: 'No plan was found.' };
  for (const domain of domains) {
    const input = { homelab, target, request, proxy, middlewares, network, domain, toFillIn: false };
    const draft = writtenFrom(input, missing);
    const plan = withImport(homelab, target, draft, parse);
    if (isEditProblem(plan)) return plan;
    const failed = trial(homelab, target, { ...draft, plan }, parse);
    if (failed === null) return { ...plan, target };
    last = failed;
  }
  return last;
}

function requestProblem(homelab: Homelab, target: Target, request: ContainerRequest): string | null {
  return (
    nameProblem(homelab, target, request.name) ??
    portProblem(request.port) ??
    (proxyIsThere(target) ? subdomainProblem(homelab, target, request.subdomain ?? request.name) : null) ??
    (request.network === 'host' ? hostPortProblem(target, request.port) : null)
  );
}

function proxyIsThere({ host }: Target): boolean {
  return !('none' in proxyOf(host));
}

function middlewaresFor(
  host: Host,
  { authelia, middlewares = [] }: ContainerRequest,
  proxy: Proxy | null,
): readonly string[] | EditProblem {
  if (proxy === null) return [];
  const known = host.middlewares.items;
  const list = known.length === 0 ? 'none' : known.join(', ');
  for (const name of middlewares) {
    if (!known.includes(name) && !name.includes('@') && host.middlewares.open === null)
      return { problem: `Traefik on ${hostName(host)} has no middleware ${name}. It has: ${list}.` };
  }
  if (authelia !== true) return middlewares;
  const asking = autheliaMiddleware(host, proxy);
  if (asking === null)
    return {
      problem: `No middleware on ${hostName(host)} asks Authelia: none is a forwardAuth to it. Leave Authelia out, or name a middleware; there are: ${list}.`,
    };
  return [...new Set([asking, ...middlewares])];
}

/** A module, and what is to hold once it is there. */
interface Written {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly serviceAt: number;
  /** The host name of its route; null without one. */
  readonly fqdn: string | null;
  readonly notes: readonly string[];
}

function writtenFrom(input: DraftInput, missing: readonly string[]): Written {
  const { homelab, target, request, network, middlewares } = input;
  const { name, port } = request;
  const { text, fqdn, notes } = draftOf(input);
  const guarded = middlewares.length === 0 ? '' : ` behind ${middlewares.join(', ')}`;
  const reached = fqdn === null ? 'without a route' : `at ${fqdn}${guarded}`;
  return {
    ...filledIn(text),
    name,
    path: modulePath(homelab, target, name),
    fqdn,
    notes: [`${name}: ${network.summary}, port ${port}, ${reached}.`, ...missing, ...notes],
  };
}

/** The module and its import; only the module where the host takes every file of the folder. */
function withImport(homelab: Homelab, { host }: Target, draft: Written, parse: Parse): PlanResult {
  const creation: EditPlan = {
    changes: [],
    creations: [{ path: draft.path, text: draft.text }],
    openAt: { file: draft.path, offset: draft.serviceAt },
    notes: draft.notes,
  };
  const after = readHomelab(filesAfter(homelab.files, creation, parse));
  const taken = sameHost(after, host);
  if (taken !== undefined && modulesOf(taken).some(({ file }) => file === draft.path))
    return {
      ...creation,
      notes: [...draft.notes, `${hostName(host)} imports every module of that folder by itself.`],
    };
  const imported = planFlakeImport(homelab, { file: draft.path, host: host.name });
  if (isEditProblem(imported)) return imported;
  return { ...creation, changes: imported.changes, notes: [...draft.notes, ...imported.notes.slice(1)] };
}

function sameHost(homelab: Homelab, { name, project }: Host): Host | undefined {
  return homelab.hosts.find((host) => host.name === name && host.project === project);
}

/** Tries a plan: what is not as it should be afterwards, or null. */
function trial(
  homelab: Homelab,
  { host, project }: Target,
  { plan, ...draft }: Written & { plan: EditPlan },
  parse: Parse,
): EditProblem | null {
  const files = filesAfter(homelab.files, plan, parse);
  const after = sameHost(readHomelab(files), host);
  const container = after?.containers.find(({ name }) => name === draft.name);
  const where = nameOf(draft.path, project);
  const damaged = plan.creations.some(({ path }) => (files.parsed(path)?.errors.length ?? 1) > 0);
  if (damaged)
    return {
      problem: `The module for ${draft.name} could not be written correctly, so nothing was changed. Please report this.`,
    };
  if (container === undefined || container.status === 'disabled')
    return {
      problem: `${where} would not take effect on ${hostName(host)}: the list it was added to is not one of its modules. Nothing was changed; add the module yourself.`,
    };
  if (draft.fqdn === null) return null;
  const route = after?.routes.find(({ router }) => router === draft.name);
  if (route?.hosts.includes(draft.fqdn) !== true)
    return {
      problem: `The route to ${draft.fqdn} would not take effect on ${hostName(host)}. Nothing was changed.`,
    };
  return null;
}
