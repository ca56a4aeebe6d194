import { removeElement } from '../edits/list-removal';
import { bindingAround } from '../edits/settings';
import { guestFirewall } from '../homelab/guest-firewall';
import { guestPorts, isUnserved } from '../homelab/guest-ports';
import { locate } from '../homelab/homelab';
import type { Host, Container, Port } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { memoOf, sameItems } from '../eval/computed';
import { listensOn } from './backend-places';
import { fixOf, listed } from './places';
import { finding, related, type Files, type Fix } from './rule';
import { perContainer } from './scopes';

/** A port that a guest's firewall lets in and where nothing listens. */
export const unservedPort = perContainer({
  id: 'unserved-port',
  severity: 'hint',
  incomplete: true,
  description: "A guest's firewall lets a port in on which nothing in it listens.",
  *look(homelab, host, container) {
    if (networkOf(host, container) !== 'own') return;
    const firewall = guestFirewall(host, container);
    if (firewall.kind !== 'on') return;
    const ports = guestPorts(host, container);
    for (const { port, at: origin } of firewall.tcp.ports) {
      if (origin?.kind !== 'int' || !isUnserved(ports, port) || isTarget(host, container, port)) continue;
      const at = locate(homelab, origin);
      if (at === null) continue;
      const [first] = ports.listeners;
      yield finding(unservedPort, {
        at,
        host,
        message: `Nothing in ${container.name} listens on port ${port}${ports.listeners.length === 0 ? '' : `: ${listed(ports.listeners.map((own) => listensOn(homelab, host, own)))}`}. Leave it out.`,
        related: [
          first?.port.kind === 'known'
            ? related(homelab, first.port.definition, 'where the service listens')
            : null,
        ],
        fixes: [leftOut(homelab, { port, at: origin })],
      });
    }
  },
});

/** Whether a route goes to the port, which another rule then speaks of. */
function isTarget(host: Host, { name }: Container, port: number): boolean {
  return targets(host).includes(`${name}:${port}`);
}

const targets = memoOf(
  ({ routes }: Host): readonly string[] =>
    [
      ...new Set(
        routes.flatMap(({ backends }) =>
          backends.flatMap(({ container, port }) =>
            container === null || port === null ? [] : [`${container}:${port}`],
          ),
        ),
      ),
    ].sort(),
  sameItems,
);

function leftOut(homelab: Files, { port, at }: Port): Fix | null {
  const file = at === null ? null : homelab.files.parsed(at.anchor.source);
  const list = file === null ? null : (bindingAround(file, at)?.value ?? null);
  if (file === null || at?.kind !== 'int' || list?.kind !== 'list') return null;
  return fixOf(`Leave ${port} out`, removeElement(file, list, at));
}
