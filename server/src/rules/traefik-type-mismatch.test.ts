import { testRule } from '../../../test/engine/rule-suite';
import { traefikTypeMismatch } from './traefik-type-mismatch';

testRule(traefikTypeMismatch, {
  finds: {
    'values that Traefik cannot read': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a.priority = "high";
#                        ^^^^^^ error traefik-type-mismatch
    routers.b.tls = { certResolver = { name = "le"; }; };
#                                    ^^^^^^^^^^^^^^^^ error traefik-type-mismatch
    routers.c.observability = true;
#                             ^^^^ error traefik-type-mismatch
    services.a.loadBalancer.passHostHeader = "yes";
#                                            ^^^^^ error traefik-type-mismatch
    services.a.loadBalancer.healthCheck = { interval = "1d"; path = "/"; };
#                                                      ^^^^ error traefik-type-mismatch
    services.b.loadBalancer = [ { servers = [ ]; } ];
#                             ^^^^^^^^^^^^^^^^^^^^^^ error traefik-type-mismatch
    services.c.loadBalancer.strategy = "random";
#                                      ^^^^^^^^ error traefik-type-mismatch
  };
}
`,
    'values that Traefik passes over': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions = {
    http.services.a.loadBalancer.servers = { url = "http://10.0.0.2"; };
#                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning traefik-type-mismatch
    http.services.b.loadBalancer.servers = [ "http://10.0.0.2" ];
#                                          ^^^^^^^^^^^^^^^^^^^^^ warning traefik-type-mismatch
    tls.options.default.minVersion = "TLS13";
#                                    ^^^^^^^ warning traefik-type-mismatch
  };
  services.traefik.staticConfigOptions.log.level = "VERBOSE";
#                                                  ^^^^^^^^^ warning traefik-type-mismatch
}
`,
    'a value that a variable brings': `
#- /a.nix
{ ... }: let wait = "5 minutes"; in {
  services.traefik.staticConfigOptions.entryPoints.web.transport.respondingTimeouts.readTimeout = wait;
#                                                                                                 ^^^^ error traefik-type-mismatch
}
`,
  },
  silent: {
    'what Traefik turns into the type it wants': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http = {
    routers.a = { priority = "10"; entryPoints = "web,websecure"; middlewares = [ ]; tls = true; };
    services.a.loadBalancer = {
      passHostHeader = "false";
      servers = [ { url = "http://10.0.0.2"; weight = "2"; } ];
      healthCheck = { interval = 10; timeout = "1m30s"; port = 80; status = "200"; };
    };
    middlewares.h.headers = { stsSeconds = "31536000"; customRequestHeaders.X-Port = 80; };
  };
  services.traefik.staticConfigOptions = {
    log.level = "debug";
    accessLog = true;
    entryPoints.web = { address = 80; transport.respondingTimeouts.readTimeout = 0; };
    metrics.prometheus.buckets = [ 0.1 1 ];
    certificatesResolvers.le.acme.storage = /var/lib/traefik/acme.json;
  };
}
`,
    'what is filled in later': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.http.routers.a.priority = "{{ env \\"PRIORITY\\" }}";
  services.traefik.staticConfigOptions.entryPoints.web.http.maxHeaderBytes = "$MAX";
}
`,
    'values that are not known': `
#- /a.nix
{ inputs, ... }: {
  services.traefik.dynamicConfigOptions.http.routers.a.priority = inputs.priority;
  services.traefik.dynamicConfigOptions.http.services.a.loadBalancer.servers = map (url: { inherit url; }) inputs.urls;
}
`,
    'values of the versions of TLS': `
#- /a.nix
{
  services.traefik.dynamicConfigOptions.tls.options = {
    a.minVersion = "VersionTLS12";
    b = { maxVersion = "VersionTLS13"; curvePreferences = [ "x25519" ]; };
  };
}
`,
  },
  mends: {
    'a yes': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.http.services.a.loadBalancer.passHostHeader = "no"; }
`,
      fix: /Write false/,
      leaves: ['passHostHeader = false;'],
    },
    'a version of TLS': {
      fixture: `
#- /a.nix
{ services.traefik.dynamicConfigOptions.tls.options.default.minVersion = "1.3"; }
`,
      fix: /Write "VersionTLS13"/,
      leaves: ['minVersion = "VersionTLS13";'],
    },
    days: {
      fixture: `
#- /a.nix
{ services.traefik.staticConfigOptions.ping.terminatingStatusCode = 503;
  services.traefik.staticConfigOptions.entryPoints.web.transport.keepAliveMaxTime = "2d"; }
`,
      fix: /Write "48h"/,
      leaves: ['keepAliveMaxTime = "48h";'],
    },
  },
});
