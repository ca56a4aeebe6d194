import { testRule } from '../../../test/engine/rule-suite';
import { unknownServersTransport } from './unknown-servers-transport';

testRule(unknownServersTransport, {
  finds: {
    'a transport of the other protocol, and a misspelt one': `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      routers.a = { rule = "Host(\`a\`)"; service = "a"; };
      serversTransports.insecure.insecureSkipVerify = true;
      services.a.loadBalancer = { servers = [ { url = "https://10.0.0.2"; } ]; serversTransport = "insecur"; };
#                                                                                                 ^^^^^^^^^ error unknown-servers-transport
    };
    dynamicConfigOptions.tcp.routers.b = { rule = "HostSNI(\`*\`)"; service = "b"; };
    dynamicConfigOptions.tcp.services.b.loadBalancer = { servers = [ { address = "10.0.0.2:22"; } ]; serversTransport = "insecure"; };
#                                                                                                                       ^^^^^^^^^^ error unknown-servers-transport
  };
}
`,
  },
  silent: {
    'the transport that is there, and those of other providers': `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      serversTransports.insecure.insecureSkipVerify = true;
      services.a.loadBalancer = { servers = [ { url = "https://10.0.0.2"; } ]; serverstransport = "insecure@file"; };
      services.b.loadBalancer = { servers = [ { url = "https://10.0.0.3"; } ]; serversTransport = "default@internal"; };
    };
  };
}
`,
    'transports that are computed outside': `
#- /a.nix
{ inputs, ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      serversTransports = inputs.presets.transports;
      services.a.loadBalancer = { servers = [ { url = "https://10.0.0.2"; } ]; serversTransport = "insecure"; };
    };
  };
}
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `
#- /a.nix
{ ... }: {
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      serversTransports.insecure.insecureSkipVerify = true;
      services.a.loadBalancer = { servers = [ { url = "https://10.0.0.2"; } ]; serversTransport = "insecur"; };
    };
  };
}
`,
      fix: /Use insecure/,
      leaves: ['serversTransport = "insecure"'],
    },
  },
});
