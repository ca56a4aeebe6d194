import { bypassOf } from '../homelab/bypassed';
import { locate } from '../homelab/homelab';
import { inParentheses } from './places';
import { finding, related } from './rule';
import { perRoute } from './scopes';

/** A route that asks for Authelia, whose own rules let everybody in. */
export const accessBypassed = perRoute({
  id: 'access-bypassed',
  severity: 'information',
  description: "A router asks Authelia who may come in, and Authelia's own rules let everybody in.",
  *look(homelab, host, route) {
    const bypass = bypassOf(host, route);
    const at = bypass === null ? null : locate(homelab, bypass.middleware.at);
    if (bypass === null || at === null) return;
    const { middleware, rule } = bypass;
    yield finding(accessBypassed, {
      at,
      host,
      message: `${middleware.name} asks nobody who comes to ${bypass.host}: Authelia's own ${rule === null ? '`default_policy`' : 'rules'} say \`bypass\`${inParentheses(homelab, host, rule)}. Change that if visitors are to log in, or leave the middleware out.`,
      related: [related(homelab, rule, 'the rule of Authelia')],
    });
  },
});
