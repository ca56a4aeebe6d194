/** An option that NixOS had, and has no more under this name. */
export interface RetiredOption {
  /** `<…>` stands for any name. */
  readonly path: string;
  /** The option that takes its value as it is; null where none does. A name with a dot in it stands in quotes. */
  readonly to: string | null;
  /** The first release without it. */
  readonly release: string;
  /** What NixOS does about a configuration that sets it: refuses it, or warns and goes on. */
  readonly effect: 'refused' | 'warned';
  /** What to write instead, as a sentence; left out where `to` says it. */
  readonly instead?: string;
  /**
   * The module of nixpkgs that says so; every row was read there, old name and new. The release is the module's own word
   * for `nix.*` only, else from release notes and from which versions of the module have the old option.
   */
  readonly source: string;
}

/** Options that were renamed: their old names work and warn. */
function renamed(release: string, source: string, names: Readonly<Record<string, string>>): RetiredOption[] {
  return Object.entries(names).map(([path, to]) => ({ path, to, release, effect: 'warned', source }));
}

/** Options that were removed: to set one fails. */
function removed(release: string, source: string, names: Readonly<Record<string, string>>): RetiredOption[] {
  return Object.entries(names).map(([path, instead]) => ({
    path,
    to: null,
    release,
    effect: 'refused',
    instead,
    source,
  }));
}

const NIX = 'nixpkgs nixos/modules/config/nix.nix';
const SSHD = 'nixpkgs nixos/modules/services/networking/ssh/sshd.nix';
const GRAFANA = 'nixpkgs nixos/modules/services/monitoring/grafana.nix';
const GITEA = 'nixpkgs nixos/modules/services/misc/gitea.nix';
const NEXTCLOUD = 'nixpkgs nixos/modules/services/web-apps/nextcloud.nix';
const GRAPHICS = 'nixpkgs nixos/modules/hardware/graphics.nix';

