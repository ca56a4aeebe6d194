import type { NameUse } from '../homelab/proxies/traefik-names';
import type { Traefik } from '../homelab/proxies/traefik-settings';
import type { Host } from '../homelab/model';
import { fieldOf, setOf } from '../homelab/read';
import { keyBlocks, keysOf, traefikConfigs } from '../homelab/traefik-keys';
import { inParentheses } from './places';
import { related, type Files } from './rule';
import { perHost } from './scopes';
import { placedKey, type PlacedKey } from './traefik-findings';
import { moveKey } from './traefik-move';
import { unknownNames, type Elsewhere, type NameWording } from './unknown-names';

/** A router or an entry point follows TLS options that its Traefik does not have. */
export const unknownTlsOptions = perHost({
  id: 'unknown-tls-options',
  severity: 'error',
  description: 'A router or an entry point follows TLS options that its Traefik does not have.',
  look: (homelab, host) => unknownNames(unknownTlsOptions, 'TLS options', WORDING, homelab, host),
});

const WORDING: NameWording = {
  what: ({ name }) => `Traefik has no TLS options ${name}`,
  outcome: () => 'The router is off for it.',
  elsewhere: inStatic,
};

/** The options that the static configuration has, where Traefik does not read them. */
function inStatic(homelab: Files, host: Host, { name }: NameUse, traefik: Traefik): Elsewhere | null {
  const options = setOf(fieldOf(setOf(fieldOf(traefik.static, 'tls')), 'options'));
  const own = options?.entries.get(name);
  if (own === undefined) return null;
  const key = tlsKey(homelab, host, traefik);
  return {
    hint: `Those in \`${key?.config.option ?? 'staticConfigOptions'}\`${inParentheses(homelab, host, own.at)} it does not read: they belong into \`${key?.config.counterpart ?? 'dynamicConfigOptions'}\`.`,
    related: [related(homelab, own.at, `${name}, where Traefik does not read it`)],
    fixes: [key && moveKey(homelab, key, key.config.counterpart)],
  };
}

/** `tls` at the root of a Traefik's static configuration. */
function tlsKey(homelab: Files, host: Host, { container }: Traefik): PlacedKey | null {
  for (const config of traefikConfigs(host)) {
    if (config.part !== 'static' || config.container !== container) continue;
    for (const block of keyBlocks(config))
      for (const key of keysOf(block))
        if (key.parent.path === '' && key.name.toLowerCase() === 'tls') return placedKey(homelab, host, key);
  }
  return null;
}
