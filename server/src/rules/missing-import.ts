import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { directoryOf, relativePath } from '../nix/paths';
import { closest } from './closest';
import { finding, fileName, type Fix, type Rule } from './rule';
import { writePath } from '../nix/write';
import type { Spot } from '../homelab/spot';

/** An import of a file that is not there: the host cannot be built. */
export const missingImport: Rule = {
  id: 'missing-import',
  severity: 'error',
  description: 'An imported file does not exist.',
  *check(homelab) {
    for (const { host, at: origin, path } of homelab.missingImports) {
      const at = locate(homelab, origin);
      if (at === null || homelab.files.ignored(path)) continue;
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

/** A host without containers is not what this tool is for: what would break there is only a warning. */
function severityFor(host: Host): 'error' | 'warning' {
  return host.containers.length > 0 ? 'error' : 'warning';
}

function rename(at: Spot, path: string): Fix {
  return { title: `Import ${path}`, changes: [{ file: at.file, range: at.range, newText: path }] };
}
