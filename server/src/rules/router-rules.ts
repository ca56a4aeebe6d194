import type { ModuleSystem } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { STATIC } from '../homelab/proxies/traefik-settings';
import { asString, readSet, readThunk } from '../homelab/read';
import type { Spot } from '../homelab/spot';
import { spotOf } from '../homelab/spot';
import { textAt, type TraefikKey } from '../homelab/traefik-keys';
import type { RuleProtocol, RuleVersion } from '../homelab/traefik-matchers';
import { parseRule } from '../homelab/traefik-rule';
import { ruleProblems, type RuleProblem } from '../homelab/traefik-rule-check';
import type { Range } from '../nix/positions';
import { HOLE, stringText, type StringText } from '../nix/string-text';
import type { StringLiteral } from '../nix/syntax';
import type { Fix, Files } from './rule';
import type { PlacedKey } from './traefik-findings';
import { traefikMajor } from './traefik-release';

/** The rules of Traefik's routers, and what is wrong with them at the place where it is written. */

export interface PlacedProblem {
  readonly key: PlacedKey;
  readonly at: Spot;
  readonly problem: RuleProblem;
  /** Null where the version of the rule language is not known: then it is wrong in both. */
  readonly version: RuleVersion | null;
  readonly protocol: RuleProtocol;
  /** Writes something else in place of what is wrong. */
  readonly fix: Fix | null;
  /** A fix that writes a text in place of what is wrong. */
  replace(newText: string, title: string): Fix | null;
}

const RULES: Readonly<Record<string, RuleProtocol>> = {
  'http.routers.<name>.rule': 'http',
  'tcp.routers.<name>.rule': 'tcp',
};

/** What is wrong with the rule that a key holds. */
export function problemsOfRule(homelab: Files, key: PlacedKey): Iterable<PlacedProblem> {
  const protocol = RULES[key.node?.path ?? ''] ?? 'http';
  return problemsOf(homelab, key, protocol, versionOf(homelab, key));
}

/** Whether a key is a rule that some version of the language refuses, before it is looked up where it is written. */
export function mayBeWrong({ node, attr }: TraefikKey): boolean {
  const protocol = RULES[node?.path ?? ''];
  if (protocol === undefined) return false;
  const fact = readThunk(attr.value, asString);
  return fact.kind === 'unknown' || (fact.kind === 'known' && !isRightInAll(fact.value, protocol));
}

const MOST_REMEMBERED = 5000;
/** Whether a text is right in both versions, by protocol and text. */
const right = new Map<string, boolean>();

function isRightInAll(text: string, protocol: RuleProtocol): boolean {
  const name = `${protocol} ${text}`;
  const known = right.get(name);
  if (known !== undefined) return known;
  const parsed = parseRule(text);
  const result = (['v3', 'v2'] as const).every(
    (version) => ruleProblems(parsed, protocol, version).length === 0,
  );
  if (right.size >= MOST_REMEMBERED) right.clear();
  right.set(name, result);
  return result;
}

function versionOf(homelab: Files, { around, config, host }: PlacedKey): RuleVersion | null {
  return ruleVersion(homelab, host, config.system, around);
}

/**
 * The version of the language that a router's rule is in; null where that is not known.
 * @param system what Traefik runs in
 * @param around the router
 */
export function ruleVersion(
  homelab: Files,
  host: Pick<Host, 'project'>,
  system: ModuleSystem,
  around: AttrsValue,
): RuleVersion | null {
  if ([...around.entries.keys()].some((name) => name.toLowerCase() === 'rulesyntax'))
    return asVersion(textAt(around, ['ruleSyntax']));
  const major = traefikMajor(homelab, host);
  if (major === 2) return 'v2';
  const all = STATIC.map((path) => readSet(system, ['services', 'traefik', ...path]));
  for (const fixed of all) {
    if (fixed instanceof Unknown || fixed instanceof Failure) return null;
    const core = [...(fixed?.entries.keys() ?? [])].some((name) => name.toLowerCase() === 'core');
    if (core && fixed !== null) return asVersion(textAt(fixed, ['core', 'defaultRuleSyntax']));
    if ((fixed?.open ?? null) !== null) return null;
  }
  return major === 3 ? 'v3' : null;
}

function asVersion(text: string | null): RuleVersion | null {
  return text === 'v2' || text === 'v3' ? text : null;
}

