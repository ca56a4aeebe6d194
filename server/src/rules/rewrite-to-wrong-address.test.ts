import { testRule } from '../../../test/engine/rule-suite';
import { rewriteToWrongAddress } from './rewrite-to-wrong-address';

const lab = (rewrite: string, network: string, more = ''): string => `
#- /network.nix
{ ... }: {
  networking = {
    ${network}
    interfaces.enp1s0.ipv4.addresses = [ { address = "192.168.1.20"; prefixLength = 24; } ];
  };
  systemd.network.networks."10-ignore".matchConfig.Name = "ve-*";
  ${more}
}
#- /adguard.nix
{ ... }: {
  containers.adguard.config.services.adguardhome = {
    enable = true;
    settings.filtering.rewrites = [
      ${rewrite}
    ];
  };
}
#- /traefik.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; };
  };
}
`;

const STATIC = 'useDHCP = false;';

testRule(rewriteToWrongAddress, {
  finds: {
    'a pattern that leads to another machine': lab(
      `{ domain = "*.example.org"; answer = "192.168.1.21"; }
#                                          ^^^^^^^^^^^^^^ warning rewrite-to-wrong-address`,
      STATIC,
    ),
  },
  silent: {
    "the host's own address, and one in another network": lab(
      '{ domain = "*.example.org"; answer = "192.168.1.20"; } { domain = "a.example.org"; answer = "100.64.0.3"; }',
      STATIC,
    ),
    'a name that no route has': lab('{ domain = "nas.example.org"; answer = "192.168.1.5"; }', STATIC),
    'a pattern behind a rewrite of the name itself': lab(
      '{ domain = "*.example.org"; answer = "192.168.1.5"; } { domain = "a.example.org"; answer = "192.168.1.20"; }',
      STATIC,
    ),
    'addresses that come by DHCP too': lab('{ domain = "*.example.org"; answer = "192.168.1.21"; }', ''),
    'an interface that asks for one': lab(
      '{ domain = "*.example.org"; answer = "192.168.1.21"; }',
      `${STATIC} interfaces.enp2s0.useDHCP = true;`,
    ),
    'an address that two machines share': lab(
      '{ domain = "*.example.org"; answer = "192.168.1.21"; }',
      STATIC,
      'services.keepalived.enable = true;',
    ),
    'a name instead of an address': lab('{ domain = "*.example.org"; answer = "proxy.lan"; }', STATIC),
    'the address of a guest on the same network': lab(
      '{ domain = "*.example.org"; answer = "192.168.1.21"; }',
      STATIC,
      'containers.proxy = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.1.21/24"; };',
    ),
  },
  mends: {
    'with the address of the host': {
      fixture: lab('{ domain = "*.example.org"; answer = "192.168.1.21"; }', STATIC),
      fix: /Answer 192\.168\.1\.20/,
      leaves: ['answer = "192.168.1.20"'],
    },
  },
});
