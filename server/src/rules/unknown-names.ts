import { memoOf, sameItems } from '../eval/computed';
import { knowsTraefik } from '../homelab/proxies/traefik-certainty';
import {
  definedNames,
  definitionOf,
  isDefined,
  isOwnerUsed,
  runningTraefiks,
  sameUse,
  usesOf,
  type NameKind,
  type NameUse,
} from '../homelab/proxies/traefik-names';
import type { Traefik } from '../homelab/proxies/traefik-settings';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { stringText } from '../nix/string-text';
import { writeString } from '../nix/write';
import { closest } from './closest';
import { fixOf, listed } from './places';
import {
  finding,
  related,
  type Files,
  type Finding,
  type Fix,
  type Report,
  type Rule,
  type Severity,
} from './rule';
import type { Spot } from '../homelab/spot';

/** What the rules about names that a Traefik does not have have in common. */

/** A name that a Traefik of a host is told to use and certainly does not have. */
interface Dangling {
  readonly traefik: Traefik;
  readonly use: NameUse;
}

const danglingNames = memoOf(
  (host: Host): readonly Dangling[] =>
    runningTraefiks(host).flatMap((traefik) => (knowsTraefik(host, traefik) ? danglingIn(traefik) : [])),
  sameItems,
);

const danglingIn = memoOf(
  (traefik: Traefik): readonly Dangling[] =>
    usesOf(traefik)
      .items.filter((use) => use.certain && isDefined(traefik, use) === false)
      .map((use) => ({ traefik, use })),
  (before, after) =>
    before.length === after.length && before.every(({ use }, index) => sameUse(use, after[index]?.use)),
);

/** What a rule about names says of one. */
export interface NameWording {
  /** What Traefik does not have: `service grafana`, said of a use. */
  readonly what: (use: NameUse) => string;
  /** What Traefik does then: a sentence. */
  readonly outcome: (use: NameUse, isKnown: (name: string) => boolean, traefik: Traefik) => string;
  /** Where something of that name stands that Traefik does not read, and how it gets where it belongs. */
  readonly elsewhere?: (homelab: Files, host: Host, use: NameUse, traefik: Traefik) => Elsewhere | null;
  /** How bad that is, if it is not as bad as the rule says. */
  readonly severity?: (use: NameUse, isKnown: (name: string) => boolean) => Severity;
}

export interface Elsewhere extends Pick<Report, 'related' | 'fixes'> {
  /** A sentence. */
  readonly hint: string;
}

/** Finds the names of a kind that no Traefik of a host has. */
export function* unknownNames(
  rule: Pick<Rule, 'id' | 'severity'>,
  kind: NameKind,
  { what, outcome, severity, elsewhere }: NameWording,
  homelab: Files,
  host: Host,
): Generator<Finding> {
  for (const { traefik, use } of danglingNames(host)) {
    if (use.kind !== kind) continue;
    const at = locate(homelab, use.at);
    if (at === null) continue;
    const names = definedNames(traefik, kind, use.protocol).items;
    const near = nearest(use.name, names);
    const used = isOwnerUsed(traefik, use);
    const other = near === null ? (elsewhere?.(homelab, host, use, traefik) ?? null) : null;
    const isKnown = (name: string): boolean => isDefined(traefik, { ...use, name }) === true;
    yield finding(rule, {
      at,
      host,
      severity: used ? (severity?.(use, isKnown) ?? rule.severity) : 'warning',
      message: `${what(use)}. ${used ? outcome(use, isKnown, traefik) : `Whoever uses ${use.owner ?? ''} is off for it.`}${near !== null ? ` Did you mean ${near}?` : other !== null ? ` ${other.hint}` : listing(names)}`,
      related:
        near === null
          ? (other?.related ?? [])
          : [
              related(
                homelab,
                definitionOf(traefik, kind, use.protocol, near)?.at ?? null,
                `${near} is defined here`,
              ),
            ],
      fixes: [near === null ? null : replaced(homelab, use, at, near), ...(other?.fixes ?? [])],
      incomplete: true,
    });
  }
}

/** The name that a misspelt one most likely meant: one that differs by case only comes first. */
function nearest(name: string, names: readonly string[]): string | null {
  return names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? closest(name, names);
}

/** At most this many names are listed where none is near. */
const MOST_LISTED = 6;

function listing(names: readonly string[]): string {
  if (names.length === 0 || names.length > MOST_LISTED) return '';
  return names.length === 1 ? ` There is only ${names.join('')}.` : ` There are ${listed(names)}.`;
}

/** Writes another name where a name stands as a text of its own. */
function replaced(homelab: Files, { name, at: origin }: NameUse, at: Spot, near: string): Fix | null {
  if (origin?.kind !== 'string') return null;
  const file = homelab.files.parsed(at.file);
  const written = file === null ? undefined : stringText(file, origin)?.text;
  if (written === undefined || (written !== name && written !== `${name}@file`)) return null;
  const newText = writeString(near + written.slice(name.length));
  return fixOf(`Use ${near}`, { file: at.file, range: at.range, newText });
}
