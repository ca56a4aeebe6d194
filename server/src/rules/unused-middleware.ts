import { perHost } from './scopes';
import { unusedNames } from './unused-names';

/** A middleware of Traefik that nothing names. */
export const unusedMiddleware = perHost({
  id: 'unused-middleware',
  severity: 'hint',
  description: 'Nothing uses a middleware of Traefik.',
  tags: ['unnecessary'],
  look: (homelab, host) => unusedNames(unusedMiddleware, 'middleware', homelab, host),
});
