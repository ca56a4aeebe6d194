import { testRule } from '../../../test/engine/rule-suite';
import { backendPortMismatch } from './backend-port-mismatch';

/** A container with a network of its own, and a route of the host's Traefik to a port of it. */
const homelab = (config: string, port = '8000', more = ''): string => `
#- /films.nix
{ config, inputs, lib, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.films = { rule = "Host(\`films.example.org\`)"; service = "films"; };
    services.films.loadBalancer.servers = [
      {
        url = "http://\${config.containers.films.localAddress}:${port}";
      }
    ];
  };
  containers.films = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";${more}
    config = { pkgs, ... }: {
      ${config}
    };
  };
}
`;
/** The same with the finding at its URL. */
const marked = (text: string): string =>
  text.replace(
    /^( *url = )("[^\n]*");\n/m,
    (line, before: string, url: string) =>
      `${line}#${' '.repeat(before.length - 1)}${'^'.repeat(url.length)} error backend-port-mismatch\n`,
  );

testRule(backendPortMismatch, {
  finds: {
    'a service on its default port': marked(homelab('services.komga.enable = true;', '8180')),
    'a service whose port is set': marked(homelab('services.mealie = { enable = true; port = 9000; };')),
    'with the database that it needs': marked(
      homelab('services.miniflux.enable = true; services.postgresql.enable = true;', '8088'),
    ),
    'with things that listen nowhere': marked(
      homelab(
        'services.navidrome.enable = true; services.resolved.enable = true; services.journald.extraConfig = "x";',
      ),
    ),
    'with an SSH server': marked(
      homelab('services.navidrome.enable = true; services.openssh.enable = true;'),
    ),
    'a site of nginx': marked(
      homelab('services.nextcloud = { enable = true; hostName = "films"; };', '8080'),
    ),
    'the firewall opens the port of the route too': marked(
      homelab('services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 8000 9000 ];'),
    ),
    'units that are only put in order': marked(
      homelab(
        'services.mealie.enable = true; systemd.services.mealie = { after = [ "x.service" ]; serviceConfig.Restart = "always"; };',
      ),
    ),
    'nginx on the host': `
#- /a.nix
{
  services.nginx = {
    enable = true;
    virtualHosts."a.example.org".locations."/" = {
      proxyPass = "http://10.0.0.3:9001";
#                 ^^^^^^^^^^^^^^^^^^^^^^ error backend-port-mismatch
    };
  };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config.services.mealie.enable = true; };
}
`,
  },
  silent: {
    'the default port': homelab('services.mealie.enable = true;', '9000'),
    'the port that is set': homelab('services.mealie = { enable = true; port = 8000; };'),
    'the port by reference': homelab(
      'services.mealie.enable = true;',
      '${toString config.containers.films.config.services.mealie.port}',
    ),
    'another port of the same service': homelab('services.immich.enable = true;', '3003'),
    'a part of the service listens there': homelab(
      'services.forgejo = { enable = true; settings.server.START_SSH_SERVER = true; };',
      '2222',
    ),
    'a number in its settings': homelab(
      'services.grafana = { enable = true; settings.x.y = "http://:8000"; };',
    ),
    'arguments tell it otherwise': homelab(
      'services.mealie = { enable = true; extraOptions = [ "--port" "8000" ]; };',
    ),
    'variables tell it otherwise': homelab(
      'services.n8n.enable = true; systemd.services.n8n.environment.N8N_PORT = "3000";',
      '3000',
    ),
    'a file of variables may tell it otherwise': homelab(
      'services.uptime-kuma.enable = true; services.vaultwarden = { enable = true; environmentFile = "/run/secrets/env"; };',
    ),
    'the port is not known': homelab('services.mealie = { enable = true; port = inputs.port; };'),
    'a service that is not in the table': homelab(
      'services.mealie.enable = true; services.radicale.enable = true;',
    ),
    'a service that may be anywhere': homelab('services.jellyfin.enable = true;', '8196'),
    'a service with many ports': homelab('services.opencloud.enable = true;', '9000'),
    'its port is kept in its own files': homelab('services.radarr.enable = true;', '7879'),
    'two services': homelab('services.mealie.enable = true; services.komga.enable = true;'),
    'a program of one’s own': homelab(
      'services.mealie.enable = true; systemd.services.films.script = "serve --port 8000";',
    ),
    'a socket': homelab(
      'services.mealie.enable = true; systemd.sockets.films = { listenStreams = [ "8000" ]; };',
    ),
    'an image': homelab(
      'services.mealie.enable = true; virtualisation.oci-containers.containers.x = { image = "x"; };',
    ),
    'a proxy in the guest': homelab(
      'services.mealie.enable = true; services.nginx = { enable = true; virtualHosts.films.listen = [ { addr = "0.0.0.0"; port = 8000; } ]; };',
    ),
    'a proxy in the guest that reads another file': homelab(
      'services.mealie.enable = true; services.nginx = { enable = true; appendHttpConfig = "include /etc/sites;"; };',
    ),
    'a Caddy in the guest': homelab(
      'services.mealie.enable = true; services.caddy = { enable = true; virtualHosts.":8000".extraConfig = "reverse_proxy localhost:9000"; };',
    ),
    'a Traefik in the guest': homelab(
      'services.mealie.enable = true; services.traefik = { enable = true; staticConfigOptions.entryPoints.web.address = ":8000"; };',
    ),
    'ports that the guest passes on': homelab(
      'services.mealie.enable = true; networking.nat.forwardPorts = [ { sourcePort = 8000; destination = "127.0.0.1:9000"; } ];',
    ),
    'a module from outside': homelab(
      'services.mealie.enable = true; imports = [ inputs.films.nixosModules.default ];',
    ),
    'options that nobody declares': homelab('services.mealie.enable = true; mailserver.enable = true;'),
    'it may be off': homelab('services.mealie = { enable = inputs.on; };'),
    'nothing in the guest': homelab(''),
    'a database that the route is meant for': homelab('services.postgresql.enable = true;'),
    'the network of the host': homelab('services.mealie.enable = true;').replace(
      'privateNetwork = true; ',
      '',
    ),
  },
  mends: {
    'by taking the port': {
      fixture: homelab('services.komga.enable = true;', '8180'),
      fix: /^Use port 8080, and open it in the firewall of films$/,
      leaves: [
        '"http://${config.containers.films.localAddress}:8080"',
        'networking.firewall.allowedTCPPorts = [ 8080 ];',
      ],
    },
    'where it is open': {
      fixture: homelab('services.komga = { enable = true; openFirewall = true; };', '8180'),
      fix: /^Use port 8080$/,
      leaves: ['"http://${config.containers.films.localAddress}:8080"'],
    },
    'in a literal with a path': {
      fixture: `
#- /a.nix
{
  services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://10.0.0.3:9001/x:9001"; };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config.services.mealie.enable = true; };
}
`,
      fix: /^Use port 9000, and open it in the firewall of a$/,
      leaves: [
        '"http://10.0.0.3:9000/x:9001"',
        'config.services.mealie.enable = true; config.networking.firewall.allowedTCPPorts = [ 9000 ]; };',
      ],
    },
  },
  says: {
    'where the service listens': {
      fixture: homelab('services.mealie = { enable = true; port = 9000; };'),
      message:
        /^films goes to port 8000 of films, where nothing listens: Mealie listens on 9000 \(films\.nix:13\)\. Use 9000\.$/,
    },
    'that it is the default': {
      fixture: homelab('services.mealie.enable = true;'),
      message: /Mealie listens on 9000 by default\. Use 9000\.$/,
    },
  },
});
