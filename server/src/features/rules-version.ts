import type { Host } from '../homelab/model';
import { ruleVersion } from '../rules/router-rules';
import { traefikMajor } from '../rules/traefik-release';
import type { TraefikPlace } from './cursor/place';
import type { HomelabIndex } from './homelab-index';
import { traefikEntry } from './traefik-entries';

/** The version of the rule language in which a router is to be written: the older one where any host reads it so. */
export function rulesVersion(index: HomelabIndex, hosts: readonly Host[], place: TraefikPlace): 'v2' | 'v3' {
  return hosts.some((host) => versionOn(index, host, place) === 'v2') ? 'v2' : 'v3';
}

/** The version of the rule language that a router is written in; null where that is not known. */
function versionOn(index: HomelabIndex, host: Host, { container, below }: TraefikPlace): 'v2' | 'v3' | null {
  const [protocol, , router] = below;
  const { homelab } = index;
  const guest = index.containersNamed(container ?? '').find((hosted) => hosted.host === host)
    ?.container.guest;
  const system = container === null ? host.system : guest?.system;
  const named = { kind: 'router', name: router ?? '', proxy: container, protocol: protocol ?? '' } as const;
  const around = traefikEntry(index, host, named)?.value;
  if (system === undefined || around === undefined) return traefikMajor(homelab, host) === 2 ? 'v2' : null;
  return ruleVersion(homelab, host, system, around);
}
