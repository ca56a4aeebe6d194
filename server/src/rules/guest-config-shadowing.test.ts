import { testRule } from '../../../test/engine/rule-suite';
import { guestConfigShadowing } from './guest-config-shadowing';

testRule(guestConfigShadowing, {
  finds: {
    'in the guest, and in a file that it imports': `
#- /a.nix
{ config, ... }: {
  containers.db = { localAddress = "10.0.0.3"; config = { imports = [ ./guest.nix ]; }; };
  containers.web.config = { config, pkgs, ... }: {
    services.web.database = config.containers.db.localAddress;
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error guest-config-shadowing
  };
}
#- /guest.nix
{ config, ... }: { services.db.host = "x \${config.containers.db.localAddress}"; }
#                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error guest-config-shadowing
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
`,
  },
  silent: {
    "the host's config: a guest that is a set, or a function without config": `
#- /a.nix
{ config, ... }: {
  containers.web.config = { services.web.host = config.containers.web.localAddress; };
  containers.db.config = _: { services.web.host = config.containers.web.localAddress; };
  containers.x.config = { pkgs, ... }: { services.web.host = config.containers.web.localAddress; };
}
`,
    "captured under another name, and the guest's own settings": `
#- /a.nix
{ config, ... }: let hostConfig = config; in {
  containers.web.config = { config, ... }: {
    services.web = { host = hostConfig.containers.web.localAddress; port = config.services.nginx.defaultHTTPListenPort; };
  };
}
`,
    'a guest with containers, a fallback, and a condition': `
#- /a.nix
{ lib, ... }: {
  containers.a.config = { config, ... }: { containers.b.localAddress = "10.0.0.2"; x = config.containers.b.localAddress; };
  containers.b.config = { config, ... }: { x = config.containers.b.localAddress or "none"; };
  containers.c.config = { config, lib, ... }: { x = lib.mkIf (config ? containers) config.containers.b.localAddress; };
}
`,
  },
  mends: {
    'by a name around the module': {
      fixture: `
#- /a.nix
{ config, ... }: {
  containers.web.config = { config, ... }: { services.web.host = config.containers.web.localAddress; };
}
`,
      fix: /as hostConfig/,
      leaves: [
        '{ config, ... }: let hostConfig = config; in {',
        'host = hostConfig.containers.web.localAddress;',
      ],
    },
  },
});
