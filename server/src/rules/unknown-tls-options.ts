import { fieldOf, setOf } from '../homelab/read';
import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** A router or an entry point follows TLS options that its Traefik does not have. */
export const unknownTlsOptions = perHost({
  id: 'unknown-tls-options',
  severity: 'error',
  description: 'A router or an entry point follows TLS options that its Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownTlsOptions, 'TLS options', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ name }) => `Traefik has no TLS options ${name}`,
  outcome: ({ name }, _isKnown, traefik) => {
    const misplaced = setOf(fieldOf(setOf(fieldOf(traefik.static, 'tls')), 'options'));
    const hint =
      misplaced?.entries.has(name) === true ? ' Those in `staticConfigOptions` it does not read.' : '';
    return `The router is off for it.${hint}`;
  },
};
