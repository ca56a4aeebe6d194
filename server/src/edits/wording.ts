import type { Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import { isInside } from '../nix/paths';

/** How messages name files, places and hosts. */

interface Folder {
  readonly directory: string;
}

/** A file as seen from its project. */
export function nameOf(file: string, { directory }: Folder): string {
  return isInside(directory, file) && directory !== '/'
    ? file.slice(directory.length + 1)
    : file.replace(/^\//, '');
}

/** A place as seen from its project: `containers/immich.nix:31`. */
export function placeOf(spot: Spot, folder: Folder): string {
  return `${nameOf(spot.file, folder)}:${spot.line + 1}`;
}

/** The host's name, or what it is called without one. */
export function hostName({ name }: Pick<Host, 'name'>): string {
  return name ?? 'the host';
}
