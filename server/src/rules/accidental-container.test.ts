import { testRule } from '../../../test/engine/rule-suite';
import { accidentalContainer } from './accidental-container';

const WEB = `
#- /containers/web.nix
{ config, ... }: {
  containers.proxy.config.services.traefik.dynamicConfigOptions.http = {
#            ^^^^^ warning accidental-container
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
    services.web.loadBalancer.servers = [ { url = "http://10.0.0.3:80"; } ];
  };
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
}`;
const PROXY = `
#- /containers/proxy.nix
{
  containers.proxy = {
    autoStart = true;
    config.services.traefik.enable = true;
  };
}`;

testRule(accidentalContainer, {
  finds: {
    'routes without the proxy, whose import is commented out': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      modules = [
        # ./containers/proxy.nix
        ./containers/web.nix
      ];
    };
  };
}${WEB}${PROXY}
`,
  },
  silent: {
    'the proxy is there': `${WEB}${PROXY}
`,
    'the proxy may come from outside': `
#- /a.nix
{ inputs, ... }: {
  containers.proxy.config.services.traefik.dynamicConfigOptions.http.routers.web.rule = "Host(\`a\`)";
  containers.other = inputs.x;
  imports = [ (inputs.x.y or ./none.nix) ];
}
`,
    'a small container of its own': `
#- /a.nix
{ containers.a.config = { services.nginx.enable = true; }; containers.b.config = { imports = [ ./b.nix ]; }; }
#- /b.nix
{ services.traefik.dynamicConfigOptions.http = { }; services.traefik.enable = true; }
`,
  },
  mends: {
    'by the import that is commented out': {
      fixture: `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      modules = [
        # ./containers/proxy.nix
        ./containers/web.nix
      ];
    };
  };
}${WEB}${PROXY}
`,
      fix: /Import proxy\.nix/,
      leaves: ['        ./containers/proxy.nix'],
    },
  },
});
