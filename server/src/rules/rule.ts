import type { Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { locate } from '../homelab/homelab';
import type { Spot } from '../homelab/spot';
import type { TextChange } from '../edits/edit-plan';
import type { Origin } from '../eval/value';
import { relativePath } from '../nix/paths';
import type { Range } from '../nix/positions';
import type { UnneededIgnore } from './ignores/ignores';

export type { TextChange };

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** How an editor shows what a finding stands on: faded, or struck through. */
export type Tag = 'unnecessary' | 'deprecated';

/** One way to mend a finding: all its changes together. */
export interface Fix {
  readonly title: string;
  readonly changes: readonly TextChange[];
  /**
   * Whether it may be made without looking, with all others like it: there is no choice in it, and what the homelab does
   * is what was written before, or was plainly meant.
   */
  readonly safe?: true;
}

export interface RelatedPlace {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

/** What a rule says about one place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** The host it is about; null where it concerns none in particular. */
  readonly host: string | null;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  readonly tags: readonly Tag[];
  /** Says that something is not there yet, which an editor shows when typing pauses. */
  readonly incomplete: boolean;
}

/** Where a rule may look for places: nothing else of the homelab, so that what it found stays right while that changes. */
export type Files = Pick<Homelab, 'files'>;

/** Hosts, and where to look for places. */
export type Checked = Pick<Homelab, 'files' | 'hosts'>;

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what the rule finds. */
  readonly description: string;
  /** The tags of its findings, where these name no others. */
  readonly tags?: readonly Tag[];
  /** Finds nothing unless it is switched on. */
  readonly off?: true;
  /** Says that something is not there yet, or not whole, where a finding does not say otherwise. */
  readonly incomplete?: true;
  /** Speaks last, of what the comments that silence the others had to silence. */
  readonly looksAtIgnores?: true;
  /** What is wrong with a homelab by this rule. */
  check(homelab: Homelab, context: RuleContext): Iterable<Finding>;
}

/** What a rule about rules may ask beside the homelab. */
export interface RuleContext {
  /** The ids of all rules. */
  readonly known: readonly string[];
  /** For a rule that looks at ignores: those that silence nothing. */
  readonly unneeded: readonly UnneededIgnore[];
}

/** What a rule fills in; the rest has usual values. */
export interface Report {
  readonly at: Spot;
  readonly message: string;
  readonly host?: Host | null;
  readonly severity?: Severity;
  readonly related?: readonly (RelatedPlace | null)[];
  readonly fixes?: readonly (Fix | null)[];
  readonly tags?: readonly Tag[];
  readonly incomplete?: boolean;
}

/** A finding of a rule. */
export function finding(
  rule: Pick<Rule, 'id' | 'severity' | 'tags' | 'incomplete'>,
  report: Report,
): Finding {
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    message: report.message,
    file: report.at.file,
    range: report.at.range,
    host: report.host?.name ?? null,
    related: (report.related ?? []).filter((place) => place !== null),
    fixes: (report.fixes ?? []).filter((fix) => fix !== null),
    tags: report.tags ?? rule.tags ?? [],
    incomplete: report.incomplete ?? rule.incomplete ?? false,
  };
}

/** A fix that may be made without looking. */
export function safe(fix: Fix | null): Fix | null {
  return fix === null ? null : { ...fix, safe: true };
}

/** The other side of a finding; null where it is not written in the snapshot. */
export function related(homelab: Files, at: Origin, message: string): RelatedPlace | null {
  const spot = locate(homelab, at);
  return spot === null ? null : { file: spot.file, range: spot.range, message };
}

/** A place for a message: `containers/immich.nix:31`, as seen from the host's project. */
export function placeName(spot: Spot, host: Pick<Host, 'project'>): string {
  return `${fileName(spot.file, host)}:${spot.line + 1}`;
}

/** A file for a message, as seen from the host's project. */
export function fileName(file: string, { project }: Pick<Host, 'project'>): string {
  return relativePath(project, file);
}
