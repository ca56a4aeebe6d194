import { settingBeside } from '../edits/settings';
import { locate } from '../homelab/homelab';
import type { Host, Route } from '../homelab/model';
import { canonicalRule } from '../homelab/proxies/same-rule';
import { knowsTraefik } from '../homelab/proxies/traefik-certainty';
import { definedNames } from '../homelab/proxies/traefik-names';
import { expectsTls, hasTlsAt, routersOf, type Router } from '../homelab/proxies/traefik-routers';
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
    const router = routersOf(host).get(route);
    if (router?.rule.kind !== 'known' || !knowsTraefik(host, router.traefik)) return;
    if (router.entryPoints.open !== null) return;
    for (const name of router.entryPoints.items) {
      const expected = expectsTls(router.traefik, name);
      if (expected === null || hasTlsAt(router, name) !== false || hasTwin(host, route, router, name))
        continue;
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
function hasTwin(host: Host, route: Route, router: Router, entryPoint: string): boolean {
  const own = router.rule.kind === 'known' ? canonicalRule(router.rule.value) : null;
  for (const [other, twin] of routersOf(host)) {
    if (other === route || twin.traefik !== router.traefik || twin.protocol !== 'http') continue;
    if (twin.rule.kind === 'unknown' && hasTlsAt(twin, entryPoint) !== false) return true;
    if (twin.rule.kind !== 'known' || canonicalRule(twin.rule.value) !== own) continue;
    if (hasTlsAt(twin, entryPoint) !== false) return true;
  }
  return false;
}

function withTls(homelab: Files, { rule, traefik }: Router): Fix | null {
  if (rule.kind !== 'known') return null;
  const [resolver, ...others] = definedNames(traefik, 'certificate resolver', 'http').items;
  const value =
    resolver === undefined || others.length > 0 ? '{ }' : `{ certResolver = ${writeString(resolver)}; }`;
  return fixOf(`Set tls = ${value}`, settingBeside(homelab.files, rule.definition, 'rule', 'tls', value));
}
