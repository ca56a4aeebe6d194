import { mayBeWrong, problemsOfRule } from './router-rules';
import { finding, safe } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';

/** A router's rule in the language of Traefik 2, where the host has Traefik 3. */
export const ruleV2Syntax: TraefikKeyRule = perTraefikKey({
  id: 'rule-v2-syntax',
  severity: 'error',
  description:
    'The rule of a Traefik router is written in the language of version 2, and the host has version 3.',
  wanted: mayBeWrong,
  *look(homelab, placed) {
    for (const { problem, key, at, fix } of problemsOfRule(homelab, placed)) {
      if (problem.kind !== 'version-2') continue;
      const message = problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
      yield finding(ruleV2Syntax, { at, host: key.host, message: `${message}.`, fixes: [safe(fix)] });
    }
  },
});
