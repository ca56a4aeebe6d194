import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** A router, or a service that passes requests on, names a service that its Traefik does not have. */
export const unknownService = perHost({
  id: 'unknown-service',
  severity: 'error',
  description:
    'A router, or a service that passes requests on, names a service that its Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownService, 'service', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ protocol, name }) =>
    `Traefik has no ${protocol === 'http' ? '' : `${protocol.toUpperCase()} `}service ${name}`,
  outcome: ({ path }) =>
    path.includes('.routers.') ? 'The router answers nothing.' : 'What names it cannot pass requests on.',
};
