import { testRule } from '../../../test/engine/rule-suite';
import { backendWrongContainer } from './backend-wrong-container';

const container = (name: string, number: number, config: string): string =>
  `containers.${name} = { privateNetwork = true; hostAddress = "10.0.${number}.1"; localAddress = "10.0.${number}.2"; config = { ${config} }; };`;
const GRAPHS = container(
  'graphs',
  1,
  'services.grafana = { enable = true; settings.server = { http_port = 4060; http_addr = "0.0.0.0"; }; }; networking.firewall.allowedTCPPorts = [ 4060 ];',
);
const METRICS = container(
  'metrics',
  2,
  'services.influxdb2.enable = true; networking.firewall.allowedTCPPorts = [ 8086 ];',
);
const route = (name: string, url: string): string => `
    routers.${name} = { rule = "Host(\`${name}.example.org\`)"; service = "${name}"; };
    services.${name}.loadBalancer.servers = [ { url = ${url}; } ];`;
const graphs = route('graphs', '"http://${config.containers.graphs.localAddress}:4060"');
const homelab = (metrics: string, first = GRAPHS, second = METRICS): string => `
#- /a.nix
{ config, inputs, lib, ... }: {
  services.traefik.dynamicConfigOptions.http = {${graphs}${metrics}
  };
  ${first}
  ${second}
}
`;

/** A helper that makes each route out of an entry. */
const HELPER = `
#- /proxy.nix
{ lib, config, ... }: {
  options.homelab.entries = lib.mkOption { default = [ ]; };
  config.services.traefik.dynamicConfigOptions.http = lib.foldl' lib.recursiveUpdate { } (map (entry: {
    routers.\${entry.name} = { rule = "Host(\`\${entry.domain}\`)"; service = entry.name; };
    services.\${entry.name}.loadBalancer.servers = [ { url = "http://\${entry.target}:\${toString entry.port}"; } ];
  }) config.homelab.entries);
}
#- /graphs.nix
{ config, ... }: {
  homelab.entries = [ { name = "graphs"; domain = "graphs.example.org"; port = 4060; target = config.containers.graphs.localAddress; } ];
  ${GRAPHS}
}
`;

testRule(backendWrongContainer, {
  finds: {
    'copied from another file': `${HELPER}
#- /metrics.nix
{ config, ... }: {
  homelab.entries = [
    {
      name = "metrics";
      domain = "metrics.example.org";
      port = 8086;
      target = config.containers.graphs.localAddress;
#                                ^^^^^^ warning backend-wrong-container
    }
  ];
  ${METRICS}
}
`,
    'in the URL': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"').replace(
        /^( *services.*)$/m,
        (line: string) => {
          const at = line.indexOf('graphs');
          return `${line}\n#${' '.repeat(at - 1)}^^^^^^ warning backend-wrong-container`;
        },
      ),
    ),
    'with a literal address': homelab(
      route('metrics', '"http://10.0.1.2:8086"').replace(/^( *services.*)$/m, (line: string) => {
        const at = line.indexOf('"http');
        return `${line}\n#${' '.repeat(at - 1)}${'^'.repeat('"http://10.0.1.2:8086"'.length)} warning backend-wrong-container`;
      }),
    ),
  },
  silent: {
    'the right one': homelab(route('metrics', '"http://${config.containers.metrics.localAddress}:8086"')),
    'a name that is no container': homelab(
      route('stats', '"http://${config.containers.graphs.localAddress}:4060"'),
    ),
    'two routes to one container': homelab(
      `${route('metrics', '"http://${config.containers.metrics.localAddress}:8086"')}
    routers.metrics-api = { rule = "Host(\`api.example.org\`)"; service = "graphs"; };`,
    ),
    'the container is reached by another route': homelab(
      `${route('metrics', '"http://${config.containers.graphs.localAddress}:8086"')}${route('m2', '"http://${config.containers.metrics.localAddress}:8086"')}`,
    ),
    'the other container has no route of its own name': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"'),
    ).replace(graphs, route('dashboards', '"http://${config.containers.graphs.localAddress}:4060"')),
    'the other container passes requests on': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"'),
      GRAPHS.replace(
        'config = {',
        'config = { services.nginx = { enable = true; virtualHosts."x.example.org".locations."/".proxyPass = "http://10.0.2.2:8086"; };',
      ),
    ),
    'something in the other container may pass them on': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"'),
      GRAPHS.replace('config = {', 'config = { systemd.services.relay.script = "socat";'),
    ),
    'the container takes nothing in on that port': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:4060"'),
    ),
    'it is not known what the container takes in': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"'),
      GRAPHS,
      METRICS.replace('[ 8086 ]', 'inputs.ports'),
    ),
    'the container is not imported': homelab(
      route('metrics', '"http://${config.containers.graphs.localAddress}:8086"'),
      GRAPHS,
      '',
    ),
    'several servers': homelab(
      route(
        'metrics',
        '"http://${config.containers.graphs.localAddress}:8086"; } { url = "http://${config.containers.metrics.localAddress}:8086"',
      ),
    ),
    'the service bears the name of what it reaches': homelab(
      'routers.metrics = { rule = "Host(`metrics.example.org`)"; service = "graphs"; };',
    ),
  },
  mends: {
    'by naming the other container': {
      fixture: homelab(route('metrics', '"http://${config.containers.graphs.localAddress}:8086"')),
      fix: /^Use metrics$/,
      leaves: ['"http://${config.containers.metrics.localAddress}:8086"'],
    },
  },
  says: {
    'what is meant': {
      fixture: homelab(route('metrics', '"http://${config.containers.graphs.localAddress}:8086"')),
      message:
        /^metrics goes to graphs, which has a route of its own \(a\.nix:3\), and not to metrics \(a\.nix:9\), which no route reaches\. Use the address of metrics if it is meant\.$/,
    },
  },
});
