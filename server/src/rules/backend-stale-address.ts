import {
  containerSubnets,
  deadAddress,
  deadBackends,
  disabledByAddress,
  isElsewhere,
  subnetOf,
  type Dead,
} from '../homelab/dead-backends';
import { bareAddress } from '../homelab/addresses';
import { containerNamed } from '../homelab/arrivals';
import { forwardAuthsOf } from '../homelab/forward-auths';
import { putHostInUrl } from '../edits/url-port';
import type { Homelab } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { backendSpot } from './backend-places';
import { containerAt, fixOf, inParentheses } from './places';
import { finding, related, type Rule } from './rule';

/** A literal address that no container has any more, in a subnet that holds nothing but the host's containers. */
export const backendStaleAddress: Rule = {
  id: 'backend-stale-address',
  severity: 'warning',
  description: "A route goes to an address that no container has, in the containers' own subnet.",
  *check(homelab) {
    for (const host of homelab.hosts)
      for (const dead of deadBackends(host)) {
        const { route, backend, address } = dead;
        if (!isStale(homelab, host, address)) continue;
        const at = backendSpot(homelab, host, backend, null);
        if (at === null || backend.url.kind !== 'known') continue;
        const meant = containerMeant(host, dead);
        const right = meant?.localAddress.kind === 'known' ? bareAddress(meant.localAddress.value) : null;
        yield finding(backendStaleAddress, {
          at,
          host,
          message: `${route.router} reaches nothing: no container of ${host.name ?? 'this host'} has ${address}, and in ${subnetOf(address) ?? ''}.0/24 there are only containers. ${right === null || meant === null ? 'Write the address of the container that is meant.' : `${meant.name} has ${right}${inParentheses(homelab, host, meant.localAddress.kind === 'known' ? meant.localAddress.definition : null)}.`}`,
          related: [meant === null ? null : related(homelab, containerAt(meant), `${meant.name} is here`)],
          fixes: [
            right === null
              ? null
              : fixOf(`Write ${right}`, putHostInUrl(homelab.files, backend.url.literal, address, right)),
          ],
        });
      }
  },
};

/** Whether an address is nobody's, in a subnet that holds nothing but the host's containers. */
export function isStale(homelab: Homelab, host: Host, address: string): boolean {
  const subnet = subnetOf(address);
  if (subnet === null || !containerSubnets(host).includes(subnet)) return false;
  if (disabledByAddress(host).has(address) || isElsewhere(homelab.hosts, host, address)) return false;
  return !isWrittenElsewhere(homelab, host, address);
}

/** The container that a route is named after, by its router, its service, or the first part of its host name. */
function containerMeant(host: Host, { route }: Dead): Container | null {
  const names = [
    route.router,
    ...(route.service.kind === 'known' ? [route.service.value] : []),
    ...route.hosts.map((name) => name.split('.')[0] ?? ''),
  ];
  for (const name of names) {
    const container = containerNamed(host, name);
    if (container !== undefined && container.status !== 'disabled') return container;
  }
  return null;
}

/** Whether an address is named anywhere but in the URLs of routes and of those who say who may come in: then it is somebody's. */
function isWrittenElsewhere(homelab: Homelab, host: Host, address: string): boolean {
  const urls =
    deadBackends(host).filter((dead) => dead.address === address).length +
    forwardAuthsOf(host).filter(({ backend }) => deadAddress(host, backend) === address).length;
  let mentions = 0;
  for (const path of homelab.files.nixFiles()) {
    const entry = homelab.files.entry(path);
    if (entry.kind === 'file') mentions += timesNamed(entry.text, address);
  }
  return mentions > urls;
}

function timesNamed(text: string, address: string): number {
  let times = 0;
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + address.length)) {
    const [before, after] = [text[at - 1] ?? '', text[at + address.length] ?? ''];
    if (!/[\d.]/.test(before) && !/\d/.test(after)) times++;
  }
  return times;
}
