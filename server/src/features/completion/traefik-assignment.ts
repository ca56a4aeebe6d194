import type { Host } from '../../homelab/model';
import type { SourceFile } from '../../nix/source-file';
import type { OptionDoc } from '../../schema/option';
import { traefikNode } from '../../schema/traefik/tree';
import { traefikPlace, type OptionPath } from '../cursor/place';
import type { HomelabIndex } from '../homelab-index';
import { choice, escapeSnippet } from './candidate';
import { traefikNames } from './traefik-names';
import { routeDomain } from './rule-text';

/** What follows the name of one of Traefik's keys, as a snippet; null where any option's snippet does. */
export function traefikAssignment(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  path: OptionPath,
  doc: OptionDoc,
): string | null {
  const place = traefikPlace(path);
  if (place === null) return null;
  const owner = place.below[2] ?? 'name';
  const below = place.below.map((name) => name?.toLowerCase() ?? 'x');
  const node = traefikNode(place.part, below);
  switch (node?.path) {
    case 'http.routers.<name>.rule':
      return ` = "Host(\`\${1:${escapeSnippet(owner)}}.${routeDomain(hosts, file)}\`)";`;
    case 'tcp.routers.<name>.rule':
      return ' = "HostSNI(`${1:*}`)";';
    case 'http.services.<name>.loadBalancer.servers':
      return ` = [ { url = "http://${address(hosts, owner)}"; } ];`;
    case 'http.services.<name>.loadBalancer.servers.*.url':
      return ` = "http://${address(hosts, owner)}";`;
    case 'tcp.services.<name>.loadBalancer.servers':
    case 'udp.services.<name>.loadBalancer.servers':
      return ` = [ { address = "${address(hosts, owner)}"; } ];`;
    case 'tcp.services.<name>.loadBalancer.servers.*.address':
    case 'udp.services.<name>.loadBalancer.servers.*.address':
      return ` = "${address(hosts, owner)}";`;
    case undefined:
      return null;
    default:
      break;
  }
  const named = traefikNames(index, hosts, path);
  if (named !== null && named.names.length > 0) {
    const own = named.names.filter((name) => name === owner);
    const texts = [...own, ...named.names.filter((name) => name !== owner)];
    return named.list ? ` = [ "${choice(1, texts)}" ];` : ` = "${choice(1, texts)}";`;
  }
  if (doc.type === 'duration') return ` = "\${1:${typeof doc.default === 'string' ? doc.default : '30s'}}";`;
  if (node?.field?.emptyAllowed === true) return ' = { $0 };';
  return null;
}

/** The address of a container, with a place for its port. */
function address(hosts: readonly Host[], name: string): string {
  const container = hosts.flatMap(({ containers }) => containers).find((known) => known.name === name);
  const port = container?.guest?.listeners.find((listener) => listener.port.kind === 'known')?.port;
  const number = port?.kind === 'known' ? String(port.value) : '80';
  return `\\\${config.containers.\${1:${escapeSnippet(name)}}.localAddress}:\${2:${number}}`;
}
