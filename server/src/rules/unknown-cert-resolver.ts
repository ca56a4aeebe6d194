import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** A certificate resolver is named that the static configuration of Traefik does not have. */
export const unknownCertResolver = perHost({
  id: 'unknown-cert-resolver',
  severity: 'warning',
  description: 'A certificate resolver is named that the static configuration of Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownCertResolver, 'certificate resolver', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ name }) => `Traefik has no certificate resolver ${name}`,
  outcome: () => 'It fetches no certificate, and shows visitors one that it signed itself.',
};
