import { testRule } from '../../../test/engine/rule-suite';
import { backendOnLoopback } from './backend-on-loopback';

/** A container with a network of its own, and a route of the host's Traefik to a port of it. */
const homelab = (config: string, port: string, more = ''): string => `
#- /music.nix
{ config, inputs, lib, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.music = { rule = "Host(\`music.example.org\`)"; service = "music"; };
    services.music.loadBalancer.servers = [ { url = "http://\${config.containers.music.localAddress}:${port}"; } ];
  };
  containers.music = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";${more}
    config = {
      ${config}
    };
  };
}
`;
const error = (before: string, length: number): string =>
  `\n#${' '.repeat(before.length - 1)}${'^'.repeat(length)} error backend-on-loopback`;
const indented = (text: string): string => `      ${text}`;
/** A line with the finding at a part of it. */
const at = (line: string, part: string): string =>
  line + error(indented(line.slice(0, line.indexOf(part))), part.length);

testRule(backendOnLoopback, {
  finds: {
    'by default': homelab(at('services.navidrome.enable = true;', 'true'), '4533'),
    'in words': homelab(
      at('services.mealie = { enable = true; listenAddress = "127.0.0.1"; };', '"127.0.0.1"'),
      '9000',
    ),
    'as localhost': homelab(
      at('services.immich = { enable = true; host = "localhost"; };', '"localhost"'),
      '2283',
    ),
    'by IPv6': homelab(at('services.calibre-web = { enable = true; listen.ip = "::1"; };', '"::1"'), '8083'),
    'in one text with the port': homelab(
      at(
        'services.miniflux = { enable = true; config.LISTEN_ADDR = "127.0.0.1:8081"; };',
        '"127.0.0.1:8081"',
      ),
      '8081',
    ),
    'beside a proxy that listens elsewhere': homelab(
      `${at('services.navidrome.enable = true;', 'true')}
      services.nginx = { enable = true; virtualHosts.music.locations."/".proxyPass = "http://127.0.0.1:4533"; };`,
      '4533',
    ),
    'from another guest': `
#- /a.nix
{
  containers.proxy = {
    privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5";
    config.services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://10.0.0.3:8096"; };
  };
  containers.a = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";
    config.services.audiobookshelf = {
      enable = true;
      port = 8096;
      host = "127.0.0.1";
#            ^^^^^^^^^^^ error backend-on-loopback
    };
  };
}
`,
  },
  silent: {
    "the container's address": homelab(
      'services.navidrome = { enable = true; settings.Address = config.containers.music.localAddress; };',
      '4533',
    ),
    'every address': homelab(
      'services.navidrome = { enable = true; settings.Address = "0.0.0.0"; };',
      '4533',
    ),
    'every address of IPv6': homelab('services.immich = { enable = true; host = "::"; };', '2283'),
    'a service that listens everywhere by default': homelab('services.mealie.enable = true;', '9000'),
    'the route goes to another port': homelab('services.navidrome.enable = true;', '80'),
    'the address is not known': homelab(
      'services.navidrome = { enable = true; settings.Address = inputs.address; };',
      '4533',
    ),
    'the settings are not known': homelab(
      'services.navidrome = { enable = true; settings = inputs.settings; };',
      '4533',
    ),
    'a proxy in the guest on the same port': homelab(
      'services.navidrome.enable = true; services.nginx = { enable = true; virtualHosts.music = { listen = [ { addr = "10.0.0.3"; port = 4533; } ]; locations."/".proxyPass = "http://127.0.0.1:4533"; }; };',
      '4533',
    ),
    'a proxy in the guest that is not read': homelab(
      'services.navidrome.enable = true; services.haproxy = { enable = true; config = "listen x"; };',
      '4533',
    ),
    'a socket passes it on': homelab(
      'services.navidrome.enable = true; systemd.sockets.music = { listenStreams = [ "10.0.0.3:4533" ]; };',
      '4533',
    ),
    'the unit is told otherwise': homelab(
      'services.navidrome.enable = true; systemd.services.navidrome.environment.ND_ADDRESS = "0.0.0.0";',
      '4533',
    ),
    'arguments tell it otherwise': homelab(
      'services.navidrome = { enable = true; extraFlags = [ "--address" "0.0.0.0" ]; };',
      '4533',
    ),
    'an option by its old name': homelab('services.grafana = { enable = true; addr = "0.0.0.0"; };', '3000'),
    'a variable by another name': homelab(
      'services.uptime-kuma = { enable = true; settings.UPTIME_KUMA_HOST = "0.0.0.0"; };',
      '3001',
    ),
    'a file of variables': homelab(
      'services.open-webui = { enable = true; environmentFile = "/run/secrets/env"; };',
      '8080',
    ),
    'what the program does by itself is not what NixOS says': homelab(
      'services.searx.enable = true;',
      '8888',
    ),
    'the proxy is in the guest': homelab(
      'services.navidrome.enable = true; services.nginx = { enable = true; virtualHosts.music.locations."/".proxyPass = "http://127.0.0.1:4533"; };',
      '80',
    ),
    'the network of the host': homelab('services.navidrome.enable = true;', '4533').replace(
      'privateNetwork = true; ',
      '',
    ),
    'on the host, behind a proxy of the host': `
#- /a.nix
{
  services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.dns = { rule = "Host(\`dns.example.org\`)"; service = "dns"; };
    services.dns.loadBalancer.servers = [ { url = "http://127.0.0.1:8080"; } ];
  };
}
`,
    'a module from outside': homelab(
      'services.navidrome.enable = true; imports = [ inputs.music.nixosModules.default ];',
      '4533',
    ),
    'several in the guest, one of them everywhere': homelab(
      'services.navidrome.enable = true; services.mealie = { enable = true; port = 4533; };',
      '4533',
    ),
  },
  mends: {
    "with the container's address, as a reference": {
      fixture: homelab('services.navidrome.enable = true;', '4533'),
      fix: /^Let Navidrome listen on 10\.0\.0\.3$/,
      leaves: ['services.navidrome.settings.Address = config.containers.music.localAddress;'],
    },
    "with the container's address, where config is the guest's": {
      fixture: homelab('services.navidrome.enable = true;', '4533').replace(
        'config = {',
        'config = { config, ... }: {',
      ),
      fix: /^Let Navidrome listen on 10\.0\.0\.3$/,
      leaves: ['services.navidrome.settings.Address = "10.0.0.3";'],
    },
    'beside what is set': {
      fixture: homelab('services.immich = { enable = true; port = 2283; };', '2283'),
      fix: /^Let Immich listen on 0\.0\.0\.0$/,
      leaves: ['services.immich = { enable = true; port = 2283; host = "0.0.0.0"; };'],
    },
    'what is written': {
      fixture: homelab('services.mealie = { enable = true; listenAddress = "127.0.0.1"; };', '9000'),
      fix: /^Let Mealie listen on 0\.0\.0\.0$/,
      leaves: ['listenAddress = "0.0.0.0";'],
    },
    'the address before the port': {
      fixture: homelab(
        'services.miniflux = { enable = true; config.LISTEN_ADDR = "127.0.0.1:8081"; };',
        '8081',
      ),
      fix: /^Let Miniflux listen on 10\.0\.0\.3$/,
      leaves: ['config.LISTEN_ADDR = "10.0.0.3:8081";'],
    },
    'address and port in one text that is not there yet': {
      fixture: homelab('services.miniflux.enable = true;', '8080'),
      fix: /^Let Miniflux listen on 10\.0\.0\.3$/,
      leaves: ['services.miniflux.config.LISTEN_ADDR = "10.0.0.3:8080";'],
    },
  },
  says: {
    'that it is the default': {
      fixture: homelab('services.navidrome.enable = true;', '4533'),
      message:
        /^No proxy reaches Navidrome in music: it listens on 127\.0\.0\.1 only, as it does until `services\.navidrome\.settings\.Address` is set, and the route music \(music\.nix:3\) comes to port 4533 from outside the guest\. Set it to "10\.0\.0\.3" or "0\.0\.0\.0"\.$/,
    },
  },
});
