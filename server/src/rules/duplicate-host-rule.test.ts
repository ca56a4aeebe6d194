import { testRule } from '../../../test/engine/rule-suite';
import { duplicateHostRule } from './duplicate-host-rule';

const TRAEFIK = `#- /traefik.nix
{ ... }: {
  containers.traefik = {
    autoStart = true;
    config = { config, ... }: {
      services.traefik = {
        enable = true;
        staticConfigOptions.entryPoints = {
          web = { address = ":80"; http.redirections.entrypoint = { to = "websecure"; scheme = "https"; }; };
          websecure = { address = ":443"; asDefault = true; http.tls.certResolver = "letsencrypt"; };
        };
      };
    };
  };
}
`;

/** A homelab in which two services want one name; the import of one is a comment. */
const flake = (line: string): string => `#- /flake.nix
{
  inputs.agenix.url = "github:ryantm/agenix";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; domain = "example.org"; };
      modules = [
        ./traefik.nix
${line}
        ./containers/opencloud.nix
        inputs.agenix.nixosModules.default
      ];
    };
  };
}
`;

const SERVICES = `#- /containers/nextcloud.nix
{ domain, config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.nextcloud.loadbalancer.servers = [{ url = "http://\${config.containers.nextcloud.localAddress}"; }];
    routers.nextcloud = {
      rule = "Host(\`cloud.\${domain}\`)";
MARK1
      service = "nextcloud";
      entrypoints = [ "websecure" ];
    };
  };
  containers.nextcloud = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.7"; };
}
#- /containers/opencloud.nix
{ domain, config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.opencloud.loadBalancer.servers = [{ url = "http://\${config.containers.opencloud.localAddress}:9200"; }];
    routers.opencloud = {
      rule = "Host(\`cloud.\${domain}\`)";
MARK2
      service = "opencloud";
      entryPoints = [ "websecure" ];
    };
  };
  containers.opencloud = { privateNetwork = true; hostAddress = "10.0.0.100"; localAddress = "10.0.0.101"; };
}
`;

const marked = (one: string, two: string): string => SERVICES.replace('MARK1\n', one).replace('MARK2\n', two);
const under = (severity: string): string =>
  `#            ^^^^^^^^^^^^^^^^^^^^^^^^^ ${severity} duplicate-host-rule\n`;

const HTTP = 'services.traefik.dynamicConfigOptions.http';

/** Routers of a Traefik on the host itself, with entry points web, websecure (TLS) and plain. */
const routers = (body: string): string => `
#- /a.nix
{ lib, inputs, ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints = {
      web.address = ":80";
      websecure = { address = ":443"; http.tls = { }; };
    };
  };
  ${body}
}
`;

