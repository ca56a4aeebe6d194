import { missingInGuest } from '../homelab/guest-imports';
import { locate, type Homelab, type MissingImport } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { baseName, directoryOf, isInside, relativePath } from '../nix/paths';
import { closest } from './closest';
import { finding, fileName, type Fix, type Rule } from './rule';
import { writePath } from '../nix/write';
import type { Spot } from '../homelab/spot';

/** An import of a file that is not there: the host cannot be built. */
export const missingImport: Rule = {
  id: 'missing-import',
  severity: 'error',
  incomplete: true,
  description: 'An imported file does not exist.',
  *check(homelab) {
    for (const { host, at: origin, path } of [...homelab.missingImports, ...ofGuests(homelab)]) {
      const at = locate(homelab, origin);
      if (at === null || homelab.files.ignored(path) || mayStandElsewhere(host, path)) continue;
      const folder = directoryOf(at.file);
      const near = closest(
        path,
        homelab.files.nixFiles().filter((file) => directoryOf(file) === directoryOf(path)),
      );
      const hint = near === null ? '' : ` Did you mean ${writePath(relativePath(folder, near))}?`;
      yield finding(missingImport, {
        at,
        host,
        severity: severityFor(host),
        message: `${fileName(path, host)} does not exist, so ${host.name ?? 'the host'} cannot be built.${hint}`,
        fixes: [near === null ? null : rename(at, writePath(relativePath(folder, near)))],
      });
    }
  },
};

/** What the guests of containers that run import: the host cannot be built without it either. */
function ofGuests({ hosts }: Homelab): Pick<MissingImport, 'host' | 'at' | 'path'>[] {
  return hosts.flatMap((host) =>
    host.containers.flatMap((container) =>
      container.status === 'active'
        ? missingInGuest(container).map(({ at, path }) => ({ host, at, path }))
        : [],
    ),
  );
}

/**
 * Without a flake, a configuration is often reached through a link such as `/etc/nixos/host`, and what it imports from
 * outside its own folder is then looked up from there.
 */
function mayStandElsewhere({ file, project }: Host, path: string): boolean {
  return baseName(file) !== 'flake.nix' && !isInside(project, path);
}

/** A host without containers is not what this tool is for: what would break there is only a warning. */
function severityFor(host: Host): 'error' | 'warning' {
  return host.containers.length > 0 ? 'error' : 'warning';
}

function rename(at: Spot, path: string): Fix {
  return { title: `Import ${path}`, changes: [{ file: at.file, range: at.range, newText: path }] };
}
