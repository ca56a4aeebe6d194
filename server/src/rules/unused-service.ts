import { perHost } from './scopes';
import { unusedNames } from './unused-names';

/** A service of Traefik that nothing names. */
export const unusedService = perHost({
  id: 'unused-service',
  severity: 'hint',
  description: 'Nothing uses a service of Traefik.',
  tags: ['unnecessary'],
  look: (homelab, host) => unusedNames(unusedService, 'service', homelab, host),
});
