import { testRule } from '../../../test/engine/rule-suite';
import { unknownService } from './unknown-service';

/** A Traefik that the repository turns on, in a container and in a file of its own. */
const TRAEFIK = `#- /traefik.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.websecure.address = ":443";
  };
}
`;

testRule(unknownService, {
  finds: {
    'a misspelt name, beside the service it means': `
${TRAEFIK}#- /immich.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.immich.loadBalancer.servers = [ { url = "http://10.0.0.2:2283"; } ];
    routers.immich = { rule = "Host(\`photos.example.org\`)"; service = "imich"; };
#                                                                     ^^^^^^^ error unknown-service
  };
}
`,
    'another case: names are compared exactly': `
${TRAEFIK}#- /immich.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.Immich.loadBalancer.servers = [ { url = "http://10.0.0.2:2283"; } ];
    routers.immich = { rule = "Host(\`photos.example.org\`)"; service = "immich@file"; };
#                                                                     ^^^^^^^^^^^^^ error unknown-service
  };
}
`,
    'a TCP router whose services are all commented out, on the host itself': `
#- /traefik.nix
{ ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.matrix.address = ":8448";
    dynamicConfigOptions = {
      http.routers.chat = { rule = "Host(\`chat.example.org\`)"; service = "chat"; };
      http.services.chat.loadBalancer.servers = [ { url = "http://127.0.0.1:8008"; } ];
      tcp = {
        routers.matrix = { rule = "HostSNI(\`*\`)"; entryPoints = [ "matrix" ]; service = "chat"; };
#                                                                                       ^^^^^^ error unknown-service
        # services.chat.loadBalancer.servers = [ { address = "127.0.0.1:8448"; } ];
      };
    };
  };
}
`,
    'a service named by a weighted one, a mirror and a middleware': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "both"; middlewares = [ "pages" ]; };
    services.both.weighted.services = [ { name = "old"; weight = 9; } { name = "new"; weight = 1; } ];
#                                                                              ^^^^^ error unknown-service
    services.old.mirroring = { service = "real"; mirrors = [ { name = "copy"; percent = 5; } ]; };
#                                                                     ^^^^^^ error unknown-service
    services.real.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
    middlewares.pages.errors = { status = [ "500-599" ]; service = "error-page"; query = "/{status}.html"; };
#                                                                  ^^^^^^^^^^^^ error unknown-service
  };
}
`,
    'a name in a middleware that nobody uses': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    middlewares.pages.errors = { status = [ "500-599" ]; service = "vhost"; query = "/{status}.html"; };
#                                                                  ^^^^^^^ warning unknown-service
  };
}
`,
    'a name that comes from elsewhere, at the place that uses it': `
${TRAEFIK}#- /a.nix
{ ... }: let name = "photos"; in {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.\${name} = { rule = "Host(\`a.example.org\`)"; service = "\${name}-backend"; };
#                                                                 ^^^^^^^^^^^^^^^^^ error unknown-service
    services.\${name}.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
  };
}
`,
  },
  silent: {
    'services of other providers': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers = {
    api = { rule = "Host(\`traefik.example.org\`)"; service = "api@internal"; };
    noop = { rule = "Host(\`noop.example.org\`)"; service = "noop@internal"; };
    docker = { rule = "Host(\`web.example.org\`)"; service = "web@docker"; };
    env = { rule = "Host(\`env.example.org\`)"; service = "{{ env \\"SERVICE\\" }}"; };
  };
}
`,
    'services that are defined in another file, under a condition, or by a function': `
${TRAEFIK}#- /a.nix
{ lib, inputs, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    routers.b = { rule = "Host(\`b.example.org\`)"; service = "b"; };
    routers.c = { rule = "Host(\`c.example.org\`)"; service = "c@file"; };
    services = lib.genAttrs [ "c" ] (name: { loadBalancer.servers = [ { url = "http://\${name}.lan"; } ]; });
  };
}
#- /b.nix
{ lib, inputs, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
    services.b = lib.mkIf inputs.flags.b { loadBalancer.servers = [ { url = "http://10.0.0.3"; } ]; };
  };
}
`,
    'services that are computed outside, all or some': `
${TRAEFIK}#- /a.nix
{ inputs, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    services = inputs.registry.services;
  };
}
`,
    'a section that holds more than is known': `
${TRAEFIK}#- /a.nix
{ inputs, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions = {
    http = { routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; }; } // inputs.registry.http;
  };
}
`,
    'a module inside the guest that cannot be read': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix ]; }; }; }
#- /traefik.nix
{ ... }: {
  containers.traefik.config = {
    imports = [ ./services.nix ];
    services.traefik = {
      enable = true;
      dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
    };
  };
}
#- /services.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancer.servers = [
`,
    'a Traefik that somebody else configures': `
#- /a.nix
{ inputs, ... }: {
  containers.traefik.config = {
    imports = [ inputs.presets.nixosModules.traefik ];
    services.traefik.dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
  };
}
`,
    'a Traefik that reads a file or a folder instead': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.providers.file.directory = "/etc/traefik";
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
  };
}
`,
    'a Traefik that is off, and a router that may not be there': `
#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik = {
    enable = false;
    dynamicConfigOptions.http.routers.a = { rule = "Host(\`a.example.org\`)"; service = "a"; };
  };
}
#- /b.nix
{ lib, inputs, ... }: {
  containers.other.config.services.traefik = {
    enable = true;
    dynamicConfigOptions.http.routers.a = lib.mkIf inputs.flags.a { rule = "Host(\`a.example.org\`)"; service = "a"; };
  };
}
`,
    'a module that no host imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix ]; }; }; }
${TRAEFIK}#- /a.nix
{ containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "a"; }; }
`,
    'text that is being typed': `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.a.loadBalancer.servers = [ { url = "http://10.0.0.2"; } ];
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "a
  };
}
`,
  },
  mends: {
    'a misspelt name, its provider kept': {
      fixture: `
${TRAEFIK}#- /immich.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.immich.loadBalancer.servers = [ { url = "http://10.0.0.2:2283"; } ];
    routers.immich = { rule = "Host(\`photos.example.org\`)"; service = "imich@file"; };
  };
}
`,
      fix: /Use immich/,
      leaves: ['service = "immich@file"'],
    },
  },
  says: {
    'what there is where nothing is near': {
      fixture: `
${TRAEFIK}#- /a.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.a = { rule = "Host(\`a.example.org\`)"; service = "something-else"; };
    services.immich.loadBalancer.servers = [ { url = "http://10.0.0.2:2283"; } ];
    services.vault.loadBalancer.servers = [ { url = "http://10.0.0.3:80"; } ];
  };
}
`,
      message: /no service something-else\. The router answers nothing\. There are immich and vault\./,
    },
  },
});
