/** How an option writes addresses that it trusts. */
export type TrustForm =
  /** A list of texts. */
  | 'list'
  /** One text, with commas between. */
  | 'commas';

/** An option by which a service is told whose word about visitors it may take. */
export interface TrustedProxies {
  /** The name in the table of services; null where that table does not have it. */
  readonly service: string | null;
  readonly title: string;
  /** The option that turns it on. */
  readonly enable: string;
  readonly option: string;
  readonly form: TrustForm;
  /** Where it is reached, for a service that the table of services does not have: an option that ends in a port. */
  readonly port?: { readonly option: string; readonly default: number };
  /** Whether the web server in front of it in the guest is its own, and says where the visitor comes from. */
  readonly servedByNginx?: true;
  /** What it does with requests from elsewhere: a clause. */
  readonly otherwise: string;
  /** Whether it does not answer them at all. */
  readonly refuses?: true;
  /** Names that stand for several addresses. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  readonly source: string;
}

const FORGETS = 'takes every visitor for the proxy, also where it counts failed logins';

/** Names of Express, for services that pass their list on to it. Source: proxy-addr, `IP_RANGES`. */
const EXPRESS = {
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  loopback: ['127.0.0.1/8', '::1/128'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

function forge(name: string, title: string): TrustedProxies {
  return {
    service: name,
    title,
    enable: `services.${name}.enable`,
    option: `services.${name}.settings.security.REVERSE_PROXY_TRUSTED_PROXIES`,
    form: 'commas',
    otherwise: FORGETS,
    source: `${title}'s configuration cheat sheet, section security`,
  };
}

function mediamtx(part: string, port: number): TrustedProxies {
  return {
    service: null,
    title: 'MediaMTX',
    enable: 'services.mediamtx.enable',
    option: `services.mediamtx.settings.${part}TrustedProxies`,
    form: 'list',
    port: { option: `services.mediamtx.settings.${part}Address`, default: port },
    otherwise: 'takes every visitor for the proxy',
    source: 'mediamtx.yml of bluenviron/mediamtx',
  };
}

/** Services that believe the headers of the proxies that they are told. */
export const TRUSTED_PROXIES: readonly TrustedProxies[] = [
  {
    service: 'nextcloud',
    title: 'Nextcloud',
    enable: 'services.nextcloud.enable',
    option: 'services.nextcloud.settings.trusted_proxies',
    form: 'list',
    servedByNginx: true,
    otherwise: `${FORGETS}, and shows a warning`,
    source:
      "Nextcloud's administration manual, reverse proxy; nixpkgs nixos/modules/services/web-apps/nextcloud.nix",
  },
  {
    service: 'home-assistant',
    title: 'Home Assistant',
    enable: 'services.home-assistant.enable',
    option: 'services.home-assistant.config.http.trusted_proxies',
    form: 'list',
    otherwise: 'answers every request with 400 Bad Request',
    refuses: true,
    source: 'home-assistant/core homeassistant/components/http/forwarded.py',
  },
  {
    service: 'immich',
    title: 'Immich',
    enable: 'services.immich.enable',
    option: 'services.immich.environment.IMMICH_TRUSTED_PROXIES',
    form: 'commas',
    otherwise: 'takes every visitor for the proxy',
    names: EXPRESS,
    source: 'immich-app/immich server/src/repositories/config.repository.ts',
  },
  {
    service: 'paperless',
    title: 'Paperless-ngx',
    enable: 'services.paperless.enable',
    option: 'services.paperless.settings.PAPERLESS_TRUSTED_PROXIES',
    form: 'commas',
    otherwise: 'names no visitor where it writes down failed logins',
    source: "Paperless-ngx's documentation of its configuration",
  },
  {
    service: 'photoprism',
    title: 'PhotoPrism',
    enable: 'services.photoprism.enable',
    option: 'services.photoprism.settings.PHOTOPRISM_TRUSTED_PROXY',
    form: 'commas',
    otherwise: FORGETS,
    source: "PhotoPrism's documentation of its options, networking",
  },
  {
    service: 'firefly-iii',
    title: 'Firefly III',
    enable: 'services.firefly-iii.enable',
    option: 'services.firefly-iii.settings.TRUSTED_PROXIES',
    form: 'commas',
    servedByNginx: true,
    otherwise: 'takes every visitor for the proxy, and its own address for one without TLS',
    source: 'firefly-iii/firefly-iii app/Http/Middleware/TrustProxies.php; Laravel, TrustProxies',
  },
  forge('forgejo', 'Forgejo'),
  forge('gitea', 'Gitea'),
  mediamtx('api', 9997),
  mediamtx('hls', 8888),
  mediamtx('playback', 9996),
  mediamtx('webrtc', 8889),
];
