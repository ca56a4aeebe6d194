import { describe, expect, it } from 'vitest';
import { hoveredAt } from '../../../test/engine/hovered';

const FILES = `
#- /containers/web.nix
{ config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.web = { rule = "Host(\`web.lab\`)"; service = "web"; entryPoints = [ "websecure" ]; };
    services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}:8080"; } ];
  };
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; autoStart = true; };
}
#- /containers/traefik.nix
{ containers.traefik = { autoStart = true; config.services.traefik.enable = true; }; }
#- /containers/two.nix
{ containers.a = { }; containers.b = { }; }
#- /modules/default.nix
{ imports = [ ./options.nix ./services.nix ]; }
#- /modules/options.nix
{ lib, ... }: {
  options.lab.domain = lib.mkOption { type = lib.types.str; };
  options.lab.backup = { enable = lib.mkEnableOption "backups"; };
}
#- /modules/services.nix
{ config, lib, ... }: lib.mkMerge [
  { services.openssh.enable = true; services.postgresql.enable = false; }
  (lib.mkIf config.services.openssh.enable { networking.hostName = "lab"; })
]
#- /old.nix
{ containers.old = { }; }
#- /empty.nix
{ }
`;

const flake = (modules: string): string => `#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.lab = nixpkgs.lib.nixosSystem {
      modules = [ ${modules} ];
    };
  };
}
${FILES}`;
const ALL = './containers/web.nix ./containers/traefik.nix ./containers/two.nix ./modules ./empty.nix';

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'what an import defines (%s)',
  (_, lineEnd) => {
    const at = (name: string): Promise<string | null> =>
      hoveredAt(flake(ALL.replace(name, `${name.slice(0, 4)}$0${name.slice(4)}`)), lineEnd);

    it('a container with its route', async () => {
      const said = await at('./containers/web.nix');
      for (const line of [
        'Module `containers/web.nix` on `lab`.',
        '- Adds to the containers: `traefik`.',
        '- Route `web`: `https://web.lab` → port 8080.',
        'Container `web` on `lab`: active.',
        '- Network: private, `10.0.0.3`, the host’s end is `10.0.0.2`',
      ])
        expect(said).toContain(line);
    });

    it('several containers, in a line each', async () => {
      expect(await at('./containers/two.nix')).toBe(
        [
          'Module `containers/two.nix` on `lab`.',
          '',
          '- Container `a`: active.',
          '- Container `b`: active.',
        ].join('\n'),
      );
    });

    it('a folder: what its `default.nix` imports', async () => {
      expect(await at('./modules')).toBe(
        'Module `modules/default.nix` on `lab`.\n\n- Imports: `modules/options.nix`, `modules/services.nix`.',
      );
    });

    it.each([
      [
        'options that it declares',
        './op$0tions.nix',
        '- Declares the options: `lab.domain`, `lab.backup.enable`.',
      ],
      ['services that it enables', './ser$0vices.nix', '- Enables: `services.openssh`.'],
      ['what else it sets', './ser$0vices.nix', '- Sets: `services.postgresql`, `networking.hostName`.'],
    ])('%s, in `imports`', async (_what, marked, expected) => {
      const text = flake(ALL).replace(marked.replace('$0', ''), marked);
      expect(await hoveredAt(text, lineEnd)).toContain(expected);
    });

    it('one that no host imports', async () => {
      const text = `${flake(ALL)}#- /extra/list.nix\n[ ../ol$0d.nix ]`;
      const said = await hoveredAt(text, lineEnd);
      expect(said).toContain('Module `old.nix`: no host imports it');
      expect(said).toContain('Container `old`');
    });

    it('while the list is half-typed', async () => {
      const text = flake('./containers/we$0b.nix ./contai').replace(/ \];\n {4}\};\n {2}\};\n\}\n/, '\n');
      expect(await hoveredAt(text, lineEnd)).toContain('`containers/web.nix`');
    });

    it('nothing of an empty module, and of a file that is not there', async () => {
      expect(await at('./empty.nix')).toBeNull();
      expect(await hoveredAt(flake(`${ALL} ./mis$0sing.nix`), lineEnd)).toBeNull();
    });

    it('a module of a guest', async () => {
      const text = `#- /web.nix
{ containers.web.config = { imports = [ ./gu$0est.nix ]; }; }
#- /guest.nix
{ services.immich.enable = true; networking.hostName = "web"; }
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }`;
      const said = await hoveredAt(text, lineEnd);
      expect(said).toContain('- Enables: `services.immich`.');
      expect(said).toContain('- Sets: `networking.hostName`.');
    });
  },
);
