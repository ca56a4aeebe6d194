import { bareAddress, parseAddress, takesEffect } from '../homelab/addresses';
import { memoByName, memoOf, sameItems } from '../eval/computed';
import { groupedBy } from '../eval/computed-table';
import type { ParsedFiles } from '../eval/evaluation';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { AddressUse, Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { Expr, StringLiteral } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { factSpot, inParentheses, relatedFact } from './places';
import { finding, related, type Finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** One address in two places that differ by one octet, one of them on the internet: one is a slip of the finger. */
export const addressTypo = perContainer({
  id: 'address-typo',
  severity: 'warning',
  description: 'An address differs in one number from what the same container has elsewhere.',
  *look(homelab, host, container) {
    for (const use of container.addresses) {
      const { fact, side, family } = use;
      if (fact.kind !== 'known' || side !== 'local' || family !== 4 || !takesEffect(use)) continue;
      yield* againstTwin(homelab, host, use, fact.value);
      yield* againstRecords(homelab, host, use, fact.value);
    }
  },
});

/** A public address whose private twin stands in the same file. */
function* againstTwin(homelab: Files, host: Host, use: AddressUse, text: string): Generator<Finding> {
  const at = factSpot(homelab, use.fact);
  const address = bareAddress(text);
  if (at === null || address === null || isPrivate(address)) return;
  const twin = literalsIn(homelab.files.parsed(at.file)).find(({ text: other }) => {
    const found = bareAddress(other);
    return found !== null && isPrivate(found) && differInOne(address, found);
  });
  const right = twin === undefined ? null : bareAddress(twin.text);
  if (twin === undefined || right === null) return;
  const whole = text.replace(address, right);
  yield finding(addressTypo, {
    at,
    host,
    message: `${address} is a public address, and ${right}${inParentheses(homelab, host, twin.literal)} differs from it in one number. Write "${whole}" if they are meant to be the same.`,
    related: [related(homelab, twin.literal, 'the private twin')],
    fixes: [replaced(homelab, use, whole)],
  });
}

function replaced(homelab: Files, { fact }: AddressUse, text: string): Fix | null {
  const spot =
    fact.kind === 'known' && fact.literal?.kind === 'string' ? locate(homelab, fact.literal) : null;
  if (spot === null) return null;
  return {
    title: `Write "${text}"`,
    changes: [{ file: spot.file, range: spot.range, newText: `"${text}"` }],
  };
}

/** `NAME IN A 10.0.0.5` of a zone that is written in Nix, by the container's name. */
function* againstRecords(homelab: Files, host: Host, use: AddressUse, text: string): Generator<Finding> {
  const address = bareAddress(text);
  if (address === null || !isPrivate(address)) return;
  const { name } = use.container;
  for (const { file, address: other, start } of recordsByName(homelab.files)(host).get(name.toLowerCase()) ??
    []) {
    const found = bareAddress(other);
    if (found === null || isPrivate(found) || !differInOne(address, found)) continue;
    const range = { start, end: start + other.length };
    const { line, character } = file.lines.positionAt(start);
    yield finding(addressTypo, {
      at: { file: file.path, range, line, character },
      host,
      message: `${other} is a public address, and ${name} has ${address}${inParentheses(homelab, host, use.fact.kind === 'known' ? use.fact.definition : null)}, which differs from it in one number. Write ${address} if that is meant.`,
      related: [relatedFact(homelab, use.fact, `${use.option} of ${name}`)],
      fixes: [{ title: `Write ${address}`, changes: [{ file: file.path, range, newText: address }] }],
    });
  }
}

/** A line of a DNS zone that gives a name an IPv4 address. */
interface ZoneRecord {
  /** In lower case. */
  readonly name: string;
  readonly address: string;
  /** Where the address begins in the file's text. */
  readonly start: number;
}

interface PlacedRecord extends ZoneRecord {
  readonly file: SourceFile;
}

const ZONE_LINE =
  /^[ \t]*([^\s;"]+)[ \t]+(?:\d+[ \t]+)?(?:IN[ \t]+)?A[ \t]+(\d+\.\d+\.\d+\.\d+)[ \t]*(?:;.*)?\r?$/gim;

/** The records in the texts of one file. */
const recordsIn = memoOf((files: ParsedFiles) =>
  memoByName(
    (path): readonly PlacedRecord[] => {
      const file = files.parsed(path);
      return file === null ? [] : readRecords(file);
    },
    (before, after) => before.length === 0 && after.length === 0,
  ),
);

function readRecords(file: SourceFile): PlacedRecord[] {
  return literalsIn(file, true).flatMap(({ literal }) => {
    const range = file.rangeOf(literal);
    if (range === null) return [];
    return [...file.text.slice(range.start, range.end).matchAll(ZONE_LINE)].map((match): PlacedRecord => {
      const [line, name = '', address = ''] = match;
      const start = range.start + match.index + line.lastIndexOf(address);
      return { name: name.toLowerCase(), address, start, file };
    });
  });
}

/** The files of a host's modules, and those that its containers are written in. */
const moduleFiles = memoOf(({ system, containers }: Host): readonly string[] => {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return [];
  const written = containers.flatMap(({ status, definitions }) =>
    status === 'active' ? definitions.map(({ nameAt }) => nameAt?.anchor.source ?? '') : [],
  );
  return [...new Set([...collected.modules.map(({ file }) => file), ...written])].filter(
    (file) => file !== '',
  );
}, sameItems);

const recordsByName = memoOf((files: ParsedFiles) => {
  const recordsOf = piecewise(moduleFiles, (path) => recordsIn(files)(path));
  return memoOf((host: Host) =>
    groupedBy(() => recordsOf(host).map((record) => [record.name, record] as const)),
  );
});

interface Literal {
  readonly literal: StringLiteral;
  readonly text: string;
}

/** The texts of a file that are written out: whole addresses, or those of many lines. */
function literalsIn(file: SourceFile | null, indented = false): Literal[] {
  const found: Literal[] = [];
  const pending: Expr[] = file?.root.expression == null ? [] : [file.root.expression];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'string') {
      const [only] = expr.parts;
      const text = expr.parts.length === 1 && typeof only === 'string' ? only : '';
      if (indented ? expr.indented : /^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$/.test(text))
        found.push({ literal: expr, text });
    }
    pending.push(...childrenOf(expr).reverse());
  }
  return found;
}

function isPrivate(address: string): boolean {
  return parseAddress(address)?.range() === 'private';
}

function differInOne(one: string, other: string): boolean {
  const [a, b] = [one.split('.'), other.split('.')];
  return a.length === 4 && a.filter((octet, index) => octet !== b[index]).length === 1;
}
