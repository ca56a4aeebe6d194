import { describe, expect, it } from 'vitest';
import { hoveredAt } from '../../../test/engine/hovered';

const CONTAINERS = `
#- /containers.nix
{
  containers.immich = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; };
  containers.changedetection = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; };
  containers.git = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.1.0.3/24"; };
  containers.far.extraVeths.ve-lan.localAddress = "10.2.0.2";
  containers.shared = { };
}
`;
const IMMICH = [
  '`ve-immich` is the host’s end of the link of the container `immich` on `homelab`, defined in `containers.nix:2`.',
  '',
  '- Address: `10.0.0.2`; the guest has `10.0.0.3`.',
].join('\n');

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('interfaces (%s)', (_, lineEnd) => {
  const at = (text: string): Promise<string | null> =>
    hoveredAt(`#- /host.nix\n${text}\n${CONTAINERS}`, lineEnd);

  it.each([
    ['with dots', '{ networking.nat.internalInterfaces = [ "ve-im$0mich" ]; }'],
    ['in sets', '{ networking = { nat = { internalInterfaces = [ "ve-im$0mich" ]; }; }; }'],
    [
      'mixed',
      '{ lib, ... }: { networking.nat = lib.mkIf true { internalInterfaces = [ "ve$0-immich" ]; }; }',
    ],
    [
      'in a command',
      "{ networking.firewall.extraCommands = ''\n  iptables -A FORWARD -i ve-immi$0ch -j ACCEPT\n''; }",
    ],
    ['in a rule', '{ networking.nftables.ruleset = "iifname \\"ve-immich$0\\" accept"; }'],
  ])('in a text, %s', async (_what, text) => {
    expect(await at(text)).toBe(IMMICH);
  });

  it('as a name, with what the option is', async () => {
    const said = await at('{ networking.firewall.interfaces.ve-im$0mich.allowedTCPPorts = [ 80 ]; }');
    expect(said).toContain(IMMICH);
    expect(said).toContain('`networking.firewall.interfaces.ve-immich`');
    expect(await at('{ networking.firewall.interfaces."ve-im$0mich".allowedTCPPorts = [ 80 ]; }')).toContain(
      IMMICH,
    );
  });

  it('one that is cut, by its real name and by its long one', async () => {
    expect(await at('{ networking.firewall.trustedInterfaces = [ "ve-changede2Kn$0I" ]; }')).toBe(
      [
        '`ve-changede2KnI` is the host’s end of the link of the container `changedetection` on `homelab`, defined in `containers.nix:3`.',
        '',
        '- Its long name, `ve-changedetection`, has more than 15 characters.',
        '- Address: `10.0.0.4`; the guest has `10.0.0.5`.',
      ].join('\n'),
    );
    expect(await at('{ networking.firewall.trustedInterfaces = [ "ve-changede$0tection" ]; }')).toContain(
      'The interface is really called `ve-changede2KnI`, since a name has at most 15 characters: it is the host’s end of the link of the container `changedetection`',
    );
  });

  it('one on a bridge, and a further link', async () => {
    expect(await at('{ x = "vb-g$0it"; }')).toContain('- On the bridge `br0`; the guest has `10.1.0.3/24`.');
    expect(await at('{ x = "ve-g$0it"; }')).toBeNull();
    expect(await at('{ x = "ve-la$0n"; }')).toBe(
      '`ve-lan` is a further link of the container `far` on `homelab`, by its `extraVeths`.',
    );
  });

  it('a pattern, with whom it matches', async () => {
    expect(await at('{ networking.nat.internalInterfaces = [ "ve-$0+" ]; }')).toBe(
      '`ve-+`: every interface whose name begins with `ve-` on `homelab`. These containers have one: `changedetection`, `immich`.',
    );
    expect(await at('{ x = "ve-c$0*"; }')).toContain('These containers have one: `changedetection`.');
    expect(await at('{ x = "ve-z$0*"; }')).toContain('No container has one.');
  });

  it('in half-typed text', async () => {
    expect(await at('{ networking.nat.internalInterfaces = [ "ve-im$0mich" ')).toBe(IMMICH);
  });

  it.each([
    ['nobody’s', '{ x = "ve-no$0body"; }'],
    ['a container on the host’s network', '{ x = "ve-sha$0red"; }'],
    ['part of a longer word', '{ x = "drive-im$0mich"; }'],
    ['a comment', '{ # ve-im$0mich\n}'],
  ])('nothing of %s', async (_what, text) => {
    expect(await at(text)).toBeNull();
  });
});
