import { testRule } from '../../../test/engine/rule-suite';
import { forwardAuthUnreachable } from './forward-auth-unreachable';

interface Parts {
  /** Of the middleware. */
  readonly address: string;
  /** Of the container auth, beside its addresses. */
  readonly auth?: string;
  readonly config?: string;
  /** Beside the middleware, in the configuration for HTTP. */
  readonly http?: string;
  /** Of the Traefik's own container. */
  readonly traefik?: string;
  /** Of the host. */
  readonly host?: string;
  readonly severity?: 'error' | 'warning' | null;
}

const OWN_NETWORK = 'privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5";';
/** A program of one's own, of which nobody knows where it listens. */
const PROGRAM = 'systemd.services.auth.script = "serve";';
const OPEN = `${PROGRAM} networking.firewall.allowedTCPPorts = [ 9091 ];`;

/** A Traefik in a container whose router asks an address first, and a container that may answer there. */
const homelab = ({
  address,
  auth = '',
  config = OPEN,
  http = '',
  traefik = '',
  host = '',
  severity = null,
}: Parts): string => `
#- /a.nix
{ config, inputs, lib, ... }: {
  ${host}
  containers.traefik = {
    autoStart = true; ${traefik}
    config.services.traefik = {
      enable = true;
      dynamicConfigOptions.http = {
        routers.app = { rule = "Host(\`app.example.org\`)"; service = "app"; middlewares = [ "auth" ]; };
        services.app.loadBalancer.servers = [ { url = "http://192.0.2.7:80"; } ];
        middlewares.auth.forwardAuth.address =
          ${address};
${severity === null ? '' : `#         ${'^'.repeat(address.length)} ${severity} forward-auth-unreachable\n`}        ${http}
      };
    };
  };
  containers.auth = {
    privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; ${auth}
    config = {
      ${config}
    };
  };
}
`;
const REFERENCE = '"http://${config.containers.auth.localAddress}:9091/api/verify"';
const LITERAL = '"http://10.0.0.3:9091/api/verify"';
/** An Authelia, which listens on 9091 of every address by default. */
const AUTHELIA = 'services.authelia.instances.main = { enable = true; settings.theme = "dark"; };';
const ROUTE_TO_IT =
  'routers.auth = { rule = "Host(`auth.example.org`)"; service = "auth"; }; services.auth.loadBalancer.servers = [ { url = "http://10.0.0.3:9091"; } ];';
const OTHER = (address: string): string =>
  `containers.other = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "${address}"; config = { }; };`;

const CLOSED = homelab({ address: REFERENCE, config: PROGRAM, severity: 'error' });
const NOT_IMPORTED = (severity: 'warning' | null): string => `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [
  ./a.nix
  # ./auth.nix
]; }; }; }
#- /a.nix
{
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      routers.app = { rule = "Host(\`app.example.org\`)"; service = "app"; middlewares = [ "auth" ]; };
      services.app.loadBalancer.servers = [ { url = "http://10.0.0.3:80"; } ];
      middlewares.auth.forwardAuth.address =
        "http://10.0.0.7:9091";
${severity === null ? '' : `#       ^^^^^^^^^^^^^^^^^^^^^^ ${severity} forward-auth-unreachable\n`}    };
  };
  containers.app = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
  ${severity === null ? 'networking.interfaces.eth0.ipv4.addresses = [ { address = "10.0.0.7"; prefixLength = 24; } ];' : ''}
}
#- /auth.nix
{ containers.auth = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.7"; config = { ${OPEN} }; }; }
`;

testRule(forwardAuthUnreachable, {
  finds: {
    'the firewall of the guest keeps the port closed': CLOSED,
    'another port is open': homelab({
      address: LITERAL,
      config: `${PROGRAM} networking.firewall.allowedTCPPorts = [ 9000 ];`,
      severity: 'error',
    }),
    'by a chain, which a router uses': homelab({
      address: REFERENCE,
      config: PROGRAM,
      http: 'middlewares.secured.chain.middlewares = [ "auth" ]; routers.b = { rule = "Host(`b.example.org`)"; service = "app"; middlewares = [ "secured" ]; };',
      severity: 'error',
    }),
    'the service listens on another port': homelab({
      address: '"http://10.0.0.3:9092"',
      config: AUTHELIA,
      severity: 'error',
    }),
    'the service listens on loopback': homelab({
      address: REFERENCE,
      config:
        'services.authelia.instances.main = { enable = true; settings.server.address = "tcp://127.0.0.1:9091/"; }; networking.firewall.allowedTCPPorts = [ 9091 ];',
      severity: 'error',
    }),
    "the loopback of the proxy's guest": homelab({
      address: '"http://127.0.0.1:9091/api/verify"',
      traefik: OWN_NETWORK,
      severity: 'error',
    }),
    'the container is not imported': NOT_IMPORTED('warning'),
    'an address that no container has': homelab({
      address: '"http://10.0.0.33:9091"',
      host: OTHER('10.0.0.9'),
      severity: 'warning',
    }),
    'the name of the container': homelab({ address: '"http://auth:9091"', severity: 'warning' }),
    'a name as the host knows it, of a container that is not there': homelab({
      address: '"http://authelia.containers:9091"',
      severity: 'warning',
    }),
    'a name as the host knows it, in a guest': homelab({
      address: '"http://auth.containers:9091"',
      traefik: OWN_NETWORK,
      severity: 'warning',
    }),
  },
  silent: {
    'the port is open': homelab({ address: REFERENCE }),
    'an Authelia as it is by default': homelab({
      address: REFERENCE,
      config: `${AUTHELIA} networking.firewall.allowedTCPPorts = [ 9091 ];`,
    }),
    'the firewall is off': homelab({
      address: REFERENCE,
      config: `${PROGRAM} networking.firewall.enable = false;`,
    }),
    'the open ports are not known': homelab({
      address: REFERENCE,
      config: `${PROGRAM} networking.firewall.allowedTCPPorts = inputs.ports;`,
    }),
    'a route comes to the same closed port, and says so': homelab({
      address: REFERENCE,
      config: PROGRAM,
      http: ROUTE_TO_IT,
    }),
    'nothing uses the middleware': homelab({ address: REFERENCE, config: PROGRAM }).replace(
      'middlewares = [ "auth" ];',
      '',
    ),
    'only a chain that nothing uses': homelab({
      address: REFERENCE,
      config: PROGRAM,
      http: 'middlewares.secured.chain.middlewares = [ "auth" ];',
    }).replace('middlewares = [ "auth" ]; };\n', '};\n'),
    'the middleware is there under a condition': homelab({ address: REFERENCE, config: PROGRAM }).replace(
      /middlewares\.auth\.forwardAuth\.address =\s+([^;]+);/,
      'middlewares = lib.mkIf inputs.on { auth.forwardAuth.address = $1; };',
    ),
    'the address is not known': homelab({ address: 'inputs.address', config: PROGRAM }),
    'the loopback of the host, where the proxy is in its network': homelab({
      address: '"http://127.0.0.1:9091/api/verify?rd=https://auth.example.org/"',
    }),
    'the loopback of the host, for a proxy on it': homelab({
      address: '"http://localhost:9091"',
      host: 'services.authelia.instances.main = { enable = true; settings.theme = "dark"; };',
    }),
    "the loopback of the proxy's guest, where something listens": homelab({
      address: '"http://127.0.0.1:9091"',
      traefik: `${OWN_NETWORK} config.services.authelia.instances.main = { enable = true; settings.theme = "dark"; };`,
    }),
    'an address outside': homelab({ address: '"https://auth.example.org/api/verify"' }),
    "an address of the host's network": homelab({ address: '"http://192.168.1.20:9091"' }),
    'an address that is written elsewhere too': homelab({
      address: '"http://10.0.0.33:9091"',
      host: `${OTHER('10.0.0.9')} networking.nat.forwardPorts = [ { destination = "10.0.0.33:80"; sourcePort = 80; } ];`,
    }),
    'an address that the host has itself': NOT_IMPORTED(null),
    'a name that the guest is told': homelab({
      address: '"http://auth:9091"',
      traefik: 'config.networking.hosts."10.0.0.3" = [ "auth" ];',
    }),
    'a name that the domain completes': homelab({
      address: '"http://auth:9091"',
      host: 'networking.search = [ "lan" ];',
    }),
    'a name that a server of the homelab may answer': homelab({
      address: '"http://auth:9091"',
      host: 'services.dnsmasq.enable = true;',
    }),
    'a name on a bridge, where other machines may know it': homelab({
      address: '"http://auth:9091"',
      auth: 'hostBridge = "br0";',
    }),
    'a name that is no container': homelab({ address: '"http://nas:9091"' }),
    'a name as the host knows it, on the host': `
#- /a.nix
{
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      routers.app = { rule = "Host(\`app.example.org\`)"; service = "app"; middlewares = [ "auth" ]; };
      services.app.loadBalancer.servers = [ { url = "http://192.0.2.7:80"; } ];
      middlewares.auth.forwardAuth.address = "http://auth.containers:9091";
    };
  };
  containers.auth = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { ${OPEN} }; };
}
`,
    'the containers are not all known': homelab({
      address: '"http://auth:9091"',
      host: 'imports = [ inputs.more ];',
    }),
    'several containers have the address': homelab({
      address: LITERAL,
      config: PROGRAM,
      host: OTHER('10.0.0.3'),
    }),
    'the container is in the network of the host': homelab({ address: LITERAL, config: PROGRAM }).replace(
      'privateNetwork = true; hostAddress = "10.0.0.2";',
      '',
    ),
    'the Traefik reads another file': homelab({ address: REFERENCE, config: PROGRAM }).replace(
      'enable = true;\n',
      'enable = true; dynamicConfigFile = "/etc/traefik.toml";\n',
    ),
  },
  mends: {
    'by opening the port': {
      fixture: homelab({
        address: REFERENCE,
        config: `${PROGRAM} networking.firewall.allowedTCPPorts = [ 80 443 ];`,
      }),
      fix: /^Open port 9091 in the firewall of auth$/,
      leaves: ['networking.firewall.allowedTCPPorts = [ 80 443 9091 ];'],
    },
    "by the service's port": {
      fixture: homelab({ address: '"http://10.0.0.3:9092"', config: AUTHELIA }),
      fix: /^Use port 9091, and open it in the firewall of auth$/,
      leaves: ['"http://10.0.0.3:9091"'],
    },
    'by the address of the container': {
      fixture: homelab({ address: '"http://auth:9091/api"' }),
      fix: /^Write 10\.0\.0\.3$/,
      leaves: ['"http://10.0.0.3:9091/api"'],
    },
    'by the address in place of an old one': {
      fixture: homelab({ address: '"http://10.0.0.33:9091"', host: OTHER('10.0.0.9') }),
      fix: /^Write 10\.0\.0\.3$/,
      leaves: ['"http://10.0.0.3:9091"'],
    },
    'by importing it again': {
      fixture: NOT_IMPORTED('warning'),
      fix: /^Import auth\.nix again$/,
      leaves: ['\n  ./auth.nix'],
    },
  },
  says: {
    'what happens': {
      fixture: CLOSED,
      message:
        /^The middleware auth cannot ask auth who may come in: the guest's firewall does not let port 9091 in\. Add 9091 to `networking\.firewall\.allowedTCPPorts` in the guest\. Until then Traefik answers whoever comes to a router with auth by an error\.$/,
    },
    'where a name comes from': {
      fixture: homelab({ address: '"http://auth:9091"' }),
      message:
        /^The middleware auth asks nobody who may come in: Traefik does not find auth, for containers are not known by name\. Write 10\.0\.0\.3, the address of auth\./,
    },
  },
});
