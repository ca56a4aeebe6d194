/** What turns a service on, beside `services.<name>.enable`. */
export interface EnablingOption {
  /** The name under `services`. */
  readonly service: string;
  /** Below `services.<service>`; `<name>` stands for the name of an instance. */
  readonly option: string;
  /** What the option has to be: true, not false (instances are on by default), or only there. */
  readonly on: 'true' | 'not false' | 'there';
}

function rows(on: EnablingOption['on'], options: readonly string[]): EnablingOption[] {
  return options.map((path) => {
    const [service = '', ...option] = path.split('.');
    return { service, option: option.join('.'), on };
  });
}

/**
 * Services with instances, and services whose parts are turned on one by one; those of the table of services say it
 * there. Source: the services' modules in nixpkgs, nixos/modules/services, 2024 to 2026.
 */
export const ENABLED_BY: readonly EnablingOption[] = [
  ...rows('true', [
    'bitcoind.<name>.enable',
    'buildkite-agents.<name>.enable',
    'drupal.sites.<name>.enable',
    'errbot.instances.<name>.enable',
    'frp.instances.<name>.enable',
    'geth.<name>.enable',
    'gitea-actions-runner.instances.<name>.enable',
    'github-runners.<name>.enable',
    'invoiceplane.sites.<name>.enable',
    'kanidm.enableServer',
    'minecraft-servers.servers.<name>.enable',
    'prometheus.alertmanager.enable',
    'prometheus.pushgateway.enable',
    'restic.server.enable',
    'tigerbeetle.instances.<name>.enable',
    'wyoming.faster-whisper.servers.<name>.enable',
    'wyoming.openwakeword.enable',
    'wyoming.piper.servers.<name>.enable',
  ]),
  ...rows('not false', ['anubis.instances.<name>.enable', 'nebula.networks.<name>.enable']),
  ...rows('there', [
    'borgbackup.jobs.<name>',
    'borgbackup.repos.<name>',
    'openvpn.servers.<name>',
    'phpfpm.pools.<name>',
    'restic.backups.<name>',
    'wordpress.sites.<name>',
  ]),
];
