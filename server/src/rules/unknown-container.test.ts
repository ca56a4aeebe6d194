import { testRule } from '../../../test/engine/rule-suite';
import { unknownContainer } from './unknown-container';

testRule(unknownContainer, {
  finds: {
    'a misspelt name in a backend': `
#- /immich.nix
{ config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.services.immich.loadBalancer.servers = [
    { url = "http://\${config.containers.imich.localAddress}:2283"; }
#                                       ^^^^^ error unknown-container
  ];
  containers.immich = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
}
`,
    'a container whose module is not imported': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ config, ... }: {
  containers.a.config.services.a.upstream = config.containers.b.localAddress;
#                                                             ^ error unknown-container
}
#- /b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
`,
    'through an alias of config, inside the guest': `
#- /a.nix
{ config, ... }: let hostConfig = config; in {
  containers.a = {
    privateNetwork = true;
    config = { config, ... }: {
      services.a.host = hostConfig.containers.gone.localAddress;
#                                             ^^^^ error unknown-container
    };
  };
}
`,
  },
  silent: {
    'a container defined in another file, or in pieces': `
#- /a.nix
{ config, ... }: { containers.a.config.services.a.upstream = config.containers.b.localAddress; }
#- /b.nix
{ containers.b.localAddress = "10.0.0.2"; }
`,
    'guarded references': `
#- /a.nix
{ config, lib, ... }: {
  services.a.one = config.containers.gone.localAddress or "none";
  services.a.two = lib.mkIf (config.containers ? gone) config.containers.gone.localAddress;
  services.a.three = lib.optional (config.containers ? gone) config.containers.gone.localAddress;
  services.a.four = if config.containers ? gone then config.containers.gone.localAddress else null;
  containers.a.autoStart = true;
}
`,
    "the guest's own config": `
#- /a.nix
{ ... }: {
  containers.a.config = { config, ... }: { services.a.host = config.containers.inner.localAddress or null; };
}
`,
    'names that are computed outside': `
#- /a.nix
{ config, inputs, ... }: {
  containers = inputs.registry.containers;
  services.a.host = config.containers.somewhere.localAddress;
}
`,
    'a host with an import that cannot be read': `
#- /a.nix
{ config, ... }: { imports = [ (import ./broken.nix) ]; services.a.host = config.containers.b.localAddress; }
#- /broken.nix
{ containers.b = {
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `
#- /a.nix
{ config, ... }: {
  services.a.host = config.containers.vaultwarde.localAddress;
  containers.vaultwarden = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
}
`,
      fix: /Use vaultwarden/,
      leaves: ['config.containers.vaultwarden.localAddress'],
    },
  },
});
