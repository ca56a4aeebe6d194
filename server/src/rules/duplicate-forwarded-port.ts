import { forwardedPorts, type ForwardedPort } from '../homelab/forwarded-ports';
import { locate } from '../homelab/homelab';
import { inParentheses } from './places';
import { finding, related } from './rule';
import { perHost } from './scopes';

/** One port of the host cannot lead into two guests. */
export const duplicateForwardedPort = perHost({
  id: 'duplicate-forwarded-port',
  severity: 'error',
  description: 'Two containers forward the same port of the host.',
  *look(homelab, host) {
    const groups = new Map<string, ForwardedPort[]>();
    for (const container of host.containers.filter(({ status }) => status === 'active')) {
      for (const forwarded of forwardedPorts(container)) {
        const { hostPort, protocol } = forwarded;
        if (hostPort.kind !== 'known' || protocol.kind === 'unknown') continue;
        const key = `${protocol.kind === 'known' ? protocol.value : 'tcp'} ${hostPort.value}`;
        groups.set(key, [...(groups.get(key) ?? []), forwarded]);
      }
    }
    for (const group of groups.values()) {
      for (const one of group) {
        const others = group.filter((other) => other !== one && other.at !== one.at);
        const [other] = others;
        const at = locate(homelab, one.hostPortAt);
        if (other === undefined || at === null || one.hostPort.kind !== 'known') continue;
        const whose =
          other.container === one.container ? 'again by this container' : `by ${other.container.name}`;
        yield finding(duplicateForwardedPort, {
          at,
          host,
          message: `Port ${one.hostPort.value} of the host is forwarded ${whose} too${inParentheses(homelab, host, other.hostPortAt)}: only one of them gets what arrives there. Give one another \`hostPort\`.`,
          related: others.map((each) =>
            related(homelab, each.hostPortAt, `forwarded to ${each.container.name}`),
          ),
        });
      }
    }
  },
});
