import type { Location } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import { containerReferences } from '../homelab/references';
import type { SourceFile } from '../nix/source-file';
import { indexOf } from './homelab-index';
import { locationOf, spotsOf } from './places';
import type { UriOf } from './positions';
import { subjectAt } from './subject';

/**
 * Where the container under the cursor is named: its definitions, and `config.containers.<name>` in any module of its
 * hosts.
 * @param offset UTF-16, from 0
 */
export function references(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  withDefinitions: boolean,
  uriOf: UriOf,
): Location[] {
  const index = indexOf(homelab);
  const subject = subjectAt(index, file, offset);
  if (subject?.kind !== 'container') return [];
  const { name, hosts } = subject;
  const origins = hosts.flatMap((host) => [
    ...(withDefinitions
      ? index
          .containersNamed(name)
          .filter((named) => named.host === host)
          .flatMap(({ container }) => container.definitions.map(({ nameAt }) => nameAt))
      : []),
    ...containerReferences(homelab.files, host.system)
      .filter((reference) => reference.name === name)
      .map(({ at }) => at),
  ]);
  return spotsOf(homelab, origins).flatMap((spot) => locationOf(homelab, spot, uriOf) ?? []);
}
