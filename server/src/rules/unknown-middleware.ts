import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** A router, an entry point or a chain names a middleware that its Traefik does not have. */
export const unknownMiddleware = perHost({
  id: 'unknown-middleware',
  severity: 'error',
  description: 'A router, an entry point or a chain names a middleware that its Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownMiddleware, 'middleware', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ protocol, name }) =>
    `Traefik has no ${protocol === 'http' ? '' : `${protocol.toUpperCase()} `}middleware ${name}`,
  outcome: ({ path }) =>
    path.includes('.routers.')
      ? 'The whole router is off for it: its requests get 404.'
      : 'Every router that comes by here is off for it.',
};
