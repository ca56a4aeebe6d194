import { internalInterfaces, usesNftables } from '../homelab/nat';
import { writeString } from '../nix/write';
import { factSpot, fixOf, inParentheses, literalSpot } from './places';
import { finding, related } from './rule';
import { perHost } from './scopes';
import { readOption, asBool } from '../homelab/read';

/** `ve-+` under nftables, or `ve-*` under iptables: the rule names an interface that nobody has. */
export const natWildcard = perHost({
  id: 'nat-wildcard',
  severity: 'warning',
  description: "An interface of `networking.nat` is written with the other firewall's wildcard.",
  *look(homelab, host) {
    const nat = host.nat.enable;
    const nftables = usesNftables(host);
    if (nat.kind !== 'known' || !nat.value || nftables === 'unknown') return;
    const [wrong, right] = nftables ? ['+', '*'] : ['*', '+'];
    const setting = readOption(host.system, ['networking', 'nftables', 'enable'], asBool);
    const decided = setting.kind === 'known' ? setting.definition : null;
    const { items } = internalInterfaces(host);
    for (const entry of items) {
      const at = factSpot(homelab, entry);
      if (entry.kind !== 'known' || !entry.value.endsWith(wrong) || at === null) continue;
      const mended = entry.value.slice(0, -1) + right;
      // Who writes both serves either firewall.
      if (items.some((other) => other.kind === 'known' && other.value === mended)) continue;
      const literal = literalSpot(homelab, entry);
      const firewall = nftables
        ? `nftables${inParentheses(homelab, host, decided)}`
        : 'iptables, which is what this host uses';
      yield finding(natWildcard, {
        at,
        host,
        message: `"${entry.value}" matches no interface: under ${firewall}, the wildcard is \`${right}\`, so no guest's address is translated. Write "${mended}".`,
        related: [related(homelab, decided, 'the firewall is chosen here')],
        fixes: [
          literal === null
            ? null
            : fixOf(`Write "${mended}"`, {
                file: literal.file,
                range: literal.range,
                newText: writeString(mended),
              }),
        ],
      });
    }
  },
});
