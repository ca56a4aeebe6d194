import { testRule } from '../../../test/engine/rule-suite';
import { prefixInUrl } from './prefix-in-url';

const BRIDGED = `
  containers.usenet = {
    privateNetwork = true;
    hostBridge = "br-media";
    localAddress = "172.20.0.2/24";
    config = { };
  };`;

testRule(prefixInUrl, {
  finds: {
    "a bridged container's address with its prefix": `
#- /usenet.nix
{ config, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.usenet = { rule = "Host(\`nzb.example.org\`)"; service = "usenet"; };
    services.usenet.loadBalancer.servers = [
      {
        url = "http://\${config.containers.usenet.localAddress}:8080";
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error prefix-in-url
      }
    ];
  };${BRIDGED}
}
`,
    'without a port, where it is what a container has': `
#- /usenet.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.usenet = { rule = "Host(\`nzb.example.org\`)"; service = "usenet"; };
    services.usenet.loadBalancer.servers = [
      {
        url = "http://172.20.0.2/24";
#             ^^^^^^^^^^^^^^^^^^^^^^ error prefix-in-url
      }
    ];
  };${BRIDGED}
}
`,
    'an address handed through a list of entries': `
#- /proxy.nix
{ lib, config, ... }: {
  options.homelab.entries = lib.mkOption { default = [ ]; };
  config.services.traefik.dynamicConfigOptions.http = lib.foldl' lib.recursiveUpdate { } (map (entry: {
    routers.\${entry.name} = { rule = "Host(\`\${entry.name}.example.org\`)"; service = entry.name; };
    services.\${entry.name}.loadBalancer.servers = [
      {
        url = "http://\${entry.target}:\${toString entry.port}";
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error prefix-in-url
      }
    ];
  }) config.homelab.entries);
}
#- /usenet.nix
{ config, ... }: {
  homelab.entries = [ { name = "usenet"; target = config.containers.usenet.extraVeths.ve-usenet.localAddress; port = 8080; } ];
  containers.usenet = {
    extraVeths.ve-usenet = { hostBridge = "br-media"; localAddress = "172.20.0.2/24"; };
    config = { };
  };
}
`,
  },
  silent: {
    'a bare address': `
#- /a.nix
{ config, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    services.a.loadBalancer.servers = [ { url = "http://\${config.containers.a.localAddress}:8080"; } ];
  };
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; };
}
`,
    'the prefix is cut off': `
#- /usenet.nix
{ config, lib, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    services.a.loadBalancer.servers = [ { url = "http://\${lib.removeSuffix "/24" config.containers.usenet.localAddress}:8080"; } ];
  };${BRIDGED}
}
`,
    'a path that is a number': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    services.a.loadBalancer.servers = [ { url = "http://172.20.0.9/24"; } { url = "http://172.20.0.2:80/24"; } ];
  };${BRIDGED}
}
`,
    'the address comes from outside': `
#- /a.nix
{ inputs, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    services.a.loadBalancer.servers = [ { url = "http://\${inputs.addresses.a}:8080"; } ];
  };
}
`,
  },
  mends: {
    'by cutting it off what is read from the container': {
      fixture: `
#- /usenet.nix
{ config, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    routers.usenet = { rule = "Host(\`nzb.example.org\`)"; service = "usenet"; };
    services.usenet.loadBalancer.servers = [ { url = "http://\${config.containers.usenet.localAddress}:8080"; } ];
  };${BRIDGED}
}
`,
      fix: /Leave the prefix out/,
      leaves: ['"http://${builtins.head (builtins.split "/" config.containers.usenet.localAddress)}:8080"'],
    },
    'by leaving it out of a literal': {
      fixture: `
#- /usenet.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.usenet = { rule = "Host(\`nzb.example.org\`)"; service = "usenet"; };
    services.usenet.loadBalancer.servers = [ { url = "http://172.20.0.2/24:8080"; } ];
  };${BRIDGED}
}
`,
      fix: /Leave the prefix out/,
      leaves: ['"http://172.20.0.2:8080"'],
    },
  },
});
