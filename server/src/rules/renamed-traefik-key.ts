import { retiredKey, type RetiredKey } from '../schema/traefik/retired';
import { finding, safe, type Finding, type Files } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';
import { consequence, rename, type PlacedKey } from './traefik-findings';
import { isFrom } from './nixos-release';

/** A key that the Traefik of the host’s release has under another name, or no more. */
export const renamedTraefikKey: TraefikKeyRule = perTraefikKey({
  id: 'renamed-traefik-key',
  severity: 'error',
  description: 'A key was renamed or removed in the Traefik of the host’s release.',
  tags: ['deprecated'],
  wanted: (key) => retiredAt(key) !== null,
  *look(homelab, key) {
    const retired = retiredAt(key);
    if (retired !== null && isFrom(homelab, key.host, retired.release)) yield report(homelab, key, retired);
  },
});

function retiredAt({
  config,
  parent,
  node,
  name,
}: Pick<PlacedKey, 'config' | 'parent' | 'node' | 'name'>): RetiredKey | null {
  return retiredKey(config.part, node?.path ?? (parent.path === '' ? name : `${parent.path}.${name}`));
}

function report(homelab: Files, key: PlacedKey, { since, effect, instead, renamed }: RetiredKey): Finding {
  const what = renamed === null ? 'removed' : 'renamed';
  const outcome =
    effect === 'refused'
      ? ` ${consequence(key)}.`
      : effect === 'overlooked'
        ? ' Traefik ignores it.'
        : ' Traefik still reads it, and may not for long.';
  const taken = renamed === null ? true : key.around.entries.has(renamed.split('.')[0] ?? '');
  const fix = taken || renamed === null ? null : rename(homelab, key, renamed.split('.'));
  return finding(renamedTraefikKey, {
    at: key.at,
    host: key.host,
    severity: effect === 'refused' ? 'error' : effect === 'overlooked' ? 'warning' : 'information',
    message: `\`${key.name}\` was ${what} in Traefik ${since}.${outcome} ${instead}`,
    fixes: [
      // What Traefik overlooks takes effect under its new name: that is to be looked at.
      fix !== null && effect !== 'overlooked' ? safe(fix) : fix,
    ],
  });
}
