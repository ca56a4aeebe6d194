import { testRule } from '../../../test/engine/rule-suite';
import { unreachableLink } from './unreachable-link';

const NETWORK = (host: number): string =>
  `privateNetwork = true; hostAddress = "10.0.0.${host}"; localAddress = "10.0.0.${host + 1}";`;
/** A program of one's own, of which nobody knows where it listens. */
const PROGRAM = 'systemd.services.films.script = "serve";';
const OPEN = `${PROGRAM} networking.firewall.allowedTCPPorts = [ 8096 ];`;

/** A dashboard in a guest, and the guest that it leads to. */
const homelab = (dashboard: string, films = OPEN, more = ''): string => `
#- /a.nix
{ config, inputs, lib, ... }: {
  ${more}
  containers.home = {
    ${NETWORK(2)}
    config = {
      ${dashboard}
    };
  };
  containers.films = {
    ${NETWORK(4)}
    config = {
      ${films}
    };
  };
}
`;
const homepage = (url: string, before = ''): string =>
  `services.homepage-dashboard = { enable = true; services = [ { Media = [ { films = ${before}{
        widget.url = ${url};
      }; } ]; } ]; };`;
/** The same with the finding at the URL. */
const marked = (text: string, url: string): string =>
  text.replace(
    `        widget.url = ${url};\n`,
    (line) => `${line}#                    ${'^'.repeat(url.length)} warning unreachable-link\n`,
  );
const LITERAL = '"http://10.0.0.5:8196"';
const REFERENCE = '"http://${config.containers.films.localAddress}:8196"';
const PROMETHEUS =
  'services.prometheus = { enable = true; scrapeConfigs = [ { job_name = "a"; static_configs = [ { targets = [ "10.0.0.5:9100" ]; } ]; } ]; };';

testRule(unreachableLink, {
  finds: {
    'another port is open': marked(homelab(homepage(LITERAL)), LITERAL),
    'by reference, under a condition that holds': marked(
      homelab(homepage(REFERENCE, 'lib.mkIf true ')),
      REFERENCE,
    ),
    'the service listens on another port': marked(
      homelab(homepage(LITERAL), 'services.navidrome = { enable = true; settings.Address = "0.0.0.0"; };'),
      LITERAL,
    ),
    'an address that Prometheus asks': homelab(PROMETHEUS).replace(
      /^( *)(services\.prometheus.*)$/m,
      (line: string) =>
        `${line}\n#${' '.repeat(line.indexOf('"10.0.0.5:9100"') - 1)}${'^'.repeat(15)} warning unreachable-link`,
    ),
    'from the host': homelab('', OPEN, homepage(LITERAL)).replace(
      `        widget.url = ${LITERAL};\n`,
      (line) => `${line}#                    ${'^'.repeat(LITERAL.length)} warning unreachable-link\n`,
    ),
  },
  silent: {
    'the port is open': homelab(homepage('"http://10.0.0.5:8096"')),
    'the firewall is off': homelab(homepage(LITERAL), `${PROGRAM} networking.firewall.enable = false;`),
    'the open ports are not known': homelab(
      homepage(LITERAL),
      `${PROGRAM} networking.firewall.allowedTCPPorts = inputs.ports;`,
    ),
    'the dashboard is off': homelab(homepage(LITERAL).replace('enable = true', 'enable = false')),
    'a condition that does not hold': homelab(homepage(LITERAL, 'lib.mkIf false ')),
    'a condition that is not known': homelab(homepage(LITERAL, 'lib.mkIf inputs.on ')),
    'a name, and an address elsewhere': homelab(
      homepage('"https://films.example.org"') + PROMETHEUS.replace('10.0.0.5', '192.168.1.7'),
    ),
    'its own loopback': homelab(homepage('"http://127.0.0.1:8196"')),
    'its own address': homelab(homepage('"http://10.0.0.3:8196"')),
    'a text that is no address': homelab(homepage('"port 8196 of 10.0.0.5"')),
    'a route comes to the same port, and says so': homelab(
      homepage(LITERAL),
      OPEN,
      'services.traefik = { enable = true; dynamicConfigOptions.http = { routers.a = { rule = "Host(`a`)"; service = "a"; }; services.a.loadBalancer.servers = [ { url = "http://10.0.0.5:8196"; } ]; }; };',
    ),
    'a container in the network of the host': homelab(homepage(LITERAL)).replace(
      NETWORK(4),
      'localAddress = "10.0.0.5";',
    ),
    'a container that does not run': homelab(homepage(LITERAL)).replace(
      'containers.films = {',
      'containers.films = lib.mkIf false {',
    ),
  },
  mends: {
    'by opening the port': {
      fixture: homelab(homepage(LITERAL)),
      fix: /^Open port 8196 in the firewall of films$/,
      leaves: ['networking.firewall.allowedTCPPorts = [ 8096 8196 ];'],
    },
    "by the service's port": {
      fixture: homelab(
        homepage(LITERAL),
        'services.navidrome = { enable = true; settings.Address = "0.0.0.0"; };',
      ),
      fix: /^Use port 4533, and open it in the firewall of films$/,
      leaves: ['widget.url = "http://10.0.0.5:4533";'],
    },
    'by the port that is open': {
      fixture: homelab(homepage(LITERAL)),
      fix: /^Use port 8096, which is open$/,
      leaves: ['widget.url = "http://10.0.0.5:8096";'],
    },
  },
  says: {
    'who cannot reach whom': {
      fixture: homelab(homepage(LITERAL)),
      message:
        /^Homepage cannot reach films: the guest's firewall does not let port 8196 in, only 8096 \(a\.nix:\d+\)\. Add 8196/,
    },
  },
});
