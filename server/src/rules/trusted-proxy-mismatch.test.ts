import { testRule } from '../../../test/engine/rule-suite';
import { trustedProxyMismatch } from './trusted-proxy-mismatch';

interface Parts {
  /** Of the guest, with the finding where there is one. */
  readonly config: string;
  readonly url?: string;
  /** Of the container. */
  readonly link?: string;
  /** Of the Traefik's container. */
  readonly traefik?: string;
  /** Of the host. */
  readonly host?: string;
}

const LINK = 'privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";';
const OWN_NETWORK = 'privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9";';

/** A Traefik in a container, in the network of the host, with a route to a service in a guest. */
const homelab = ({
  config,
  url = 'http://10.0.0.3',
  link = LINK,
  traefik = '',
  host = '',
}: Parts): string => `
#- /a.nix
{ config, inputs, lib, ... }: {
  ${host}
  containers.traefik = {
    autoStart = true; ${traefik}
    config.services.traefik.enable = true;
    config.services.traefik.dynamicConfigOptions.http = {
      routers.app = { rule = "Host(\`app.example.org\`)"; service = "app"; };
      services.app.loadBalancer.servers = [ { url = "${url}"; } ];
    };
  };
  containers.app = {
    ${link}
    config = {
      ${config}
    };
  };
}
`;
const marked = (line: string, part: string, severity: 'error' | 'warning' = 'warning'): string =>
  `${line}\n#${' '.repeat(5 + line.indexOf(part))}${'^'.repeat(part.length)} ${severity} trusted-proxy-mismatch`;
const nextcloud = (proxies: string, more = ''): string =>
  `services.nextcloud = { enable = true; hostName = "cloud"; settings.trusted_proxies = ${proxies}; }; ${more}`;
const NEXTCLOUD = nextcloud('[ "127.0.0.1" ]');
const homeAssistant = (proxies: string): string =>
  `services.home-assistant = { enable = true; config.http = { use_x_forwarded_for = true; trusted_proxies = ${proxies}; }; };`;
const immich = (proxies: string): string =>
  `services.immich = { enable = true; host = "0.0.0.0"; environment.IMMICH_TRUSTED_PROXIES = ${proxies}; };`;
const forgejo = (proxies: string): string =>
  `services.forgejo = { enable = true; settings.security.REVERSE_PROXY_TRUSTED_PROXIES = ${proxies}; };`;
const mediamtx = (proxies: string): string =>
  `services.mediamtx = { enable = true; settings = { hls = true; hlsTrustedProxies = ${proxies}; }; };`;

