import fc from 'fast-check';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { changedText, type TextChange } from '../../server/src/edits/edit-plan';
import { containerSet } from '../../server/src/edits/settings';
import { bindingIn, bindingOfName, partsOf } from '../../server/src/edits/syntax-search';
import { inMemoryFiles } from '../../server/src/eval/testing';
import { completionsHere } from '../../server/src/features/complete-here';
import { readHomelab, type Homelab } from '../../server/src/homelab/homelab';
import type { SourceFile } from '../../server/src/nix/source-file';
import type { Binding } from '../../server/src/nix/syntax';
import { checkHomelab } from '../../server/src/rules/check';
import { parsedByNix } from './fixes';
import { readFolder } from './folder';

/**
 * Whatever is taken out of a route or a container of the example, completing it gives text that Nix can parse, has nothing
 * found that was not found before, and leaves nothing to complete.
 */

const EXAMPLE = join(import.meta.dirname, '../../examples/homelab');
const RUNS = Number(process.env['RUNS'] ?? 25);

type Files = Readonly<Record<string, string>>;

/** Something that can be completed, and the bindings that can be taken out of it. */
interface Subject {
  readonly name: string;
  readonly file: string;
  /** Where to ask, as the text that stands there. */
  readonly anchor: string;
  readonly bindings: readonly { readonly start: number; readonly end: number }[];
}

async function example(crlf: boolean): Promise<Files> {
  const files = await readFolder(EXAMPLE);
  if (!crlf) return files;
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.endsWith('.nix') ? text.replaceAll('\n', '\r\n') : text,
    ]),
  );
}

function rangesOf(file: SourceFile, bindings: readonly Binding[]): { start: number; end: number }[] {
  return bindings.flatMap((binding) => file.rangeOf(binding) ?? []);
}

function subjectsOf({ hosts, files }: Homelab): Subject[] {
  return hosts.flatMap((host) => [
    ...host.routes.flatMap((route): Subject[] => {
      const file = route.at === null ? null : files.parsed(route.at.anchor.source);
      const router = file === null ? null : bindingOfName(file, route.at);
      if (file === null || router?.value.kind !== 'attrs') return [];
      const service = partsOf(file).bindings.filter(
        ({ path }) => path[0]?.text === 'services' && path[1]?.text === route.router,
      );
      return [
        {
          name: `route ${route.router}`,
          file: file.path,
          anchor: `routers.${route.router}`,
          bindings: rangesOf(file, [...router.value.bindings, ...service.slice(0, 1)]),
        },
      ];
    }),
    ...host.containers.flatMap((container): Subject[] => {
      const own = containerSet(files, container);
      if (own === null || container.status !== 'active') return [];
      const inside = ['config.system.stateVersion', 'config.networking.firewall.allowedTCPPorts'].flatMap(
        (path) => bindingIn(own.set, path.split('.')) ?? [],
      );
      const outside = own.set.bindings.filter(
        (binding) =>
          binding.kind === 'binding' &&
          ['autoStart', 'privateNetwork', 'hostAddress', 'localAddress'].includes(
            binding.path[0]?.text ?? '',
          ),
      );
      return [
        {
          name: `container ${container.name}`,
          file: own.file.path,
          anchor: `containers.${container.name} =`,
          bindings: rangesOf(own.file, [...outside, ...inside]),
        },
      ];
    }),
  ]);
}

const texts: string[] = [];
afterAll(async () => {
  expect(await parsedByNix(texts)).toBeNull();
});

describe.each([['LF', false] as const, ['CRLF', true] as const])('completing (%s)', (_name, crlf) => {
  it('mends what was taken out', { timeout: 300_000 }, async () => {
    const files = await example(crlf);
    const subjects = subjectsOf(readHomelab(await inMemoryFiles(files)));
    expect(subjects.length).toBeGreaterThan(8);
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...subjects),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        async ({ name, file, anchor, bindings }, taken) => {
          const cut = bindings.filter((_, index) => taken[index] === true);
          const before = {
            ...files,
            [file]: changedText(
              files[file] ?? '',
              cut.map((range) => ({ range, newText: '' })),
            ),
          };
          const offset = (before[file] ?? '').indexOf(anchor) + anchor.length - 2;
          const homelab = readHomelab(await inMemoryFiles(before));
          const offer = completionsHere(homelab, file, offset).find(({ title }) => title.includes(name));
          if (offer === undefined) return;
          offered++;
          const after = applied(before, offer.changes);
          texts.push(after[file] ?? '');
          const again = readHomelab(await inMemoryFiles(after));
          const found = new Set(
            checkHomelab(homelab, null).map(({ rule, message }) => `${rule}: ${message}`),
          );
          const news = checkHomelab(again, null)
            .map(({ rule, message }) => `${rule}: ${message}`)
            .filter((line) => !found.has(line));
          expect(news, `${offer.title}\n${after[file] ?? ''}`).toEqual([]);
          const place = (after[file] ?? '').indexOf(anchor) + anchor.length - 2;
          const more = completionsHere(again, file, place).filter(({ title }) => title.includes(name));
          expect(more, after[file] ?? '').toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(offered).toBeGreaterThan(RUNS / 4);
  });
});

function applied(files: Files, changes: readonly TextChange[]): Files {
  const after = { ...files };
  for (const path of new Set(changes.map(({ file }) => file)))
    after[path] = changedText(
      after[path] ?? '',
      changes.filter(({ file }) => file === path),
    );
  return after;
}
