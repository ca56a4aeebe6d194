import { describe, expect, it } from 'vitest';
import { factValue, onlyHost } from '../../../test/engine/routes';
import { SERVICE_OPTIONS } from '../schema/service-options';
import type { ServiceDoc } from '../schema/service';
import { SERVICES } from '../schema/tables/services';
import type { Guest } from './model';

async function guest(config: string): Promise<Guest> {
  const { containers } = await onlyHost(
    `\n#- /a.nix\n{ containers.a.config = { config, inputs, lib, pkgs, ... }: {\n${config}\n}; }\n`,
  );
  const found = containers[0]?.guest;
  if (found == null) throw new Error('there is no guest');
  return found;
}

async function listens(config: string): Promise<unknown[]> {
  return (await guest(config)).listeners.map(({ service, port, address }) => [
    service,
    factValue(port),
    factValue(address),
  ]);
}

/** What turns a service on, with `main` for the name of an instance. */
const enabled = ({ enable }: ServiceDoc): string => `${enable.replace(/<\w+>/g, 'main')} = true;`;

/** Services whose ports or addresses no option has until somebody sets it: the program’s own defaults apply. */
const WITHOUT_OPTION: ReadonlySet<string> = new Set([
  'gotify',
  'karakeep',
  'matrix-synapse',
  'mosquitto',
  'n8n',
  'redis',
  'searx',
  'stirling-pdf',
  'vaultwarden',
  'zigbee2mqtt',
]);

describe('the services of the table', () => {
  it.each(SERVICES.map((service) => [service.name, service] as const))(
    '%s listens by default where the table says',
    async (name, service) => {
      const own = await guest(enabled(service));
      expect(own.services.items).toEqual([name]);
      const [listener] = own.listeners.map(({ port, address }) => [factValue(port), factValue(address)]);
      const expected = [service.port.default, service.address.default];
      // Vaultwarden’s two defaults are one set, of which the table of services knows no part.
      if (name === 'vaultwarden') expect(listener).toEqual([8222, '::1']);
      else if (service.address.form === 'endpoint' && expected[1] === null)
        expect(listener).toEqual([expected[0], '0.0.0.0']);
      else expect(listener).toEqual(expected);
    },
  );

  it.each(
    SERVICES.flatMap((service) => {
      const { option } = service.port;
      if (option === null || service.port.form === 'sockets' || WITHOUT_OPTION.has(service.name)) return [];
      return [[option, service] as const];
    }),
  )('evaluates config.%s in a guest', async (option, service) => {
    const path = option.replace(/<\w+>/g, 'main');
    const own = await guest(`${enabled(service)} environment.etc.port.text = "\${toString config.${path}}";`);
    const text = own.system.option(['environment', 'etc'])?.value.force();
    const file = text?.type === 'attrs' ? text.entries.get('port')?.value.force() : undefined;
    const value = file?.type === 'attrs' ? file.entries.get('text')?.value.force() : undefined;
    expect(value?.type === 'string' && value.text).toMatch(
      new RegExp(`(^|:)${service.port.default ?? ''}(/|$)`),
    );
  });

  it('have a row with a default for each address that their modules set', () => {
    const rows = new Map(SERVICE_OPTIONS.map((row) => [row.path, row]));
    const without = SERVICES.filter(
      ({ name, address: { option, default: standard, form } }) =>
        option !== null &&
        standard !== null &&
        form !== 'sockets' &&
        !WITHOUT_OPTION.has(name) &&
        rows.get(option)?.default === undefined,
    );
    // Theirs depends on other options.
    expect(without.map(({ name }) => name)).toEqual(['forgejo', 'gitea']);
  });
});

describe('what a service listens on', () => {
  it.each([
    [
      'a number',
      'services.immich = { enable = true; port = 8080; host = "0.0.0.0"; };',
      [['immich', 8080, '0.0.0.0']],
    ],
    [
      'an endpoint',
      'services.syncthing = { enable = true; guiAddress = "0.0.0.0:80"; };',
      [['syncthing', 80, '0.0.0.0']],
    ],
    [
      'a text',
      'services.uptime-kuma = { enable = true; settings.PORT = "80"; };',
      [['uptime-kuma', 80, '127.0.0.1']],
    ],
    [
      'a list of listeners',
      'services.matrix-synapse = { enable = true; settings.listeners = [ { port = 1; bind_addresses = [ "::1" "10.0.0.2" ]; } { port = 2; bind_addresses = [ "127.0.0.1" ]; } ]; };',
      [
        ['matrix-synapse', 1, '10.0.0.2'],
        ['matrix-synapse', 2, '127.0.0.1'],
      ],
    ],
    [
      'the sockets of its site',
      'services.nextcloud.enable = true; services.nginx.virtualHosts."cloud.example.org".listen = [ { addr = "0.0.0.0"; port = 8080; } ];',
      [['nextcloud', 8080, '0.0.0.0']],
    ],
    [
      'nginx’ port for HTTP, where its sites name no sockets',
      'services.nextcloud.enable = true; services.nginx.defaultHTTPListenPort = 8081; services.nginx.virtualHosts."cloud.example.org".forceSSL = false;',
      [['nextcloud', 8081, null]],
    ],
    [
      'its instances that are on',
      'services.redis.servers = { main = { enable = true; port = 6379; }; other = { enable = false; port = 6380; }; };',
      [['redis', 6379, '127.0.0.1']],
    ],
    [
      'the option’s old name',
      'services.kanidm = { enableServer = true; serverSettings.bindaddress = "0.0.0.0:443"; };',
      [['kanidm', 443, '0.0.0.0']],
    ],
    [
      'a switch',
      'services.postgresql = { enable = true; enableTCPIP = true; };',
      [['postgresql', 5432, '0.0.0.0']],
    ],
    ['nothing while only another part is on', 'services.deluge.enable = true;', []],
  ])('is %s', async (_what, config, expected) => {
    expect(await listens(config)).toEqual(expected);
  });

  it('is not known where the option is not', async () => {
    for (const config of [
      'services.immich = { enable = true; port = inputs.port; };',
      'services.vaultwarden = { enable = true; config = { DOMAIN = "https://a"; } // inputs.settings; };',
      'services.redis.servers.main = lib.mkMerge [ { enable = true; } pkgs.settings ];',
    ]) {
      const [listener] = (await guest(config)).listeners;
      expect(listener?.port.kind, config).toBe('unknown');
    }
  });
});
