import type { AttrsValue, Attr } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { knownValue } from '../homelab/traefik-keys';
import { below, type TraefikNode } from '../schema/traefik/tree';
import { finding, placeName, related, type Finding, type Files } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';

/** Two keys that differ in case only: Nix keeps both, and Traefik takes one. */
export const traefikKeyCaseConflict: TraefikKeyRule = perTraefikKey({
  id: 'traefik-key-case-conflict',
  severity: 'warning',
  description: 'A key is written twice, in upper and lower case, and Traefik takes only one of the two.',
  wanted: ({ node, around, name }) => node !== null && hasEarlier(around, name),
  *look(homelab, { node, around, name, attr, host }) {
    for (const [other, otherAttr] of earlier(around, name)) {
      if (node === null || otherAttr.maybe !== null) continue;
      for (const lost of lostIn(node, { name: other, attr: otherAttr }, { name, attr }))
        yield* report(homelab, host, lost);
    }
  },
});

interface Named {
  readonly name: string;
  readonly attr: Attr;
}

/** A key whose value is lost, and the one that is taken instead. */
interface Lost {
  readonly lost: Named;
  readonly taken: Named;
}

/** Traefik sorts the names byte by byte, and what comes later takes the place of what came before. */
function earlier(around: AttrsValue, name: string): [string, Attr][] {
  const lower = name.toLowerCase();
  return [...around.entries].filter(([other]) => other < name && other.toLowerCase() === lower);
}

function hasEarlier(around: AttrsValue, name: string): boolean {
  return earlier(around, name).length > 0;
}

/** What of the first is lost: sets are merged key by key, all else is replaced. */
function lostIn(node: TraefikNode, first: Named, second: Named): Lost[] {
  const [one, two] = [knownValue(first.attr), knownValue(second.attr)];
  if (one === null || two === null) return [];
  const merges = node.keys.size > 0 || node.entry !== null;
  if (!merges || one.type !== 'attrs' || two.type !== 'attrs') return [{ lost: first, taken: second }];
  return [...one.entries].flatMap(([name, attr]): Lost[] => {
    const inner = below(node, name);
    const match = [...two.entries].find(([other]) =>
      node.entry === null ? other.toLowerCase() === name.toLowerCase() : other === name,
    );
    if (match === undefined || attr.maybe !== null || match[1].maybe !== null) return [];
    const [lost, taken] = [
      { name, attr },
      { name: match[0], attr: match[1] },
    ];
    return inner === null || node.entry !== null ? [{ lost, taken }] : lostIn(inner, lost, taken);
  });
}

function* report(homelab: Files, host: Host, { lost, taken }: Lost): Generator<Finding> {
  const [at, other] = [locate(homelab, lost.attr.at), locate(homelab, taken.attr.at)];
  if (at === null || other === null) return;
  const same = lost.name === taken.name;
  yield finding(traefikKeyCaseConflict, {
    at,
    host,
    message: `Traefik does not tell upper case from lower, and Nix does: this \`${lost.name}\` is lost, because Traefik takes ${same ? 'the one' : `\`${taken.name}\``} in ${placeName(other, host)}. Write both alike, so that Nix merges them or reports the conflict.`,
    related: [related(homelab, taken.attr.at, `Traefik takes this \`${taken.name}\``)],
    fixes: [
      same || lost.attr.at?.kind !== 'attr-name' || lost.attr.at.text === null
        ? null
        : {
            title: `Write ${taken.name}`,
            changes: [{ file: at.file, range: at.range, newText: taken.name }],
          },
    ],
  });
}
