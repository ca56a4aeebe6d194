import type { Rule } from './rule';
import { unusedNames } from './unused-names';

/** A middleware of Traefik that nothing names. */
export const unusedMiddleware: Rule = {
  id: 'unused-middleware',
  severity: 'hint',
  description: 'Nothing uses a middleware of Traefik.',
  tags: ['unnecessary'],
  check: (homelab) => unusedNames(unusedMiddleware, 'middleware', homelab),
};
