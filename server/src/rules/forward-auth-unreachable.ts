import { putHostInUrl } from '../edits/url-port';
import { bareAddress } from '../homelab/addresses';
import { arrivalAt, containerNamed, hasRouteTo } from '../homelab/arrivals';
import { calledByName, type CalledByName } from '../homelab/container-names';
import { deadAddress, disabledByAddress, isElsewhere, subnetOf } from '../homelab/dead-backends';
import { forwardAuthsOf, type ForwardAuth } from '../homelab/forward-auths';
import { locate, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { parseTarget } from '../homelab/reach';
import { loopbackListener } from './backend-on-loopback';
import type { Trouble } from './backend-places';
import { closedPort } from './backend-port-closed';
import { wrongPort } from './backend-port-mismatch';
import { addressOf, leadsBack } from './backend-self';
import { isStale } from './backend-stale-address';
import { importAgain } from './backend-to-disabled-container';
import { containerAt, fixOf, inParentheses } from './places';
import { finding, related, type Files, type Report, type Rule } from './rule';

/** Whoever decides who may come in cannot be asked, so that nobody may. */
export const forwardAuthUnreachable: Rule = {
  id: 'forward-auth-unreachable',
  severity: 'error',
  description: 'A middleware asks an address who may come in, where nobody answers.',
  *check(homelab) {
    for (const host of homelab.hosts)
      for (const auth of forwardAuthsOf(host)) {
        const { url } = auth.backend;
        const at = url.kind === 'known' ? locate(homelab, url.definition) : null;
        const found =
          at === null ? null : (notAnswered(homelab, host, auth) ?? nobodyThere(homelab, host, auth));
        if (at === null || found === null) continue;
        const { message, ...rest } = found;
        yield finding(forwardAuthUnreachable, {
          at,
          host,
          message: `${message} Until then Traefik answers whoever comes to a router with ${auth.middleware} by an error.`,
          ...rest,
        });
      }
  },
};

type Found = Omit<Report, 'at' | 'host'>;

/** What is wrong with the container that is asked. Where a route comes to the same port, it is said of that. */
function notAnswered(homelab: Files, host: Host, auth: ForwardAuth): Found | null {
  const { middleware, traefik, backend } = auth;
  const proxy = traefik.container === null ? undefined : containerNamed(host, traefik.container);
  if (backend.container !== null && proxy?.name === backend.container) {
    if (proxy.status !== 'active' || networkOf(host, proxy) !== 'own') return null;
    const self = leadsBack(homelab, host, proxy, backend);
    return (
      self &&
      saying(`The middleware ${middleware} asks ${proxy.name} itself who may come in: ${self.why}`, self)
    );
  }
  const arrival = arrivalAt(host, { proxyContainer: traefik.container }, backend, 'tcp');
  if (arrival === null) return null;
  const { container, port } = arrival;
  const wrong = wrongPort(homelab, host, arrival);
  if (wrong !== null)
    return saying(
      `The middleware ${middleware} asks port ${port} of ${container.name} who may come in, where ${wrong.why}`,
      wrong,
    );
  const closed = closedPort(homelab, host, arrival);
  const loopback = loopbackListener(homelab, host, arrival, `the middleware ${middleware}`);
  if (hasRouteTo(host, container, port)) return null;
  if (closed !== null)
    return saying(
      `The middleware ${middleware} cannot ask ${container.name} who may come in: ${closed.why}`,
      closed,
    );
  return loopback && saying(`The middleware ${middleware} cannot ask ${loopback.why}`, loopback);
}

function saying(message: string, { related, fixes }: Trouble): Found {
  return { message, related: related ?? [], fixes: fixes ?? [], incomplete: true };
}

/** What is wrong where no container that runs has the address, or the name. */
function nobodyThere(
  homelab: Homelab,
  host: Host,
  { middleware, place, backend }: ForwardAuth,
): Found | null {
  const { url, shared } = backend;
  if (url.kind !== 'known' || backend.container !== null || shared !== null) return null;
  const named = parseTarget(url.value, 'http')?.host ?? '';
  const called = bareAddress(named) === null ? calledByName(host, place, named) : null;
  if (called !== null) return unknownName(homelab, host, middleware, backend, named, called);
  const address = deadAddress(host, backend);
  if (address === null) return null;
  const [disabled, ...others] = disabledByAddress(host).get(address) ?? [];
  if (disabled !== undefined && !isElsewhere(homelab.hosts, host, address)) {
    const whose = [disabled, ...others].map(({ name }) => name).join(' or ');
    return {
      severity: 'warning',
      message: `The middleware ${middleware} asks nobody who may come in: ${address} is the address of ${whose}${inParentheses(homelab, host, containerAt(disabled))}, which does not run: ${disabled.because ?? 'no host imports it'}. Let it run again, or write another address.`,
      related: [related(homelab, containerAt(disabled), `${disabled.name}, which does not run`)],
      fixes: [others.length > 0 ? null : importAgain(homelab, host, disabled)],
    };
  }
  if (!isStale(homelab, host, address)) return null;
  const meant = containerNamed(host, middleware) ?? null;
  const right = meant?.status === 'active' ? addressOf(meant) : null;
  return {
    severity: 'warning',
    message: `The middleware ${middleware} asks nobody who may come in: no container of ${host.name ?? 'this host'} has ${address}, and in ${subnetOf(address) ?? ''}.0/24 there are only containers. ${right === null || meant === null ? 'Write the address of the container that is meant.' : `${meant.name} has ${right}.`}`,
    related: [
      right === null || meant === null ? null : related(homelab, containerAt(meant), `${meant.name} is here`),
    ],
    fixes: [
      right === null
        ? null
        : fixOf(`Write ${right}`, putHostInUrl(homelab.files, url.literal, address, right)),
    ],
  };
}

function unknownName(
  homelab: Files,
  host: Host,
  middleware: string,
  { url }: ForwardAuth['backend'],
  named: string,
  { name, container }: CalledByName,
): Found {
  const runs = container?.status === 'active';
  const right = runs ? addressOf(container) : null;
  const what =
    container === null
      ? `there is no container ${name}`
      : runs
        ? `Traefik does not find ${named}, for containers are not known by name`
        : `${name}${inParentheses(homelab, host, containerAt(container))} does not run, and containers are not known by name`;
  return {
    severity: 'warning',
    message: `The middleware ${middleware} asks nobody who may come in: ${what}. ${right === null ? 'Write the address of who is meant.' : `Write ${right}, the address of ${name}.`}`,
    related: [container === null ? null : related(homelab, containerAt(container), `${name} is here`)],
    fixes: [
      right === null || url.kind !== 'known'
        ? null
        : fixOf(`Write ${right}`, putHostInUrl(homelab.files, url.literal, named, right)),
    ],
  };
}
