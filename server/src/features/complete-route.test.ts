import { afterAll, describe, expect, it } from 'vitest';
import { parsedByNix } from '../../../test/engine/fixes';
import { findingsOf, homelabOf, parseFixture } from '../../../test/engine/fixture';
import { changedText } from '../edits/edit-plan';
import { inMemoryFiles } from '../eval/testing';
import { completionsHere } from './complete-here';

const PROXY = `#- /traefik.nix
{ domain, config, ... }: {
  networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "eth0"; };
  containers.traefik.config = {
    system.stateVersion = "25.11";
    services.traefik = {
      enable = true;
      staticConfigOptions = {
        entryPoints = { web.address = ":80"; websecure.address = ":443"; };
        certificatesResolvers.letsencrypt.acme = { email = "a@example.org"; storage = "/var/lib/traefik/acme.json"; dnsChallenge.provider = "ovh"; };
      };
      dynamicConfigOptions.http.middlewares.authelia.forwardAuth.address = "http://10.0.0.2:9091/";
    };
  };
}
#- /music.nix
{ domain, config, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.music.loadBalancer.servers = [ { url = "http://\${config.containers.music.localAddress}:4533"; } ];
    routers.music = {
      rule = "Host(\`music.\${domain}\`)";
      service = "music";
      entrypoints = [ "websecure" ];
      middlewares = [ "authelia" ];
      tls.certResolver = "letsencrypt";
    };
  };
  containers.music = {
    privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";
    config = {
      system.stateVersion = "25.11";
      services.navidrome = { enable = true; settings = { Address = "0.0.0.0"; Port = 4533; }; };
      networking.firewall.allowedTCPPorts = [ 4533 9091 ];
    };
  };
}
`;
const FLAKE = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs.domain = "example.org"; modules = [ ./traefik.nix ./music.nix ./new.nix ]; }; }; }
`;
const CONTAINER = `  containers.photos = {
    privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.4";
    config = {
      system.stateVersion = "25.11";
      services.immich = { enable = true; host = "0.0.0.0"; };
      networking.firewall.allowedTCPPorts = [ 2283 ];
    };
  };
