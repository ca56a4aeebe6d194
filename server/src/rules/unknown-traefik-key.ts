import { writeAttrPath } from '../nix/write';
import { retiredKey } from '../schema/traefik/retired';
import { traefikRoot, type TraefikNode } from '../schema/traefik/tree';
import { editDistance } from './closest';
import { finding, type Finding, type Files } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';
import { consequence, optionOf, rename, type PlacedKey } from './traefik-findings';
import { isCoveredByTables } from './nixos-release';

/** A key that Traefik does not have: it refuses the whole file for it. */
export const unknownTraefikKey: TraefikKeyRule = perTraefikKey({
  id: 'unknown-traefik-key',
  severity: 'error',
  incomplete: true,
  description: 'Traefik has no such key at this place of its configuration.',
  wanted: ({ node, parent, config, name }) => {
    if (node !== null || parent.path.startsWith('experimental')) return false;
    const path = parent.path === '' ? name : `${parent.path}.${name}`;
    return retiredKey(config.part, path) === null;
  },
  *look(homelab, key) {
    const found = report(homelab, key);
    if (found !== null) yield found;
  },
});

function report(homelab: Files, key: PlacedKey): Finding | null {
  const { parent, name, at, host } = key;
  const root = parent.path === '';
  if (root && belongsToOther(key)) return null;
  const near = nearest(name, parent);
  const inside = near === null ? placeInside(name, parent) : null;
  const outside = near === null && inside === null ? placeOutside(key) : null;
  // A newer Traefik than the tables know may have more keys.
  if (near === null && inside === null && outside === null && !isCoveredByTables(homelab, host)) return null;
  const where = root ? `\`${optionOf(key)}\`` : `\`${shownPath(parent)}\``;
  const hint =
    near !== null
      ? ` Did you mean \`${near}\`?`
      : inside !== null
        ? ` It belongs into \`${inside[0] ?? ''}\`: write \`${inside.join('.')}\`.`
        : outside !== null
          ? ` It belongs ${outside}.`
          : '';
  const what = root ? 'Traefik ignores it' : consequence(key);
  return finding(unknownTraefikKey, {
    at,
    host,
    severity: root ? 'warning' : 'error',
    message: `Traefik has no key \`${writeAttrPath([name])}\` in ${where}. ${what}.${hint}`,
    fixes: [
      near !== null ? rename(homelab, key, [near]) : inside !== null ? rename(homelab, key, inside) : null,
    ],
  });
}

/** Whether a key at the root is one of the other configuration’s. */
function belongsToOther({ config, name }: PlacedKey): boolean {
  if (config.part === 'static' && name.toLowerCase() === 'plugins') return true;
  return traefikRoot(config.part === 'dynamic' ? 'static' : 'dynamic').keys.has(name.toLowerCase());
}

function shownPath({ path }: TraefikNode): string {
  return path.replaceAll('.*', '');
}

/** The key that a misspelt one most likely meant. */
function nearest(name: string, { keys }: TraefikNode): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const [lower, { name: own, field }] of keys) {
    if (field?.internal === true) continue;
    const distance = editDistance(name.toLowerCase(), lower, least);
    if (distance < least) [least, best] = [distance, own];
  }
  return best;
}

/** Where below the keys beside it a key of this name is, if at one place only. */
function placeInside(name: string, { keys }: TraefikNode): string[] | null {
  const found: string[][] = [];
  for (const { name: own, keys: inner, field } of keys.values()) {
    const there = inner.get(name.toLowerCase());
    if (own !== null && there?.name != null && field?.internal !== true) found.push([own, there.name]);
  }
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
}

/** Where around it a key of this name is, in words. */
function placeOutside({ config, name, path }: PlacedKey): string | null {
  let at: TraefikNode | null = traefikRoot(config.part);
  const around: TraefikNode[] = [];
  for (const step of path.slice(0, -2)) {
    if (at === null) break;
    around.push(at);
    at = at.keys.get(step.toLowerCase()) ?? at.entry ?? at.element;
  }
  if (at !== null) around.push(at);
  for (const node of around.reverse()) {
    const there = node.keys.get(name.toLowerCase());
    if (there?.name != null && node.path !== '') return `further out, into \`${shownPath(node)}\``;
  }
  return null;
}
