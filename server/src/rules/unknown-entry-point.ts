import { perHost } from './scopes';
import { unknownNames, type NameWording } from './unknown-names';

/** An entry point is named that the static configuration of Traefik does not have. */
export const unknownEntryPoint = perHost({
  id: 'unknown-entry-point',
  severity: 'error',
  description: 'An entry point is named that the static configuration of Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownEntryPoint, 'entry point', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ name }) => `Traefik has no entry point ${name}`,
  outcome: ({ path, list }, isKnown) =>
    !path.includes('.routers.')
      ? 'What is to happen there does not.'
      : list.some(isKnown)
        ? 'The router does not listen there.'
        : 'The router is off: it listens on nothing else.',
  severity: ({ path, list }, isKnown) =>
    path.includes('.routers.') && !list.some(isKnown) ? 'error' : 'warning',
};
