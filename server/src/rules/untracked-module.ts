import { locate } from '../homelab/homelab';
import { moduleFiles, type ModuleFile } from '../homelab/flake-modules';
import type { Host } from '../homelab/model';
import { fileName, finding, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** A flake sees of a git repository only the files that git tracks: a module it does not track is not there. */
export const untrackedModule = perHost({
  id: 'untracked-module',
  severity: 'warning',
  description: 'Git does not track an imported module, so the flake does not see it.',
  *look({ files }, host) {
    const flake = `${host.project === '/' ? '' : host.project}/flake.nix`;
    const isTracked = files.tracked(flake);
    if (isTracked === null) return;
    const modules = moduleFiles(host).filter(({ file }) => files.tracked(file) === false);
    // Whoever imports a file that git ignores builds in another way, which sees what git does not track.
    if (modules.some(({ file }) => files.ignored(file))) return;
    if (!isTracked) yield* untrackedFlake({ files }, host, flake);
    else for (const module of modules) yield* report({ files }, host, module);
  },
});

function* report(homelab: Files, host: Host, { file, at, named }: ModuleFile): Generator<Finding> {
  const spot = locate(homelab, at);
  const root = homelab.files.parsed(file)?.root.expression ?? null;
  const own = locate(homelab, root);
  const name = fileName(file, host);
  const what = named
    ? `${host.name ?? 'the host'} cannot be built`
    : `the flake does not see it, and ${host.name ?? 'the host'} is built without it or not at all`;
  const place = spot ?? own;
  if (place === null) return;
  yield finding(untrackedModule, {
    at: place,
    host,
    message: `Git does not track ${name}, and a flake sees only what git tracks: ${what}. Run \`git add -N ${name}\`.`,
    related: [spot === null ? null : related(homelab, root, 'the module that git does not track')],
    incomplete: true,
  });
}

function* untrackedFlake(homelab: Files, host: Host, flake: string): Generator<Finding> {
  const at = locate(homelab, homelab.files.parsed(flake)?.root.expression ?? null);
  if (at === null) return;
  const end = Math.min(at.range.end, at.range.start + 1);
  yield finding(untrackedModule, {
    at: { ...at, range: { start: at.range.start, end } },
    message: `Git does not track ${fileName(flake, host)}, so Nix does not see this flake. Run \`git add -N flake.nix\`, and the same for the files it needs.`,
    incomplete: true,
  });
}
