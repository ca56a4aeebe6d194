import { memoOf } from '../eval/computed';
import { groupedBy } from '../eval/computed-table';
import { settingBeside } from '../edits/settings';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { knowsTraefik } from '../homelab/proxies/traefik-certainty';
import { definedNames } from '../homelab/proxies/traefik-names';
import {
  canonicalRuleOf,
  expectsTls,
  hasTlsAt,
  routerOf,
  routersOf,
  type Router,
} from '../homelab/proxies/traefik-routers';
import { writeString } from '../nix/write';
import { fixOf } from './places';
import { finding, related, type Files, type Fix } from './rule';
import { perRoute } from './scopes';

/** A router for HTTP where visitors come with HTTPS: Traefik answers them with 404. */
export const routeWithoutTls = perRoute({
  id: 'route-without-tls',
  severity: 'warning',
  description: 'A router serves plain HTTP at an entry point that visitors reach by HTTPS.',
  *look(homelab, host, route) {
    if (route.proxy !== 'traefik' || route.protocol !== 'http') return;
    const router = routerOf(host, route);
    if (router?.rule.kind !== 'known' || !knowsTraefik(host, router.traefik)) return;
    if (router.entryPoints.open !== null) return;
    for (const name of router.entryPoints.items) {
      const expected = expectsTls(router.traefik, name);
      if (expected === null || hasTlsAt(router, name) !== false || hasTwin(host, router, name)) continue;
      const at = locate(homelab, router.rule.definition);
      if (at === null) return;
      yield finding(routeWithoutTls, {
        at,
        host,
        message: `Router ${router.name} serves plain HTTP at entry point ${name}, ${expected.why}: whoever comes by HTTPS gets 404. Set \`tls\` on the router, or \`http.tls\` on the entry point.`,
        related: [related(homelab, expected.at, `entry point ${name}`)],
        fixes: [withTls(homelab, router)],
        incomplete: true,
      });
      return;
    }
  },
});

/** Whether another router serves the same requests with TLS there. */
function hasTwin(host: Host, router: Router, entryPoint: string): boolean {
  const own = requestsOf(router);
  const twins = [
    ...(own === null ? [] : (byRequests(host).get(own) ?? [])),
    ...(byRequests(host).get(ANY) ?? []),
  ];
  return twins.some(
    (twin) => twin !== router && twin.traefik === router.traefik && hasTlsAt(twin, entryPoint) !== false,
  );
}

/** The routers for HTTP by the requests they take. */
const byRequests = memoOf((host: Host) =>
  groupedBy(() =>
    [...routersOf(host).values()].flatMap((router) => {
      const requests = router.protocol === 'http' ? requestsOf(router) : null;
      return requests === null ? [] : [[requests, router] as const];
    }),
  ),
);

/** Stands for the requests of a router whose rule is not known. */
const ANY = '?';

/** The requests that a router takes; null where its rule is none. */
function requestsOf(router: Router): string | null {
  return router.rule.kind === 'unknown' ? ANY : canonicalRuleOf(router);
}

function withTls(homelab: Files, { rule, traefik }: Router): Fix | null {
  if (rule.kind !== 'known') return null;
  const [resolver, ...others] = definedNames(traefik, 'certificate resolver', 'http').items;
  const value =
    resolver === undefined || others.length > 0 ? '{ }' : `{ certResolver = ${writeString(resolver)}; }`;
  return fixOf(`Set tls = ${value}`, settingBeside(homelab.files, rule.definition, 'rule', 'tls', value));
}
