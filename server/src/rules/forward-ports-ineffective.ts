import { forwardedPorts } from '../homelab/forwarded-ports';
import { locate } from '../homelab/homelab';
import type { Fact } from '../homelab/model';
import { writeString } from '../nix/write';
import { factSpot, fixOf, literalSpot } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A forwarded port that systemd-nspawn does not understand. NixOS does not check its protocol. */
export const forwardPortsIneffective = perContainer({
  id: 'forward-ports-ineffective',
  severity: 'error',
  description: 'A forwarded port has no `hostPort`, or a protocol that systemd-nspawn refuses.',
  *look(homelab, host, container) {
    for (const { protocol, withoutHostPort, at } of forwardedPorts(container)) {
      const item = locate(homelab, at);
      if (withoutHostPort && item !== null) {
        yield finding(forwardPortsIneffective, {
          at: item,
          host,
          message: `This entry names no port of the host: \`hostPort\` has no default, so the evaluation fails. Add \`hostPort\`.`,
          incomplete: true,
        });
      }
      const place = factSpot(homelab, protocol);
      if (protocol.kind !== 'known' || place === null || ['tcp', 'udp'].includes(protocol.value)) continue;
      yield finding(forwardPortsIneffective, {
        at: place,
        host,
        message: `"${protocol.value}" is no protocol that systemd-nspawn forwards, so ${container.name} cannot start: write "tcp" or "udp", in small letters.`,
        fixes: [lowerCase(homelab, protocol)],
      });
    }
  },
});

function lowerCase(homelab: Files, protocol: Fact<string>): Fix | null {
  const literal = literalSpot(homelab, protocol);
  const lower = protocol.kind === 'known' ? protocol.value.toLowerCase() : '';
  if (literal === null || !['tcp', 'udp'].includes(lower)) return null;
  return fixOf(`Write "${lower}"`, { file: literal.file, range: literal.range, newText: writeString(lower) });
}
