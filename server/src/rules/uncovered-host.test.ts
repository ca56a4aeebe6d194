import { testRule } from '../../../test/engine/rule-suite';
import { uncoveredHost } from './uncovered-host';

/** An AdGuard Home with rewrites, and a Traefik with three routes. */
const lab = (rewrites: string, dns = '', mark = '', mutable = 'mutableSettings = false;'): string => `
#- /adguard.nix
{ inputs, ... }: {
  containers.adguard.config.services.adguardhome = {
    enable = true;
    ${mutable}
    settings = {
      dns = { upstream_dns = [ "tls://dns.quad9.net" ]; ${dns} };
      filtering.rewrites = [
        ${rewrites}
      ];
    };
  };
}
#- /traefik.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http.routers = {
      a = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; };
      b = { rule = "Host(\`b.example.org\`)"; service = "noop@internal"; };
      c = { rule = "Host(\`c.example.org\`)"; service = "noop@internal"; };
${mark}      blog = { rule = "Host(\`blog.example.com\`)"; service = "noop@internal"; };
    };
  };
}
`;

const MARK = `#                  ^^^^^^^^^^^^^^^^^^^^^^^ information uncovered-host
`;
const TWO =
  '{ domain = "a.example.org"; answer = "192.168.1.20"; } { domain = "b.example.org"; answer = "192.168.1.20"; }';

testRule(uncoveredHost, {
  finds: {
    'one name that was forgotten': lab(TWO, '', MARK),
    'one whose rewrite is switched off': lab(
      `${TWO} { domain = "c.example.org"; answer = "192.168.1.20"; enabled = false; }`,
      '',
      MARK,
    ),
  },
  silent: {
    'a pattern that covers all': lab('{ domain = "*.example.org"; answer = "192.168.1.20"; }'),
    'no rewrites, and rewrites of other names': lab('{ domain = "nas.lan"; answer = "192.168.1.5"; }'),
    'only one beside it': lab('{ domain = "a.example.org"; answer = "192.168.1.20"; }'),
    'rewrites that are not known': lab(`${TWO} inputs.presets.rewrite`),
    'settings that are changed elsewhere': lab(TWO, '', '', ''),
    'another server for the domain': lab(TWO.replace('}', '}'), 'fallback_dns = [ ];', '').replace(
      '"tls://dns.quad9.net"',
      '"[/example.org/]192.168.1.1"',
    ),
    'another server that answers names': `${lab(TWO)}#- /dns.nix
{ services.dnsmasq = { enable = true; settings.address = [ "/c.example.org/192.168.1.20" ]; }; }
`,
  },
  mends: {
    'with the answer of the others': {
      fixture: lab(TWO),
      fix: /Answer c\.example\.org with 192\.168\.1\.20/,
      leaves: ['{ domain = "c.example.org"; answer = "192.168.1.20"; }'],
    },
  },
});
