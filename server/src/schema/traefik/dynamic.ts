import { set, type TraefikFields } from './field';
import { HTTP_FIELDS } from './http';
import { TCP_FIELDS, UDP_FIELDS } from './layer-four';
import { TLS_FIELDS } from './tls';

/**
 * What Traefik reads of `services.traefik.dynamicConfigOptions`: 431 keys, from pkg/config/dynamic and pkg/tls of
 * Traefik v3.7.9 (facts/traefik-dynamic.json). `scripts/refresh-traefik.mjs` compares them with a checkout.
 */
export const DYNAMIC_FIELDS: TraefikFields = {
  http: set('Routers, services, middlewares and transports for HTTP.', HTTP_FIELDS, {
    manual: 'reference/routing-configuration/http/routing/router/',
  }),
  tcp: set('Routers, services, middlewares and transports for TCP connections.', TCP_FIELDS, {
    manual: 'reference/routing-configuration/tcp/routing/router/',
  }),
  udp: set('Routers and services for UDP.', UDP_FIELDS, {
    manual: 'reference/routing-configuration/udp/routing/router/',
  }),
  tls: set('Certificates, and rules for TLS.', TLS_FIELDS, {
    manual: 'reference/routing-configuration/http/tls/overview/',
  }),
};
