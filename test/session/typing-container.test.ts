import { describe, expect, test } from 'vitest';
import { withServer } from './with-server';

const FLAKE = `{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs = { domain = "example.org"; };
      modules = [ ./containers/web.nix ./containers/films.nix ];
    };
  };
}
`;
const WEB = `{ ... }: {
  containers.web = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    config = { system.stateVersion = "25.11"; };
  };
}
`;
const FILMS = `{ config, domain, ... }: {
  containers.films = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.0.3";
    localAddress = "10.0.0.4";
    config = {
      services.jellyfin.enable = true;
      networking.firewall.allowedTCPPorts = [ 8096 ];
      system.stateVersion = "25.11";
    };
  };
  x = config.containers.films.localAddress;
}
`;

/** What has to be among the offers when so much is written, and what has to come first. */
const EXPECTED: readonly (readonly [written: string, label: string, first?: true])[] = [
  ['{ config, do', 'domain', true],
  ['  con', 'containers'],
  ['containers.films = {\n    au', 'autoStart', true],
  ['autoStart = ', 'true', true],
  ['    priv', 'privateNetwork'],
  ['hostAddress = "', '10.0.0.3', true],
  ['localAddress = "', '10.0.0.4', true],
  ['config = {\n      ser', 'services'],
  ['services.jel', 'jellyfin'],
  ['services.jellyfin.en', 'enable', true],
  ['networking.firewall.al', 'allowedTCPPorts'],
  ['x = config.containers.', 'films', true],
  ['x = config.containers.films.lo', 'localAddress', true],
];

describe('a container that is typed and deleted again', () => {
  test('is completed at each step, and never answered with an error', { timeout: 300_000 }, async () => {
    const file = 'containers/films.nix';
    await withServer(
      { files: { 'flake.nix': FLAKE, 'containers/web.nix': WEB, [file]: '' } },
      async (client) => {
        const offered = new Map<number, readonly string[]>();
        await client.open(file, '');
        for (const letter of FILMS) {
          await client.typeAtEnd(file, letter);
          const items = await client.completionsAtEnd(file);
          const labels = items.map(({ label }) => label);
          expect(new Set(labels).size, client.text(file)).toBe(labels.length);
          offered.set(client.text(file).length, labels);
        }
        for (const [written, label, first] of EXPECTED) {
          const labels = offered.get(FILMS.indexOf(written) + written.length) ?? [];
          expect(FILMS, written).toContain(written);
          expect(labels, written).toContain(label);
          if (first === true) expect(labels[0], written).toBe(label);
        }
        while (client.text(file) !== '') {
          await client.typeAtEnd(file, { erase: 1 });
          const labels = (await client.completionsAtEnd(file)).map(({ label }) => label);
          const left = client.text(file);
          for (const [written, label] of EXPECTED)
            if (left.length === FILMS.indexOf(written) + written.length)
              expect(labels, written).toContain(label);
        }
      },
    );
  });
});
