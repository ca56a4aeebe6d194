import { testRule } from '../../../test/engine/rule-suite';
import { backendPortClosed } from './backend-port-closed';

/** A container with a network of its own, and a route of the host's Traefik to a port of it. */
const homelab = (config: string, port = '8000', more = ''): string => `
#- /docs.nix
{ config, inputs, lib, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.docs = { rule = "Host(\`docs.example.org\`)"; service = "docs"; };
    services.docs.loadBalancer.servers = [
      {
        url = "http://\${config.containers.docs.localAddress}:${port}";
      }
    ];
  };
  containers.docs = {
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
      `${line}#${' '.repeat(before.length - 1)}${'^'.repeat(url.length)} error backend-port-closed\n`,
  );

/** A program of one's own, of which nobody knows where it listens. */
const PROGRAM = 'systemd.services.docs.script = "serve";';

testRule(backendPortClosed, {
  finds: {
    'nothing is open': marked(homelab(PROGRAM)),
    'another port is open': marked(homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = [ 80 ];`)),
    'the port is open by UDP only': marked(
      homelab(`${PROGRAM} networking.firewall.allowedUDPPorts = [ 8000 ];`),
    ),
    'a range beside it': marked(
      homelab(`${PROGRAM} networking.firewall.allowedTCPPortRanges = [ { from = 8001; to = 8100; } ];`),
    ),
    'a trusted interface that leads elsewhere': marked(
      homelab(`${PROGRAM} networking.firewall.trustedInterfaces = [ "tailscale0" ];`),
    ),
    'openFirewall is switched off': marked(
      homelab('services.plex = { enable = true; openFirewall = false; };'),
    ),
    'openFirewall of a known service opens another port': marked(
      homelab(`${PROGRAM} services.immich = { enable = true; openFirewall = true; };`),
    ),
    'a service on the port, without its port opened': marked(
      homelab('services.mealie = { enable = true; port = 8000; };'),
    ),
    'a port from a let': marked(
      homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = let port = 9000; in [ port ];`),
    ),
    'the guest is a file of its own': `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./host.nix ]; }; };
}
#- /host.nix
{
  services.nginx = {
    enable = true;
    virtualHosts."paste.example.org".locations."/" = {
      proxyPass = "http://10.0.0.3:8080";
#                 ^^^^^^^^^^^^^^^^^^^^^^ error backend-port-closed
    };
  };
  containers.paste = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";
    config = ./paste.nix;
  };
}
#- /paste.nix
{ ... }: { services.microbin.enable = true; system.stateVersion = "23.11"; }
`,
    'caddy in another container': `
#- /a.nix
{
  containers.proxy = {
    privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5";
    config.services.caddy = {
      enable = true;
      virtualHosts."a.example.org".extraConfig = "reverse_proxy 10.0.0.3:3000";
#                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error backend-port-closed
    };
  };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config.services.radicale.enable = true; };
}
`,
    cloudflared: `
#- /a.nix
{
  services.cloudflared = {
    enable = true;
    tunnels.lab.ingress = {
      "usenet.example.org" = "http://10.0.0.3:8080";
#                            ^^^^^^^^^^^^^^^^^^^^^^ error backend-port-closed
    };
  };
  containers.usenet = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";
    config = { services.sabnzbd.enable = true; networking.firewall = { enable = true; allowedTCPPorts = [ 80 ]; }; };
  };
}
`,
    'one URL for many routes: at the container': `
#- /proxy.nix
{ lib, config, ... }: {
  options.homelab.entries = lib.mkOption { default = [ ]; };
  config.services.traefik.dynamicConfigOptions.http = lib.foldl' lib.recursiveUpdate { } (map (entry: {
    routers.\${entry.name} = { rule = "Host(\`\${entry.name}.example.org\`)"; service = entry.name; };
    services.\${entry.name}.loadBalancer.servers = [ { url = "http://\${entry.target}:\${toString entry.port}"; } ];
  }) config.homelab.entries);
}
#- /usenet.nix
{ config, ... }: {
  homelab.entries = [
    { name = "usenet"; target = config.containers.usenet.localAddress; port = 8080; }
    { name = "films"; target = config.containers.films.localAddress; port = 8080; }
  ];
  containers.usenet = {
#            ^^^^^^ error backend-port-closed
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";
    config = { services.sabnzbd.enable = true; networking.firewall.allowedTCPPorts = [ 80 ]; };
  };
  containers.films = {
    privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5";
    config = { services.sabnzbd.enable = true; networking.firewall.allowedTCPPorts = [ 8080 ]; };
  };
}
`,
  },
  silent: {
    'the port is open': homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = [ 8000 ];`),
    'a range': homelab(
      `${PROGRAM} networking.firewall.allowedTCPPortRanges = [ { from = 7990; to = 8010; } ];`,
    ),
    'on one interface': homelab(`${PROGRAM} networking.firewall.interfaces.eth0.allowedTCPPorts = [ 8000 ];`),
    'a range on one interface': homelab(
      `${PROGRAM} networking.firewall.interfaces."eth0".allowedTCPPortRanges = [ { from = 8000; to = 8000; } ];`,
    ),
    'a trusted interface': homelab(`${PROGRAM} networking.firewall.trustedInterfaces = [ "eth0" ];`),
    'every interface is trusted': homelab(`${PROGRAM} networking.firewall.trustedInterfaces = [ "e+" ];`),
    'the firewall is off': homelab(`${PROGRAM} networking.firewall.enable = false;`),
    'the firewall is forced off': homelab(`${PROGRAM} networking.firewall.enable = lib.mkForce false;`),
    'it is not known whether it is on': homelab(`${PROGRAM} networking.firewall.enable = inputs.strict;`),
    openFirewall: homelab('services.immich = { enable = true; openFirewall = true; };', '2283'),
    'openFirewall and a port that is set': homelab(
      'services.immich = { enable = true; port = 8000; openFirewall = true; };',
    ),
    'openFirewall of a service that is not in the table': homelab(
      'services.plex = { enable = true; openFirewall = true; };',
      '32400',
    ),
    'opening by another name, deep inside': homelab(
      'services.prometheus.exporters.node = { enable = true; openFirewall = true; };',
      '9100',
    ),
    'the SSH server opens its port by itself': homelab('services.openssh.enable = true;', '22'),
    'a computed list': homelab(
      `${PROGRAM} networking.firewall.allowedTCPPorts = builtins.map (entry: inputs.port entry) [ "8000" ];`,
    ),
    'a list that may hold more': homelab(
      `${PROGRAM} networking.firewall.allowedTCPPorts = [ 80 ] ++ inputs.ports;`,
    ),
    'ports from a let': homelab(
      `${PROGRAM} networking.firewall.allowedTCPPorts = let port = 8000; in [ port ];`,
    ),
    'rules of iptables': homelab(
      `${PROGRAM} networking.firewall.extraCommands = "iptables -A nixos-fw -s 10.0.0.0/24 -j nixos-fw-accept";`,
    ),
    'rules of nftables': homelab(
      `${PROGRAM} networking.nftables.enable = true; networking.firewall.extraInputRules = "tcp dport 8000 accept";`,
    ),
    'a ruleset': homelab(`${PROGRAM} networking.nftables.ruleset = "table inet filter { }";`),
    'ports of images are published past the firewall': homelab(
      'virtualisation.oci-containers.containers.docs = { image = "docs"; ports = [ "8000:8000" ]; };',
    ),
    'a module from outside may open it': homelab('imports = [ inputs.mail.nixosModules.default ];'),
    'a module from outside with the firewall in an option': homelab(
      'imports = [ inputs.photos.nixosModules.default ]; services.photos.enable = true;',
    ),
    'part of the guest is not known': homelab(`networking = inputs.networking // { };`),
    'it shares the network of the host': homelab(PROGRAM).replace('privateNetwork = true; ', ''),
    'its network is not known': homelab(PROGRAM).replace(
      'privateNetwork = true;',
      'privateNetwork = inputs.isolated;',
    ),
    'the guest is a built system': homelab(PROGRAM).replace(
      /config = \{ pkgs[^]*?\n {4}\};/,
      'path = "/var/guest";',
    ),
    'the port is not known': homelab(PROGRAM, '${toString inputs.port}'),
    'the proxy is in the same guest': homelab(`
      services.nginx = { enable = true; virtualHosts."docs.example.org".locations."/".proxyPass = "http://127.0.0.1:9000"; };
      networking.firewall.allowedTCPPorts = [ 80 8000 ];`),
    'the proxy is in the same guest and uses its own address': homelab(`
      services.nginx = { enable = true; virtualHosts."docs.example.org".locations."/".proxyPass = "http://10.0.0.3:9000"; };
      networking.firewall.allowedTCPPorts = [ 80 8000 ];`),
    'two containers have the address': `${homelab(PROGRAM)}
#- /other.nix
{ containers.other = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.3"; config = { }; }; }
`,
    'the module is not imported': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9"; config = { }; }; }
${homelab(PROGRAM)}`,
    'the service is known to listen elsewhere, which is the mistake': homelab(
      'services.mealie = { enable = true; port = 9000; }; networking.firewall.allowedTCPPorts = [ 9000 ];',
    ),
  },
  mends: {
    'by adding to the list': {
      fixture: homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = [ 80 ];`),
      fix: /^Open port 8000 in the firewall of docs$/,
      leaves: ['allowedTCPPorts = [ 80 8000 ];'],
    },
    'with a list in the set that is there': {
      fixture: homelab(`${PROGRAM} networking = { firewall.enable = true; };`),
      fix: /^Open port 8000/,
      leaves: ['firewall.enable = true; firewall.allowedTCPPorts = [ 8000 ]; };'],
    },
    'with a first line about it': {
      fixture: homelab(PROGRAM),
      fix: /^Open port 8000/,
      leaves: ['networking.firewall.allowedTCPPorts = [ 8000 ];'],
    },
    'by taking the port that is open': {
      fixture: homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = [ 9000 ];`),
      fix: /^Use port 9000, which is open$/,
      leaves: ['"http://${config.containers.docs.localAddress}:9000"'],
    },
    'in the file of the guest': {
      fixture: `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./host.nix ]; }; }; }
#- /host.nix
{
  services.nginx = { enable = true; virtualHosts."a.example.org".locations."/".proxyPass = "http://10.0.0.3:8080"; };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = ./a.nix; };
}
#- /a.nix
{ ... }:
{
  services.microbin.enable = true;
}
`,
      fix: /^Open port 8080/,
      leaves: ['  services.microbin.enable = true;'],
    },
  },
  says: {
    'what is open instead, and where': {
      fixture: homelab(`${PROGRAM} networking.firewall.allowedTCPPorts = [ 80 ];`),
      message:
        /^The route docs cannot reach the container docs: the guest's firewall does not let port 8000 in, only 80 \(docs\.nix:13\)\. Add 8000 to `networking\.firewall\.allowedTCPPorts` in the guest\.$/,
    },
  },
});
