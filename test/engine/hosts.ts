import { expect } from 'vitest';
import { inMemoryFiles } from '../../server/src/eval/testing';
import { readHomelab, type Homelab } from '../../server/src/homelab/homelab';
import type { Fact } from '../../server/src/homelab/model';
import { parseFixture } from './fixture';

/** For tests only: which hosts a fixture declares, and what runs on them. */

/** A container in one file, so that a fixture shows only how its host comes to import it. */
export const WEB = `#- /web.nix
{ ... }: {
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; };
}
`;

/** The homelab of a fixture, which is the same with either line end. */
export async function homelabWith(text: string): Promise<Homelab> {
  const parsed = await Promise.all(
    (['\n', '\r\n'] as const).map(async (end) =>
      readHomelab(await inMemoryFiles(parseFixture(text, end).files)),
    ),
  );
  const [unix, windows] = parsed as [Homelab, Homelab];
  expect(shownHosts(windows)).toEqual(shownHosts(unix));
  return unix;
}

function known(fact: Fact<unknown>): unknown {
  return fact.kind === 'known' ? fact.value : fact.kind === 'unset' ? null : '?';
}

/** `host: container address …`, one line per declared host, `-` before a container that is disabled. */
export function shownHosts({ projects }: Homelab): string[] {
  return projects
    .flatMap(({ hosts }) => hosts)
    .map(({ name, containers }) =>
      [
        `${name ?? '?'}:`,
        ...containers.map(
          (container) =>
            `${container.status === 'disabled' ? '-' : ''}${container.name} ${String(known(container.localAddress))}`,
        ),
      ].join(' '),
    )
    .sort();
}

/** The hosts of a fixture as `shownHosts` writes them. */
export async function hostsWith(text: string): Promise<string[]> {
  return shownHosts(await homelabWith(text));
}

/** Why not all hosts of each project are known; null where they are. */
export function problemsOf({ projects }: Homelab): (string | null)[] {
  return projects.map(({ problem }) => problem?.message ?? null);
}
