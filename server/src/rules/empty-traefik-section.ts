import { knownValue, type TraefikKey } from '../homelab/traefik-keys';
import { bindingOfName } from '../edits/syntax-search';
import { finding, type Fix, type Files } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';
import { consequence, removal, type PlacedKey } from './traefik-findings';

/** An empty set where Traefik wants keys: it refuses the whole file for it. */
export const emptyTraefikSection: TraefikKeyRule = perTraefikKey({
  id: 'empty-traefik-section',
  severity: 'error',
  description: 'A set of Traefik’s configuration is empty that must not be.',
  wanted: isEmpty,
  *look(homelab, key) {
    yield finding(emptyTraefikSection, {
      at: key.at,
      host: key.host,
      message: `\`${key.name}\` is an empty set, which Traefik takes for a mistake (“cannot be a standalone element”): ${consequence(key).replace(/^Traefik then/, 'it')}. Leave \`${key.name}\` out, or fill it.`,
      fixes: [remove(homelab, key)],
      incomplete: true,
    });
  },
});

/** NixOS adds `providers.file.filename` itself. Source: nixpkgs nixos/modules/services/web-servers/traefik.nix. */
const FILLED_BY_NIXOS: readonly string[] = ['providers', 'providers.file'];

function isEmpty({ node, config, attr }: TraefikKey): boolean {
  const field = node?.field;
  if (node === null || field == null || field.emptyAllowed === true) return false;
  if (
    field.type !== 'set' &&
    field.type !== 'map of set' &&
    field.type !== 'map of string' &&
    field.type !== 'map of integer'
  )
    return false;
  if (config.part === 'static' && FILLED_BY_NIXOS.includes(node.path)) return false;
  const value = knownValue(attr);
  return (
    value?.type === 'attrs' && value.open === null && value.native === undefined && value.entries.size === 0
  );
}

/** Takes the key away, where it is written as `{ }` and the set around it does not become empty by that. */
function remove(homelab: Files, key: PlacedKey): Fix | null {
  const file = homelab.files.parsed(key.at.file);
  const value = file === null ? undefined : bindingOfName(file, key.attr.at)?.value;
  if (value?.kind !== 'attrs' || value.bindings.length > 0 || key.around.entries.size < 2) return null;
  const change = removal(homelab, key);
  return change === null ? null : { title: `Remove ${key.name}`, changes: [change], safe: true };
}