testRule(duplicateHostRule, {
  finds: {
    'two services that want one name, also where their modules are imported': `
${flake(`        ./containers/nextcloud.nix
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ information duplicate-host-rule`).replace(
  '        ./containers/opencloud.nix\n',
  `        ./containers/opencloud.nix
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ information duplicate-host-rule
`,
)}${TRAEFIK}${marked(under('error'), under('error'))}`,
    'a module that is not imported: a hint on that side only': `
${flake('        # ./containers/nextcloud.nix')}${TRAEFIK}${marked(under('hint'), '')}`,
    'the same rule in another form, on default entry points': routers(`${HTTP}.routers = {
    one = { rule = "Host(\`a.example.org\`) || Host(\`b.example.org\`)"; service = "noop@internal"; };
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error duplicate-host-rule
    two = { rule = "Host(\`B.example.org\`)||Host(\`a.example.org\`)"; service = "noop@internal"; };
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error duplicate-host-rule
  };`),
    'the same priority in words, and TCP': routers(`${HTTP}.routers = {
    one = { rule = "PathPrefix(\`/\`)"; service = "noop@internal"; priority = 1; };
#                  ^^^^^^^^^^^^^^^^^ error duplicate-host-rule
    two = { rule = "PathPrefix(\`/\`)"; service = "noop@internal"; priority = 1; };
#                  ^^^^^^^^^^^^^^^^^ error duplicate-host-rule
  };
  services.traefik.dynamicConfigOptions.tcp.routers = {
    one = { rule = "HostSNI(\`*\`)"; service = "a"; entryPoints = [ "web" ]; };
#                  ^^^^^^^^^^^^^^ error duplicate-host-rule
    two = { rule = "HostSNI(\`*\`)"; service = "b"; entryPoints = [ "web" "websecure" ]; };
#                  ^^^^^^^^^^^^^^ error duplicate-host-rule
  };`),
    'routers that one function writes: at their names': routers(`imports = [
    (let route = host: { rule = "Host(\`\${host}\`)"; service = "noop@internal"; }; in {
      ${HTTP}.routers = {
        one = route "a.example.org";
#       ^^^ error duplicate-host-rule
        two = route "a.example.org";
#       ^^^ error duplicate-host-rule
        three = route "c.example.org";
      };
    })
  ];`),
  },
  silent: {
    'pairs for http and https with the same host': routers(`${HTTP}.routers = rec {
    search-http = { rule = "Host(\`search.example.org\`)"; service = "search"; entryPoints = [ "web" ]; };
    search-https = search-http // { entryPoints = [ "websecure" ]; tls = { }; };
    blog = { rule = "Host(\`blog.example.org\`)"; service = "blog"; entryPoints = [ "web" ]; };
    blog-tls = { rule = "Host(\`blog.example.org\`)"; service = "blog"; entryPoints = [ "web" ]; tls = { }; };
  };`),
    'every name on different TCP entry points': `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints = { ssh.address = ":22"; smtp.address = ":25"; };
    dynamicConfigOptions.tcp.routers = {
      ssh = { rule = "HostSNI(\`*\`)"; service = "ssh"; entryPoints = [ "ssh" ]; };
      smtp = { rule = "HostSNI(\`*\`)"; service = "smtp"; entryPoints = [ "smtp" ]; };
    };
  };
}
`,
    'a priority that separates them, one that is not known, paths, and rules that are not known':
      routers(`${HTTP}.routers = {
    one = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; };
    two = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; priority = 100; };
    three = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; priority = inputs.numbers.three; };
    four = { rule = "Host(\`a.example.org\`) && PathPrefix(\`/api\`)"; service = "noop@internal"; };
    five = { rule = "Host(\`\${inputs.names.five}\`)"; service = "noop@internal"; };
    six = { rule = "Host(\`\${inputs.names.five}\`)"; service = "noop@internal"; };
  };`),
    'Traefiks of different containers, and of different hosts': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
    nixosConfigurations.two = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; };
  };
}
#- /a.nix
{ ... }: {
  containers.inner.config.services.traefik = { enable = true; dynamicConfigOptions.http.routers.a = { rule = "Host(\`a\`)"; service = "a"; }; };
  containers.outer.config.services.traefik = { enable = true; dynamicConfigOptions.http.routers.b = { rule = "Host(\`a\`)"; service = "b"; }; };
}
#- /b.nix
{ ... }: { services.traefik = { enable = true; dynamicConfigOptions.http.routers.c = { rule = "Host(\`a\`)"; service = "c"; }; }; }
`,
    'entry points that are not known': `
#- /a.nix
{ inputs, ... }: {
  services.traefik = {
    enable = true;
    staticConfigOptions = inputs.presets.traefik;
    dynamicConfigOptions.http.routers = {
      a = { rule = "Host(\`a\`)"; service = "a"; entryPoints = inputs.presets.inside; };
      b = { rule = "Host(\`a\`)"; service = "b"; entryPoints = [ "web" ]; };
    };
  };
}
`,
    'a module that is not imported, and a router of it under a condition that does not hold': `
${flake('        # ./containers/nextcloud.nix')}${TRAEFIK}${marked('', '').replace(
      '{ domain, config, ... }: {\n  containers.traefik',
      '{ domain, config, lib, ... }: lib.mkIf false {\n  containers.traefik',
    )}`,
    'a rule that is being typed': routers(`${HTTP}.routers = {
    one = { rule = "Host(\`a.example.org\`)"; service = "noop@internal"; };
    two = { rule = "Host(\`a.example.org"; service = "noop@internal"; };
    three = { rule = "Host(\`a.example.org"; service = "noop@internal"; };
  };`),
  },
  says: {
    'which router and where': {
      fixture: `
${flake('        ./containers/nextcloud.nix')}${TRAEFIK}${marked('', '')}`,
      message:
        /cloud\.example\.org goes to router opencloud \(containers\/opencloud\.nix:4\) too: same rule at entry point websecure/,
    },
    'why a module is not imported': {
      fixture: `
${flake('        # ./containers/nextcloud.nix')}${TRAEFIK}${marked('', '')}`,
      message:
        /would clash with it if containers\/nextcloud\.nix were imported\. Now its import is commented out in flake\.nix:8/,
    },
  },
});
