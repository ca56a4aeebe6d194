import { blank } from './blank';
import type { ContainerRequest } from './container-request';
import type { NetworkParts } from './container-network';
import { knownService, serviceConfig } from './guest-service';
import { settingLines } from './nix-tree';
import { writeAttrName, writeAttrPath } from '../nix/write';

/** What runs in a new container, as lines of its `config`. */
export interface GuestService {
  readonly lines: readonly string[];
  /** What it speaks to the proxy. */
  readonly scheme: 'http' | 'https';
  readonly speaksHttp: boolean;
  readonly notes: readonly string[];
}

/** The name that a container's service goes by in comments. */
export function titleOf({ name, service }: ContainerRequest): string {
  return knownService(service ?? name)?.title ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * The service enabled on its port and address. For one that is not known, a line to go on from, or, where somebody fills
 * in the blanks at once, a blank for its name.
 */
export function serviceLines(
  request: ContainerRequest,
  network: NetworkParts,
  indentation: string,
  toFillIn: boolean,
): GuestService {
  const name = request.service ?? request.name;
  const service = knownService(name);
  if (service === null) {
    return {
      lines: toFillIn
        ? [
            `services.${blank('service', writeAttrName(name))} = {`,
            `${indentation}enable = true;${blank('end')}`,
            '};',
          ]
        : [
            `# Continue here: enable what listens on port ${request.port}, on ${network.loopback ? network.address.text : 'an address that the proxy reaches'}.`,
            `# ${writeAttrPath(['services', name, 'enable'])} = true;`,
          ],
      scheme: 'http',
      speaksHttp: true,
      notes: [
        `No service ${name} is known to this tool: go on in the module's config, where the cursor stands.`,
      ],
    };
  }
  const { port } = request;
  const { prefix, tree, notes } = serviceConfig({
    service,
    port,
    address: network.address,
    loopback: network.loopback,
  });
  const speaksHttp = service.scheme !== 'tcp';
  const more = speaksHttp ? [] : [`${service.title} does not speak HTTP, so no route was written.`];
  if (service.scheme === 'https')
    more.push(
      `${service.title} speaks HTTPS with a certificate of its own: Traefik needs a serversTransport that accepts it.`,
    );
  const lines = settingLines(prefix, tree, indentation, true);
  return {
    lines: lines.map((line, index) => (index === lines.length - 2 ? line + blank('end') : line)),
    scheme: service.scheme === 'https' ? 'https' : 'http',
    speaksHttp,
    notes: [...notes, ...more],
  };
}
