import type { Rule } from './rule';
import { unusedNames } from './unused-names';

/** A service of Traefik that nothing names. */
export const unusedService: Rule = {
  id: 'unused-service',
  severity: 'hint',
  description: 'Nothing uses a service of Traefik.',
  tags: ['unnecessary'],
  check: (homelab) => unusedNames(unusedService, 'service', homelab),
};