testRule(trustedProxyMismatch, {
  finds: {
    'loopback only, and the proxy comes over the link': homelab({ config: marked(NEXTCLOUD, '"127.0.0.1"') }),
    'the address of another link': homelab({ config: marked(nextcloud('[ "10.0.0.4" ]'), '"10.0.0.4"') }),
    'the address of the guest itself': homelab({ config: marked(nextcloud('[ "10.0.0.3" ]'), '"10.0.0.3"') }),
    'another network': homelab({ config: marked(nextcloud('[ "172.16.0.0/12" "::1" ]'), '"172.16.0.0/12"') }),
    'a service that answers with an error then': homelab({
      config: marked(homeAssistant('[ "127.0.0.1" ]'), '"127.0.0.1"', 'error'),
      url: 'http://10.0.0.3:8123',
    }),
    'one text with commas': homelab({
      config: marked(forgejo('"127.0.0.0/8,::1/128"'), '"127.0.0.0/8,::1/128"'),
      url: 'http://10.0.0.3:3000',
    }),
    'a name for an address that it does not hold': homelab({
      config: marked(immich('"loopback"'), '"loopback"'),
      url: 'http://10.0.0.3:2283',
    }),
    'a service at a port of its own settings': homelab({
      config: marked(mediamtx('[ "127.0.0.1" ]'), '"127.0.0.1"'),
      url: 'http://10.0.0.3:8888',
    }),
    'a proxy in another guest': homelab({
      config: marked(NEXTCLOUD, '"127.0.0.1"'),
      traefik: OWN_NETWORK,
    }),
    'a proxy on the host': `
#- /a.nix
{
  services.caddy = { enable = true; virtualHosts."app.example.org".extraConfig = "reverse_proxy 10.0.0.3:8123"; };
  containers.app = {
    ${LINK}
    config.services.home-assistant = {
      enable = true;
      config.http.trusted_proxies = [ "127.0.0.1" ];
#                                     ^^^^^^^^^^^ error trusted-proxy-mismatch
    };
  };
}
`,
    'by IPv6': homelab({
      config: marked(nextcloud('[ "10.0.0.2" ]'), '"10.0.0.2"'),
      url: 'http://[fd00::3]',
      link: `${LINK} hostAddress6 = "fd00::2"; localAddress6 = "fd00::3";`,
    }),
  },
  silent: {
    "the host's end of the link": homelab({ config: nextcloud('[ "10.0.0.2" ]') }),
    'one of several': homelab({ config: nextcloud('[ "127.0.0.1" "10.0.0.2" ]') }),
    'a network that holds it': homelab({ config: nextcloud('[ "10.0.0.0/24" ]') }),
    'by reference': homelab({ config: nextcloud('[ config.containers.app.hostAddress ]') }),
    'a name that holds it': homelab({ config: immich('"uniquelocal"'), url: 'http://10.0.0.3:2283' }),
    'one text with it': homelab({ config: immich('"127.0.0.1, 10.0.0.2"'), url: 'http://10.0.0.3:2283' }),
    'every address': homelab({ config: forgejo('"*"'), url: 'http://10.0.0.3:3000' }),
    'every address, as Laravel writes it': homelab({
      config: 'services.firefly-iii = { enable = true; settings.TRUSTED_PROXIES = "**"; };',
    }),
    'a host name': homelab({ config: homeAssistant('[ "proxy.lan" ]'), url: 'http://10.0.0.3:8123' }),
    'nothing is set': homelab({ config: 'services.nextcloud = { enable = true; hostName = "cloud"; };' }),
    'an empty list': homelab({ config: nextcloud('[ ]') }),
    'the list is open': homelab({ config: nextcloud('[ "127.0.0.1" ] ++ inputs.proxies') }),
    'an entry is not known': homelab({ config: nextcloud('[ "127.0.0.1" inputs.proxy ]') }),
    'no route comes to the container': homelab({ config: NEXTCLOUD, url: 'http://192.168.1.4' }),
    'the route comes to another port': homelab({ config: NEXTCLOUD, url: 'http://10.0.0.3:8080' }),
    'another service is on the port': homelab({
      config: `${homeAssistant('[ "127.0.0.1" ]')} services.caddy = { enable = true; virtualHosts.":80".extraConfig = "reverse_proxy 127.0.0.1:8123"; };`,
    }),
    'a proxy in the guest is on the port': homelab({
      config: `${forgejo('"127.0.0.1"')} services.nginx = { enable = true; virtualHosts.a = { listen = [ { addr = "0.0.0.0"; port = 3000; } ]; locations."/".proxyPass = "http://unix:/run/forgejo"; }; };`,
      url: 'http://10.0.0.3:3000',
    }),
    'tailscale in the guest may pass on to it': homelab({
      config: `${NEXTCLOUD} services.tailscale.enable = true;`,
    }),
    'a unit in the guest may pass on to it': homelab({
      config: `${NEXTCLOUD} systemd.services.relay.script = "relay";`,
    }),
    'nginx is told of visitors by itself': homelab({
      config: `${NEXTCLOUD} services.nginx.commonHttpConfig = "set_real_ip_from 10.0.0.2;";`,
    }),
    'nginx has another site': homelab({
      config: `${NEXTCLOUD} services.nginx.virtualHosts.front.locations."/".proxyPass = "http://127.0.0.1:81";`,
    }),
    'the service is off': homelab({ config: NEXTCLOUD.replace('enable = true', 'enable = false') }),
    'a bridge': homelab({ config: NEXTCLOUD, link: `${LINK} hostBridge = "br0";` }),
    'a further link': homelab({
      config: NEXTCLOUD,
      link: `${LINK} extraVeths.lan.localAddress = "10.1.0.3";`,
    }),
    "the host's end has no address that is known": homelab({
      config: NEXTCLOUD,
      link: 'privateNetwork = true; hostAddress = inputs.address; localAddress = "10.0.0.3";',
    }),
    'the network of the host': homelab({
      config: NEXTCLOUD,
      link: 'autoStart = true;',
      url: 'http://127.0.0.1',
    }),
    'the address of a proxy in another guest': homelab({
      config: nextcloud('[ "10.0.0.9" ]'),
      traefik: OWN_NETWORK,
    }),
    'a proxy in another guest, that the host may hide': homelab({
      config: nextcloud('[ "10.0.0.2" ]'),
      traefik: OWN_NETWORK,
    }),
    'several proxies, one of them trusted': homelab({
      config: homeAssistant('[ "10.0.0.9" ]'),
      url: 'http://10.0.0.3:8123',
      host: `containers.caddy = { ${OWN_NETWORK} config.services.caddy = { enable = true; virtualHosts."b.example.org".extraConfig = "reverse_proxy 10.0.0.3:8123"; }; };`,
    }),
    'a proxy that may say nothing of its visitors': `
#- /a.nix
{
  services.nginx = { enable = true; virtualHosts."app.example.org".locations."/".proxyPass = "http://10.0.0.3:8123"; };
  containers.app = {
    ${LINK}
    config.services.home-assistant = { enable = true; config.http.trusted_proxies = [ "127.0.0.1" ]; };
  };
}
`,
    'a module from outside': homelab({
      config: `${NEXTCLOUD} imports = [ inputs.cloud.nixosModules.default ];`,
    }),
    'a module that nobody imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [
  ./b.nix
  # ./a.nix
]; }; }; }
#- /b.nix
{ containers.b.config = { }; }
${homelab({ config: NEXTCLOUD }).trimStart()}`,
  },
  mends: {
    'in a list': {
      fixture: homelab({ config: NEXTCLOUD }),
      fix: /^Trust 10\.0\.0\.2$/,
      leaves: ['settings.trusted_proxies = [ "127.0.0.1" "10.0.0.2" ];'],
    },
    'in one text': {
      fixture: homelab({ config: forgejo('"127.0.0.1"'), url: 'http://10.0.0.3:3000' }),
      fix: /^Trust 10\.0\.0\.2$/,
      leaves: ['REVERSE_PROXY_TRUSTED_PROXIES = "127.0.0.1,10.0.0.2";'],
    },
    'with the address of a proxy in another guest': {
      fixture: homelab({ config: NEXTCLOUD, traefik: OWN_NETWORK }),
      fix: /^Trust 10\.0\.0\.9$/,
      leaves: ['[ "127.0.0.1" "10.0.0.9" ]'],
    },
  },
  says: {
    'who comes from where': {
      fixture: homelab({ config: NEXTCLOUD }),
      message:
        /^Nextcloud does not believe its proxy: `services\.nextcloud\.settings\.trusted_proxies` has 127\.0\.0\.1 only, and the route app \(a\.nix:7\) comes from 10\.0\.0\.2, the host's end of the link to app\. So it takes every visitor for the proxy, .*\. Add 10\.0\.0\.2\.$/,
    },
    'what is refused': {
      fixture: homelab({ config: homeAssistant('[ "127.0.0.1" ]'), url: 'http://10.0.0.3:8123' }),
      message: /So it answers every request with 400 Bad Request\./,
    },
  },
});