`;
const HTTP = 'containers.traefik.config.services.traefik.dynamicConfigOptions.http';
const module = (route: string, head = '{ domain, config, ... }', container = CONTAINER): string =>
  `${head}: {\n${route}${container}}\n`;

const written: string[] = [];
afterAll(async () => {
  expect(written.length).toBeGreaterThan(20);
  expect(await parsedByNix(written)).toBeNull();
});

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'complete route (%s)',
  (_title, lineEnd) => {
    /** The title of the action at `$0` and the file after it, which lacks nothing more and has no finding that it did not have. */
    async function completed(
      body: string,
      around = PROXY + FLAKE,
    ): Promise<{ title: string; text: string } | null> {
      const fixture = parseFixture(`${around}#- /new.nix\n${body}`, lineEnd);
      const { findings, homelab } = await findingsOf(fixture);
      const { file = '', offset = 0 } = fixture.cursor ?? {};
      const offers = completionsHere(homelab, file, offset).filter(({ title }) => title.includes(' route '));
      const [offer, ...others] = offers;
      expect(others).toEqual([]);
      if (offer === undefined) return null;
      const files = { ...fixture.files };
      for (const path of new Set(offer.changes.map((change) => change.file)))
        files[path] = changedText(
          files[path] ?? '',
          offer.changes.filter((change) => change.file === path),
        );
      const text = files[file] ?? '';
      if (lineEnd === '\r\n') expect(text.replaceAll('\r\n', '')).not.toContain('\n');
      written.push(text);
      const parsed = (await inMemoryFiles(files)).parsed(file);
      const wasBroken = homelab.files.parsed(file)?.errors.length !== 0;
      if (!wasBroken) expect(parsed?.errors).toEqual([]);
      const after = await findingsOf({ ...fixture, files });
      const before = findings.map(({ message }) => message);
      expect(after.findings.map(({ message }) => message).filter((one) => !before.includes(one))).toEqual([]);
      const again = completionsHere(await homelabOf({ ...fixture, files }), file, offset);
      expect(again.filter(({ title }) => title.includes(' route '))).toEqual([]);
      return { title: offer.title, text: text.replaceAll('\r\n', '\n') };
    }

    it('with all that a router lacks, and its service', async () => {
      const found = await completed(
        module(`  ${HTTP} = {\n    routers.photos = {\n      $0\n    };\n  };\n`),
      );
      expect(found?.title).toBe('Complete route photos: rule, entryPoints, tls, service, services.photos');
      expect(found?.text).toBe(
        module(
          [
            `  ${HTTP} = {`,
            '    routers.photos = {',
            '      rule = "Host(`photos.${domain}`)";',
            '      entrypoints = [ "websecure" ];',
            '      tls.certResolver = "letsencrypt";',
            '      service = "photos";',
            '    };',
            '    services.photos.loadBalancer.servers = [ { url = "http://${config.containers.photos.localAddress}:2283"; } ];',
            '  };',
            '',
          ].join('\n'),
        ),
      );
    });

    it.each([
      ['in one line', `  ${HTTP}.routers.photos = { $0 };\n`],
      [
        'as sets',
        `  containers.traefik.config.services.traefik.dynamicConfigOptions = { http = { routers = { photos = { $0 }; }; }; };\n`,
      ],
      ['with paths', `  ${HTTP}.routers.photos.service = "pho$0tos";\n`],
      ['on its name', `  ${HTTP} = { routers = { pho$0tos = { }; }; };\n`],
    ])('spelled %s', async (_title, route) => {
      const found = await completed(module(route));
      expect(found?.title).toMatch(
        /^Complete route photos: rule, entryPoints, tls,(?: service,)? services\.photos$/,
      );
      for (const part of [
        'rule = "Host(`photos.${domain}`)";',
        'certResolver = "letsencrypt";',
        '[ { url = "http://${config.containers.photos',
      ])
        expect(found?.text).toContain(part);
    });

    it.each([
      [
        'a rule',
        'service = "photos"; entryPoints = [ "websecure" ]; tls.certResolver = "letsencrypt";',
        'rule, services.photos',
      ],
      [
        'entry points',
        'rule = "Host(`p.example.org`)"; service = "photos"; tls = { };',
        'entryPoints, services.photos',
      ],
      [
        'TLS',
        'rule = "Host(`p.example.org`)"; service = "photos"; entryPoints = [ "websecure" ];',
        'tls, services.photos',
      ],
      [
        'a service',
        'rule = "Host(`p.example.org`)"; entryPoints = [ "websecure" ]; tls = { };',
        'service, services.photos',
      ],
    ])('that lacks %s', async (_title, fields, added) => {
      const found = await completed(module(`  ${HTTP}.routers.photos = { $0${fields} };\n`));
      expect(found?.title).toBe(`Complete route photos: ${added}`);
    });

    it('leaves a router without TLS at another entry point alone', async () => {
      const found = await completed(
        module(
          `  ${HTTP}.routers.photos = { $0rule = "Host(\`p.example.org\`)"; entryPoints = [ "web" ]; };\n`,
        ),
      );
      expect(found?.title).toBe('Complete route photos: service, services.photos');
    });

    it('takes the arguments that it needs into the head', async () => {
      const found = await completed(module(`  ${HTTP}.routers.photos = { $0 };\n`, '{ ... }'));
      expect(found?.text).toMatch(/^\{ (?:domain, config|config, domain), \.\.\. \}: \{\n/);
      const none = await completed(`{\n  ${HTTP}.routers.photos = { $0 };\n${CONTAINER}}\n`);
      expect(none?.text).toContain('Host(`photos.example.org`)');
      expect(none?.text).toContain('url = "http://10.0.0.4:2283"');
    });

    it('opens the port in the guest', async () => {
      const shut = CONTAINER.replace('      networking.firewall.allowedTCPPorts = [ 2283 ];\n', '');
      const found = await completed(module(`  ${HTTP}.routers.photos = { $0 };\n`, undefined, shut));
      expect(found?.title).toBe(
        'Complete route photos: rule, entryPoints, tls, service, services.photos, port 2283',
      );
      expect(found?.text).toContain('networking.firewall.allowedTCPPorts = [ 2283 ];');
    });

    it('at a service: its servers, and the router', async () => {
      const found = await completed(module(`  ${HTTP} = {\n    services.photos = {$0 };\n  };\n`));
      expect(found?.title).toBe('Complete route photos: services.photos, routers.photos');
      expect(found?.text).toBe(
        module(
          [
            `  ${HTTP} = {`,
            '    services.photos = { loadBalancer.servers = [ { url = "http://${config.containers.photos.localAddress}:2283"; } ]; };',
            '    routers.photos = {',
            '      rule = "Host(`photos.${domain}`)";',
            '      service = "photos";',
            '      entrypoints = [ "websecure" ];',
            '      middlewares = [ "authelia" ];',
            '      tls.certResolver = "letsencrypt";',
            '    };',
            '  };',
            '',
          ].join('\n'),
        ),
      );
      const empty = await completed(
        module(`  ${HTTP}.services = { photos.loadbalancer = { servers = [ $0 ]; }; };\n`),
      );
      expect(empty?.text).toContain('photos.loadbalancer = { servers = [ { url =');
    });

    it('at a service of a router that lacks something too', async () => {
      const found = await completed(
        module(
          `  ${HTTP} = { services.photos.loadBalancer = { $0 }; routers.photos = { service = "photos"; }; };\n`,
        ),
      );
      expect(found?.title).toBe('Complete route photos: rule, entryPoints, tls, services.photos');
    });

    it.each([
      [
        'that lacks nothing',
        `  ${HTTP} = { services.photos.loadBalancer.servers = [ { url = "http://10.0.0.4:2283"; } ]; routers.photos = { $0rule = "Host(\`p.example.org\`)"; service = "photos"; entryPoints = [ "websecure" ]; tls = { }; }; };\n`,
      ],
      ['of a helper function', `  ${HTTP}.routers.photos = (x: { $0 }) 1;\n`],
      ['that is made of two sets', `  ${HTTP}.routers.photos = { $0 } // { };\n`],
      [
        'of another protocol',
        '  containers.traefik.config.services.traefik.dynamicConfigOptions.tcp.routers.photos = { $0 };\n',
      ],
      [
        'of another provider',
        `  ${HTTP}.routers.photos = { $0rule = "Host(\`p.example.org\`)"; service = "photos@docker"; entryPoints = [ "websecure" ]; tls = { }; };\n`,
      ],
    ])('is not offered for one %s', async (_title, route) => {
      expect(await completed(module(route))).toBeNull();
    });

    it('adds no rule whose host name is taken, and no service whose port is not certain', async () => {
      const taken = await completed(
        module(
          `  ${HTTP}.routers = { photos = { $0service = "photos"; }; other = { rule = "Host(\`photos.\${domain}\`)"; service = "photos"; entryPoints = [ "websecure" ]; tls = { }; }; };\n`,
        ),
      );
      expect(taken?.title).toBe('Complete route photos: entryPoints, tls, services.photos');
      const loopback = CONTAINER.replace('host = "0.0.0.0";', '');
      const kept = await completed(module(`  ${HTTP}.routers.photos = { $0 };\n`, undefined, loopback));
      expect(kept?.title).toBe('Complete route photos: rule, entryPoints, tls');
    });

    it('names no entry point that Traefik does not have', async () => {
      const alone = PROXY.replace('websecure.address = ":443"', 'other.address = ":8443"').replace(
        /#- \/music\.nix[^]*/,
        '',
      );
      const found = await completed(
        module(`  ${HTTP}.routers.photos = { $0rule = "Host(\`p.example.org\`)"; };\n`),
        alone + FLAKE.replace('./music.nix ', ''),
      );
      expect(found?.title).toBe('Complete route photos: service, services.photos');
    });

    it('is not offered in half-typed text, which says what is there only in part', async () => {
      const fixture = parseFixture(
        `${PROXY}${FLAKE}#- /new.nix\n${module(`  ${HTTP} = {\n    routers.photos = {\n      $0rule = \n    };\n  };\n`)}`,
        lineEnd,
      );
      const { cursor } = fixture;
      const homelab = await homelabOf(fixture);
      expect(completionsHere(homelab, cursor?.file ?? '', cursor?.offset ?? 0)).toEqual([]);
    });

    it('only where several hosts lack the same', async () => {
      const two = (second: string): string =>
        PROXY.replace('  networking.nat', `  networking.nat`) +
        `#- /flake.nix\n{ outputs = { nixpkgs, ... }: let host = domain: modules: nixpkgs.lib.nixosSystem { specialArgs = { inherit domain; }; modules = [ ./traefik.nix ./music.nix ./new.nix ] ++ modules; }; in { nixosConfigurations = { a = host "example.org" [ ]; b = host "example.com" [ ${second} ]; }; }; }\n#- /more.nix\n{ ${HTTP}.routers.photos.rule = "Host(\`p.example.org\`)"; }\n`;
      const body = module(`  ${HTTP}.routers.photos = { $0 };\n`);
      expect((await completed(body, two('')))?.text).toContain('Host(`photos.${domain}`)');
      expect(await completed(body, two('./more.nix'))).toBeNull();
    });
  },
);
