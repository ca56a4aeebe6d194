import { testRule } from '../../../test/engine/rule-suite';
import { unservedPort } from './unserved-port';

const guest = (config: string, network = 'privateNetwork = true;'): string => `
#- /a.nix
{ config, inputs, lib, ... }: {
  containers.a = {
    ${network} hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";
    config = {
      ${config}
    };
  };
}
`;

testRule(unservedPort, {
  finds: {
    'ports of a web server that is not there':
      guest(`services.vaultwarden = { enable = true; config.ROCKET_PORT = 8000; };
      networking.firewall.allowedTCPPorts = [ 80 443 8000 ];
#                                             ^^ hint unserved-port
#                                                ^^^ hint unserved-port`),
    'a port from before': guest(`services.mealie = { enable = true; port = 9001; };
      networking.firewall.allowedTCPPorts = [ 9000 9001 ];
#                                             ^^^^ hint unserved-port`),
    'nothing listens at all': guest(`networking.firewall.allowedTCPPorts = [ 8080 ];
#                                             ^^^^ hint unserved-port`),
  },
  silent: {
    'the port of the service': guest(
      'services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 9000 ];',
    ),
    'further ports of the service': guest(
      'services.immich.enable = true; networking.firewall.allowedTCPPorts = [ 2283 3003 ];',
    ),
    'ports of nginx': guest(
      'services.nextcloud = { enable = true; hostName = "a"; }; networking.firewall.allowedTCPPorts = [ 80 443 ];',
    ),
    'a number in the settings of the service': guest(
      'services.grafana = { enable = true; settings.x.y = "http://:9999"; }; networking.firewall.allowedTCPPorts = [ 9999 ];',
    ),
    'a service that is not in the table': guest(
      'services.radicale.enable = true; networking.firewall.allowedTCPPorts = [ 5232 ];',
    ),
    'a service with many ports': guest(
      'services.opencloud.enable = true; networking.firewall.allowedTCPPorts = [ 9200 9000 ];',
    ),
    'a program of one’s own': guest(
      'systemd.services.a.script = "serve"; networking.firewall.allowedTCPPorts = [ 8080 ];',
    ),
    'an image': guest(
      'virtualisation.oci-containers.containers.a = { image = "a"; }; networking.firewall.allowedTCPPorts = [ 8080 ];',
    ),
    'a module from outside': guest(
      'imports = [ inputs.a.nixosModules.default ]; networking.firewall.allowedTCPPorts = [ 8080 ];',
    ),
    'options that nobody declares': guest(
      'mailserver.enable = true; networking.firewall.allowedTCPPorts = [ 25 ];',
    ),
    'the port is computed': guest(
      'services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ config.containers.a.config.services.mealie.port ];',
    ),
    'ports by UDP': guest('services.mealie.enable = true; networking.firewall.allowedUDPPorts = [ 53 ];'),
    'the firewall is off': guest(
      'services.mealie.enable = true; networking.firewall = { enable = false; allowedTCPPorts = [ 80 ]; };',
    ),
    'the network of the host, of which another rule speaks': guest(
      'services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 80 ];',
      '',
    ),
    'a route goes there, of which another rule speaks': `${guest(
      'services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 9001 ];',
    )}
#- /proxy.nix
{ services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://10.0.0.3:9001"; }; }
`,
  },
  mends: {
    'by leaving it out': {
      fixture: guest('services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 80 9000 ];'),
      fix: /^Leave 80 out$/,
      leaves: ['allowedTCPPorts = [ 9000 ];'],
    },
    'with its line': {
      fixture: guest(`services.mealie.enable = true;
      networking.firewall.allowedTCPPorts = [
        80 # for nginx
        9000
      ];`),
      fix: /^Leave 80 out$/,
      leaves: ['allowedTCPPorts = ['],
    },
  },
  says: {
    'what listens instead': {
      fixture: guest('services.mealie.enable = true; networking.firewall.allowedTCPPorts = [ 80 9000 ];'),
      message: /^Nothing in a listens on port 80: Mealie listens on 9000 by default\. Leave it out\.$/,
    },
  },
});