function* problemsOf(
  homelab: Files,
  key: PlacedKey,
  protocol: RuleProtocol,
  version: RuleVersion | null,
): Generator<PlacedProblem> {
  const fact = readThunk(key.attr.value, asString);
  if (fact.kind === 'unset') return;
  const literal = literalOf(key);
  const written = literal === null ? null : textOf(homelab, literal);
  const ofText = (text: string): RuleProblem[] => problemsIn(text, protocol, version);
  if (fact.kind === 'known') {
    const whole = ofText(fact.value);
    if (whole.length === 0) return;
    const placed = written === null ? [] : ofText(written.text);
    if (literal !== null && written !== null && placed.length > 0) {
      for (const problem of placed)
        yield place(homelab, { key, version, protocol, problem }, literal, written);
      return;
    }
    const at = locate(homelab, literal ?? fact.definition) ?? key.at;
    for (const problem of whole)
      yield { key, version, protocol, problem, at, fix: null, replace: () => null };
    return;
  }
  // What is not known may be any text that keeps to its place: it stands in an argument, and that is not judged.
  if (literal === null || written === null) return;
  for (const problem of ofText(written.text)) {
    if (written.text.slice(problem.range.start, problem.range.end).includes(HOLE)) continue;
    yield place(homelab, { key, version, protocol, problem }, literal, written);
  }
}

function problemsIn(text: string, protocol: RuleProtocol, version: RuleVersion | null): RuleProblem[] {
  const parsed = parseRule(text);
  if (version !== null) return ruleProblems(parsed, protocol, version);
  const older = ruleProblems(parsed, protocol, 'v2');
  return ruleProblems(parsed, protocol, 'v3').filter(({ kind, range }) =>
    older.some((other) => other.kind === kind && other.range.start === range.start),
  );
}

/** The literal that a rule is written as. */
function literalOf({ attr }: PlacedKey): StringLiteral | null {
  const value = inspect(attr.value);
  const origin = value instanceof Unknown || value instanceof Failure ? attr.value.origin : value.origin;
  return origin?.kind === 'string' ? origin : null;
}

function textOf(homelab: Files, literal: StringLiteral): StringText | null {
  const file = homelab.files.parsed(literal.anchor.source);
  return file === null ? null : stringText(file, literal);
}

function place(
  homelab: Files,
  found: Omit<PlacedProblem, 'at' | 'fix' | 'replace'>,
  literal: StringLiteral,
  written: StringText,
): PlacedProblem {
  const file = homelab.files.parsed(literal.anchor.source);
  const rangeIn = ({ start, end }: Range): Range => ({
    start: written.offsetAt(start),
    end: Math.max(written.offsetAt(start), end > start ? lastOffset(written, end) : written.offsetAt(start)),
  });
  const range = rangeIn(found.problem.range);
  const whole = spotOf(homelab.files, literal) ?? found.key.at;
  const start = file?.lines.positionAt(range.start);
  const at =
    start === undefined ? whole : { file: whole.file, range, line: start.line, character: start.character };
  const change = (inside: Range, newText: string, title: string): Fix | null => {
    const text = withInterpolations(file?.text ?? '', literal, written, inside, newText);
    return text === null
      ? null
      : { title, changes: [{ file: at.file, range: rangeIn(inside), newText: text }] };
  };
  const { mended } = found.problem;
  return {
    ...found,
    at,
    fix: mended === null ? null : change(mended.range, mended.newText, mended.title),
    replace: (newText, title) => change(found.problem.range, newText, title),
  };
}

/** The place behind the character before `end`. */
function lastOffset(written: StringText, end: number): number {
  const [last, next] = [written.offsetAt(end - 1), written.offsetAt(end)];
  return written.text[end - 1] === HOLE || next - last <= 3 ? next : last + 1;
}

/** A text as the literal has to write it, with the interpolations that stood there; null where some would be lost. */
function withInterpolations(
  source: string,
  { indented }: StringLiteral,
  written: StringText,
  { start, end }: Range,
  newText: string,
): string | null {
  const holes: string[] = [];
  for (let at = start; at < end; at++)
    if (written.text[at] === HOLE)
      holes.push(source.slice(written.offsetAt(at), lastOffset(written, at + 1)));
  const pieces = newText.split(HOLE);
  if (pieces.length - 1 !== holes.length) return null;
  const escaped = pieces.map((piece) =>
    indented
      ? piece.replace(/''/g, "'''").replace(/\$\{/g, "''${")
      : piece.replace(/["\\]/g, '\\$&').replace(/\$(?=\{)/g, '\\$'),
  );
  return escaped.map((piece, index) => piece + (holes[index] ?? '')).join('');
}