export const RETIRED_OPTIONS: readonly RetiredOption[] = [
  {
    path: 'containers.<name>.pkgs',
    to: null,
    release: '20.09',
    effect: 'refused',
    instead:
      'Use `nixpkgs` of the container for another nixpkgs, or `config.nixpkgs.pkgs` for a set of packages.',
    source: 'nixpkgs nixos/modules/virtualisation/nixos-containers.nix',
  },
  ...removed('22.05', 'nixpkgs nixos/modules/services/home-automation/home-assistant.nix', {
    'services.home-assistant.applyDefaultConfig':
      'Write `default_config = { };` into `services.home-assistant.config`.',
    'services.home-assistant.autoExtraComponents':
      'Delete it: the components are read from `services.home-assistant.config` in any case.',
  }),
  ...renamed('22.05', 'nixpkgs nixos/modules/services/security/vaultwarden', {
    'services.bitwarden_rs': 'services.vaultwarden',
  }),
  ...renamed('22.05', 'nixpkgs nixos/modules/services/misc/paperless.nix', {
    'services.paperless-ng': 'services.paperless',
  }),
  ...renamed('22.05', NIX, {
    'nix.allowedUsers': 'nix.settings.allowed-users',
    'nix.autoOptimiseStore': 'nix.settings.auto-optimise-store',
    'nix.binaryCachePublicKeys': 'nix.settings.trusted-public-keys',
    'nix.binaryCaches': 'nix.settings.substituters',
    'nix.trustedUsers': 'nix.settings.trusted-users',
  }),
  ...renamed('22.05', 'nixpkgs nixos/modules/security/acme', {
    'security.acme.email': 'security.acme.defaults.email',
    'security.acme.server': 'security.acme.defaults.server',
  }),
  ...renamed('22.11', GRAFANA, {
    'services.grafana.addr': 'services.grafana.settings.server.http_addr',
    'services.grafana.analytics.reporting.enable': 'services.grafana.settings.analytics.reporting_enabled',
    'services.grafana.auth.anonymous.enable': 'services.grafana.settings."auth.anonymous".enabled',
    'services.grafana.auth.anonymous.org_name': 'services.grafana.settings."auth.anonymous".org_name',
    'services.grafana.auth.anonymous.org_role': 'services.grafana.settings."auth.anonymous".org_role',
    'services.grafana.auth.disableLoginForm': 'services.grafana.settings.auth.disable_login_form',
    'services.grafana.database.connMaxLifetime': 'services.grafana.settings.database.conn_max_lifetime',
    'services.grafana.database.password': 'services.grafana.settings.database.password',
    'services.grafana.database.path': 'services.grafana.settings.database.path',
    'services.grafana.database.user': 'services.grafana.settings.database.user',
    'services.grafana.domain': 'services.grafana.settings.server.domain',
    'services.grafana.port': 'services.grafana.settings.server.http_port',
    'services.grafana.protocol': 'services.grafana.settings.server.protocol',
    'services.grafana.rootUrl': 'services.grafana.settings.server.root_url',
    'services.grafana.security.adminPassword': 'services.grafana.settings.security.admin_password',
    'services.grafana.security.adminUser': 'services.grafana.settings.security.admin_user',
    'services.grafana.security.secretKey': 'services.grafana.settings.security.secret_key',
    'services.grafana.server.serveFromSubPath': 'services.grafana.settings.server.serve_from_sub_path',
    'services.grafana.smtp.enable': 'services.grafana.settings.smtp.enabled',
    'services.grafana.smtp.user': 'services.grafana.settings.smtp.user',
    'services.grafana.users.allowOrgCreate': 'services.grafana.settings.users.allow_org_create',
    'services.grafana.users.autoAssignOrg': 'services.grafana.settings.users.auto_assign_org',
    'services.grafana.users.autoAssignOrgRole': 'services.grafana.settings.users.auto_assign_org_role',
  }),
  ...renamed('23.05', SSHD, {
    'services.openssh.ciphers': 'services.openssh.settings.Ciphers',
    'services.openssh.forwardX11': 'services.openssh.settings.X11Forwarding',
    'services.openssh.gatewayPorts': 'services.openssh.settings.GatewayPorts',
    'services.openssh.kbdInteractiveAuthentication': 'services.openssh.settings.KbdInteractiveAuthentication',
    'services.openssh.kexAlgorithms': 'services.openssh.settings.KexAlgorithms',
    'services.openssh.logLevel': 'services.openssh.settings.LogLevel',
    'services.openssh.macs': 'services.openssh.settings.Macs',
    'services.openssh.passwordAuthentication': 'services.openssh.settings.PasswordAuthentication',
    'services.openssh.permitRootLogin': 'services.openssh.settings.PermitRootLogin',
    'services.openssh.useDns': 'services.openssh.settings.UseDns',
  }),
  ...renamed('23.05', 'nixpkgs nixos/modules/system/boot/tmp.nix', {
    'boot.cleanTmpDir': 'boot.tmp.cleanOnBoot',
    'boot.tmpOnTmpfs': 'boot.tmp.useTmpfs',
    'boot.tmpOnTmpfsSize': 'boot.tmp.tmpfsSize',
  }),
  ...renamed('23.05', GITEA, {
    'services.gitea.domain': 'services.gitea.settings.server.DOMAIN',
    'services.gitea.httpAddress': 'services.gitea.settings.server.HTTP_ADDR',
    'services.gitea.httpPort': 'services.gitea.settings.server.HTTP_PORT',
    'services.gitea.rootUrl': 'services.gitea.settings.server.ROOT_URL',
  }),
  ...renamed('23.11', 'nixpkgs nixos/modules/config/fonts/packages.nix', {
    'fonts.fonts': 'fonts.packages',
  }),
  ...renamed('24.05', 'nixpkgs nixos/modules/services/databases/postgresql.nix', {
    'services.postgresql.port': 'services.postgresql.settings.port',
  }),
  ...renamed('24.05', NEXTCLOUD, {
    'services.nextcloud.config.defaultPhoneRegion': 'services.nextcloud.settings.default_phone_region',
    'services.nextcloud.config.extraTrustedDomains': 'services.nextcloud.settings.trusted_domains',
    'services.nextcloud.config.overwriteProtocol': 'services.nextcloud.settings.overwriteprotocol',
    'services.nextcloud.config.trustedProxies': 'services.nextcloud.settings.trusted_proxies',
    'services.nextcloud.extraOptions': 'services.nextcloud.settings',
  }),
  ...renamed('24.11', GRAPHICS, {
    'hardware.opengl.driSupport32Bit': 'hardware.graphics.enable32Bit',
    'hardware.opengl.enable': 'hardware.graphics.enable',
    'hardware.opengl.extraPackages': 'hardware.graphics.extraPackages',
    'hardware.opengl.extraPackages32': 'hardware.graphics.extraPackages32',
    'hardware.opengl.package': 'hardware.graphics.package',
    'hardware.opengl.package32': 'hardware.graphics.package32',
  }),
  // What else was below `sound` has a name below `hardware.alsa` since 25.05.
  ...removed('24.11', 'nixpkgs nixos/modules/services/audio/alsa.nix', {
    'sound.enable': 'Delete it: sound needs no option of its own any more.',
    'sound.mediaKeys': 'Use a daemon for hotkeys, such as `services.actkbd`.',
  }),
  ...removed('24.11', GRAPHICS, {
    'hardware.opengl.driSupport': 'Delete it: it has no effect any more.',
  }),
];
