import { testRule } from '../../../test/engine/rule-suite';
import { hostPortConflict } from './host-port-conflict';

testRule(hostPortConflict, {
  finds: {
    'two guests that share the network of the host': `
#- /a.nix
{
  containers.a.config.services.grafana = {
    enable = true;
    settings.server = { http_port = 3000; http_addr = "0.0.0.0"; };
#                                   ^^^^ error host-port-conflict
  };
  containers.b.config.services.forgejo = {
    enable = true;
    settings.server = { HTTP_PORT = 3000; HTTP_ADDR = "127.0.0.1"; };
#                                   ^^^^ error host-port-conflict
  };
}
`,
    "Traefik's entry point, and a service of the host": `
#- /a.nix
{
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.web.address = ":8080";
#                                                 ^^^^^^^ error host-port-conflict
  };
  services.adguardhome = { enable = true; host = "0.0.0.0"; port = 8080; };
#                                                                  ^^^^ error host-port-conflict
}
`,
    "Traefik's internal port, which its insecure API opens": `
#- /a.nix
{
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.api.insecure = true;
#                                      ^^^^ error host-port-conflict
  };
  containers.dns.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
#                                                                                          ^^^^ error host-port-conflict
}
`,
  },
  silent: {
    'other ports, other addresses, and networks of their own': `
#- /a.nix
{
  containers.a.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
  containers.b.config.services.adguardhome = { enable = true; host = "127.0.0.2"; port = 8080; };
  containers.c.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8081; };
  containers.d = { privateNetwork = true; localAddress = "10.0.0.2"; config.services.adguardhome = { enable = true; host = "0.0.0.0"; port = 8080; }; };
}
`,
    'a Traefik that does not open its internal port': `
#- /a.nix
{
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      api = { insecure = false; dashboard = false; debug = false; };
      entryPoints = { web.address = ":80"; websecure.address = ":443"; };
    };
  };
  containers.dns.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
}
`,
    'a port or a network that is not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = inputs.x; };
  containers.b.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
  containers.c = { privateNetwork = inputs.y; config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; }; };
}
`,
    'the other one is off': `
#- /a.nix
{
  containers.a.config.services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
  containers.b.config.services.adguardhome = { enable = false; host = "127.0.0.1"; port = 8080; };
}
`,
  },
});
