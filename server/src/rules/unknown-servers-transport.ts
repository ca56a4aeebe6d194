import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** A service names a servers transport that its Traefik does not have. */
export const unknownServersTransport = perHost({
  id: 'unknown-servers-transport',
  severity: 'error',
  description: 'A service names a servers transport that its Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownServersTransport, 'servers transport', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ protocol, name }) =>
    `Traefik has no ${protocol === 'http' ? '' : `${protocol.toUpperCase()} `}servers transport ${name}`,
  outcome: () => 'The service cannot be built, and its routers answer nothing.',
};
