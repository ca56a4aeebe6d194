import type { Host } from '../homelab/model';
import { isBefore, isFrom } from './nixos-release';
import type { Files } from './rule';

/** The first release with Traefik 3; the release before it has 2.11. Source: nixpkgs, pkgs/by-name/tr/traefik. */
const FIRST_WITH_V3 = '24.11';

/** The major version of a host’s Traefik; null where it is not known. */
export function traefikMajor(homelab: Files, host: Pick<Host, 'project'>): 2 | 3 | null {
  if (isFrom(homelab, host, FIRST_WITH_V3)) return 3;
  return isBefore(homelab, host, FIRST_WITH_V3) ? 2 : null;
}
