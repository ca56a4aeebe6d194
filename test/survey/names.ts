/**
 * `npm run survey -- --names [--every=N] [--answers=DIR] FOLDER…`: for every name under a container, in a Traefik's
 * configuration or under a known service, whether hover answers there, and whether completion offers the name once it is
 * cut to two letters, and where in its list. Prints the share by class, and what is missing. With `--answers`, the answers
 * of each folder are kept in a file, and not asked for again. docs/survey.md keeps the table.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Workspace } from '../../server/src/workspace/workspace';
import { askNames, type Answers, type AskedName } from './asked-names';
import { CLASSES } from './written-names';

/** How long answers are gathered before they are written, in milliseconds. */
const BETWEEN_WRITES = 20_000;

export interface NamesOptions {
  /** Only each so-many-th name. */
  readonly every: number;
  /** The folder that keeps the answers; null for nowhere. */
  readonly answers: string | null;
}

interface Kept {
  readonly complete: boolean;
  readonly answers: Answers;
}

/** What is answered at the names of a folder. */
export async function surveyNames(
  folder: string,
  { every, answers }: NamesOptions,
  read: (root: string) => Promise<Workspace>,
): Promise<AskedName[]> {
  const root = resolve(folder);
  const file = answers === null ? null : join(answers, `${basename(root)}.json`);
  const kept: Kept =
    file !== null && existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Kept)
      : { complete: false, answers: {} };
  if (kept.complete) return Object.values(kept.answers);
  const write = (complete: boolean): void => {
    if (file === null || answers === null) return;
    mkdirSync(answers, { recursive: true });
    writeFileSync(file, JSON.stringify({ complete, answers: kept.answers }, null, 1));
  };
  let written = performance.now();
  askNames(await read(root), {
    every,
    nameOf: (path) => `${basename(root)}${path.slice(root.length)}`,
    known: kept.answers,
    keep: () => {
      if (performance.now() - written < BETWEEN_WRITES) return;
      write(false);
      written = performance.now();
    },
  });
  write(true);
  return Object.values(kept.answers);
}

/** The shares by class, where in the list the names stand, the shares by repository, and what is missing. */
export function namesReport(asked: readonly AskedName[]): string {
  return [shares(asked), ranks(asked), byRepository(asked), misses(asked).join('\n')].join('\n\n');
}

function table(title: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [title, title.map(() => '---'), ...rows].map(line).join('\n');
}

function shares(asked: readonly AskedName[]): string {
  const rows = CLASSES.map((sort) => {
    const own = asked.filter((name) => name.sort === sort);
    const percent = (some: readonly AskedName[]): string =>
      own.length === 0 ? '–' : `${((100 * some.length) / own.length).toFixed(1)} %`;
    const hovered = own.filter(({ hover }) => hover !== null);
    const offered = own.filter(({ rank }) => rank !== null);
    return [sort, own.length, percent(hovered), percent(offered)];
  });
  return table(['class', 'names', 'hover answers', 'completion offers it'], rows);
}

/** Of each repository, how many names were asked and how many were answered: by hover and by completion. */
function byRepository(asked: readonly AskedName[]): string {
  const classes = CLASSES.slice(0, 4);
  const repositories = [...new Set(asked.map(({ where }) => where.split('/')[0] ?? ''))].sort();
  const rows = repositories.map((repository) => [
    repository,
    ...classes.map((sort) => {
      const own = asked.filter((name) => name.sort === sort && name.where.startsWith(`${repository}/`));
      const hovered = own.filter(({ hover }) => hover !== null).length;
      const offered = own.filter(({ rank }) => rank !== null).length;
      return own.length === 0 ? '–' : `${own.length}: ${hovered} / ${offered}`;
    }),
  ]);
  return table(['repository', ...classes], rows);
}

/** The last places in the list that are counted together. */
const UP_TO = [1, 3, 5, 10, 20, Infinity];

function ranks(asked: readonly AskedName[]): string {
  const rows = CLASSES.map((sort) => {
    const own = asked.flatMap((name) => (name.sort === sort && name.rank !== null ? [name.rank] : []));
    const counts = UP_TO.map(
      (last, at) => own.filter((rank) => rank <= last && rank > (UP_TO[at - 1] ?? 0)).length,
    );
    return [sort, ...counts];
  });
  return table(['class, place in the list', '1', '2–3', '4–5', '6–10', '11–20', 'later'], rows);
}

function misses(asked: readonly AskedName[]): string[] {
  return asked
    .filter(({ hover, rank }) => hover === null || rank === null)
    .map(({ sort, option, where, hover, rank }) => {
      const what = [hover === null ? 'hover' : '', rank === null ? 'completion' : ''];
      return `${sort} | ${what.filter(Boolean).join(', ')} | ${option} | ${where}`;
    })
    .sort();
}
