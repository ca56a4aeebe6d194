import { memoOf, sameItems } from '../eval/computed';
import { autheliaPolicies } from '../homelab/access';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { listed } from './places';
import { finding } from './rule';
import { perRoute } from './scopes';

/** A route that anybody may visit. Many are meant to be that, so this is off unless it is switched on. */
export const unprotectedRoute = perRoute({
  id: 'unprotected-route',
  severity: 'information',
  description: 'Nothing asks who comes to a route of Traefik.',
  off: true,
  *look(homelab, host, route) {
    if (route.proxy !== 'traefik' || route.protocol !== 'http' || route.access !== 'none') return;
    const { hosts, backends, router, rule } = route;
    // A rule may let some addresses in only.
    if (rule.kind !== 'known' || /client_?ip/i.test(rule.value)) return;
    if (hosts.length === 0 || backends.some(({ container }) => gatekeepers(host).includes(container ?? '')))
      return;
    const at = locate(homelab, route.at);
    if (at === null) return;
    yield finding(unprotectedRoute, {
      at,
      host,
      message: `Nothing asks who comes to ${listed(hosts)}: router ${router} has no middleware such as \`forwardAuth\` or \`basicAuth\`.`,
    });
  },
});

/** The containers that ask visitors who they are. */
const gatekeepers = memoOf(
  (host: Host): readonly string[] => autheliaPolicies(host.containers).map(({ container }) => container),
  sameItems,
);
