import { testRule } from '../../../test/engine/rule-suite';
import { invalidContainerName } from './invalid-container-name';

testRule(invalidContainerName, {
  finds: {
    'an underscore': `
#- /a.nix
{
  containers.auth_proxy.config = { };
#            ^^^^^^^^^^ error invalid-container-name
}
`,
    'a dot, a blank, a dash at the end': `
#- /a.nix
{
  containers."web.example".config = { };
#            ^^^^^^^^^^^^^ error invalid-container-name
  containers."my web".config = { };
#            ^^^^^^^^ error invalid-container-name
  containers.web-.config = { };
#            ^^^^ error invalid-container-name
}
`,
  },
  silent: {
    'letters, digits, dashes, capitals, and more than 11 characters': `
#- /a.nix
{
  containers.web.config = { };
  containers."2fa".config = { };
  containers.Nextcloud-Testing.config = { };
  containers.changedetection-and-more.config = { };
}
`,
    'a name that is not known': `
#- /a.nix
{ inputs, ... }: { containers.\${inputs.name}.config = { }; }
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a_b.config = { }; }
`,
  },
  mends: {
    'everywhere it is written': {
      fixture: `
#- /a.nix
{ config, ... }: {
  services.x.url = "http://\${config.containers.auth_proxy.localAddress}";
  containers.auth_proxy = { localAddress = "10.0.0.2"; config = { }; };
}
`,
      fix: /auth-proxy/,
      leaves: ['config.containers.auth-proxy.localAddress', 'containers.auth-proxy = {'],
    },
  },
});
