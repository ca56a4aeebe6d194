import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { hostSockets, type Socket } from '../homelab/sockets';
import { inParentheses } from './places';
import { finding, related, type Files } from './rule';
import { perHost } from './scopes';

/** A port of the host's network that two want to have. */
export const hostPortConflict = perHost({
  id: 'host-port-conflict',
  severity: 'error',
  description: "Two services in the host's network listen on the same port.",
  *look(homelab, host) {
    const byPort = new Map<string, Socket[]>();
    for (const socket of hostSockets(host)) {
      const key = `${socket.protocol} ${socket.port}`;
      byPort.set(key, [...(byPort.get(key) ?? []), socket]);
    }
    for (const sockets of byPort.values()) {
      for (const socket of sockets) {
        const other = sockets.find((each) => each.owner !== socket.owner && meet(each, socket));
        const at = locate(homelab, socket.at);
        if (other === undefined || at === null) continue;
        yield finding(hostPortConflict, {
          at,
          host,
          message: `${nameOf(socket)} and ${nameOf(other)}${place(homelab, host, other)} both listen on port ${socket.port} of ${host.name ?? 'the host'}: the one that starts later fails. Give one of them another port, or a private network.`,
          related: [related(homelab, other.at, `port of ${nameOf(other)}`)],
        });
      }
    }
  },
});

function meet(one: Socket, other: Socket): boolean {
  return one.address === null || other.address === null || one.address === other.address;
}

function nameOf({ owner, title }: Socket): string {
  return owner === null ? `${title} on the host` : `${title} in ${owner}`;
}

function place(homelab: Files, host: Host, { at }: Socket): string {
  return inParentheses(homelab, host, at);
}
