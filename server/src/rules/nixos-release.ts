import { memo, type Computed } from '../eval/computed';
import type { Files } from './rule';
import type { Host } from '../homelab/model';
import { nixpkgsRelease, releaseIn } from '../edits/release';

/** Which NixOS release a host has. */

/** Between which releases a host's nixpkgs is; null for a bound that is not known. */
interface ReleaseBounds {
  readonly from: string | null;
  readonly until: string | null;
  /** Whether it is certainly none that is newer than the tables. */
  readonly covered: boolean;
}

const UNKNOWN: ReleaseBounds = { from: null, until: null, covered: false };
/** When the tables of `schema/` were last compared with Traefik and nixpkgs, and the last release that was out by then. */
const TABLES = { seconds: 1784851200, release: '26.05' };

const boundsByHost = new WeakMap<object, { files: Files['files']; bounds: Computed<ReleaseBounds> }>();

/** The bounds of a host's release: of its flake's nixpkgs, where all of the flake's inputs that are nixpkgs agree. */
function releaseBounds({ files }: Files, host: Pick<Host, 'project'>): ReleaseBounds {
  let known = boundsByHost.get(host);
  if (known?.files !== files)
    boundsByHost.set(host, (known = { files, bounds: memo(() => readBounds(files, host.project)) }));
  return known.bounds.force();
}

function readBounds(files: Files['files'], project: string): ReleaseBounds {
  const folder = project === '/' ? '' : project;
  const lock = files.entry(`${folder}/flake.lock`);
  if (lock.kind !== 'file') {
    const release = nixpkgsRelease(files, { directory: project, file: `${folder}/flake.nix` });
    return released(release);
  }
  const all = lockedNixpkgs(lock.text).map(boundsOf);
  const [first] = all;
  if (first === undefined) return UNKNOWN;
  return {
    from: all.map(({ from }) => from).reduce(lower, first.from),
    until: all.map(({ until }) => until).reduce(higher, first.until),
    covered: all.every(({ covered }) => covered),
  };
}

function released(release: string | null): ReleaseBounds {
  return { from: release, until: release, covered: release !== null && release <= TABLES.release };
}

function lower(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : a < b ? a : b;
}

function higher(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : a > b ? a : b;
}

interface Locked {
  /** The branch, e.g. `nixos-25.11`. */
  readonly branch: string;
  /** When the commit was made, in seconds. */
  readonly seconds: number | null;
}

/** The inputs of a flake that are nixpkgs: which of them a host is built of is not known. */
function lockedNixpkgs(text: string): Locked[] {
  const lock = objectOf(parseJson(text));
  const nodes = objectOf(lock['nodes']);
  const root = objectOf(nodes[typeof lock['root'] === 'string' ? lock['root'] : 'root']);
  return Object.values(objectOf(root['inputs'])).flatMap((input): Locked[] => {
    const node = typeof input === 'string' ? objectOf(nodes[input]) : {};
    const [locked, original] = [objectOf(node['locked']), objectOf(node['original'])];
    const names = [locked['repo'], original['repo'], locked['id'], original['id']];
    const branch = typeof original['ref'] === 'string' ? original['ref'] : '';
    const url = typeof original['url'] === 'string' ? original['url'] : '';
    if (!names.some((name) => name === 'nixpkgs') && !/\bnixpkgs\b|nixos-\d\d/.test(url)) return [];
    const { lastModified } = locked;
    return [
      {
        branch: releaseIn(branch) === null && releaseIn(url) !== null ? url : branch,
        seconds: typeof lastModified === 'number' ? lastModified : null,
      },
    ];
  });
}

function boundsOf({ branch, seconds }: Locked): ReleaseBounds {
  const release = releaseIn(branch);
  if (release !== null) return released(release);
  if (seconds === null) return UNKNOWN;
  return {
    from: releaseBranchedBefore(seconds),
    until: releaseBranchedAfter(seconds),
    covered: seconds <= TABLES.seconds,
  };
}

/** By when each release had branched off the unstable branch, in seconds: the end of its month. */
const BRANCHED: readonly (readonly [release: string, seconds: number])[] = [
  ['20.03', 1585612800],
  ['20.09', 1601424000],
  ['21.05', 1622419200],
  ['21.11', 1638230400],
  ['22.05', 1653955200],
  ['22.11', 1669766400],
  ['23.05', 1685491200],
  ['23.11', 1701302400],
  ['24.05', 1717113600],
  ['24.11', 1732924800],
  ['25.05', 1748649600],
  ['25.11', 1764460800],
  ['26.05', 1780185600],
];

const HALF_A_MONTH = 15 * 24 * 3600;

function releaseBranchedBefore(seconds: number): string | null {
  return BRANCHED.filter(([, at]) => at <= seconds).at(-1)?.[0] ?? null;
}

function releaseBranchedAfter(seconds: number): string | null {
  return BRANCHED.find(([, at]) => at - HALF_A_MONTH > seconds)?.[0] ?? null;
}

/** Whether a host certainly has a release or a later one. */
export function isFrom(homelab: Files, host: Pick<Host, 'project'>, release: string): boolean {
  const { from } = releaseBounds(homelab, host);
  return from !== null && from >= release;
}

/** Whether a host certainly has a release before this one. */
export function isBefore(homelab: Files, host: Pick<Host, 'project'>, release: string): boolean {
  const { until } = releaseBounds(homelab, host);
  return until !== null && until < release;
}

/** Whether a host certainly has none of the releases outside these two and those between them. */
export function isWithin(
  homelab: Files,
  host: Pick<Host, 'project'>,
  oldest: string,
  newest: string,
): boolean {
  const { from, until } = releaseBounds(homelab, host);
  return from !== null && until !== null && from >= oldest && until <= newest;
}

/** Whether nothing is known of a host’s release. */
export function hasUnknownRelease(homelab: Files, host: Pick<Host, 'project'>): boolean {
  const { from, until, covered } = releaseBounds(homelab, host);
  return from === null && until === null && !covered;
}

/** Whether a host certainly has no release that is newer than the tables. */
export function isCoveredByTables(homelab: Files, host: Pick<Host, 'project'>): boolean {
  return releaseBounds(homelab, host).covered;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
