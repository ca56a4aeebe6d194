import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { readFolder } from '../../../test/engine/folder';
import { checkHomelab } from '../rules/check';
import type { Homelab } from '../homelab/homelab';
import type { ContainerRequest } from './container-request';
import { planNewContainer, type ContainerPlan } from './new-container';
import { HOMELABS } from './new-container.fixtures';
import { afterPlan, homelabOfFiles, planOf, problemOf, testParse, type Files } from './testing';

const example = await readFolder(join(import.meta.dirname, '../../../examples/homelab'));
const exampleHomelab = await homelabOfFiles(example);
const parse = await testParse();
const hasNix = spawnSync('nix-instantiate', ['--version']).status === 0;

/** Adds a container, and judges the files that this leaves behind. */
async function added(
  files: Files,
  request: ContainerRequest,
): Promise<{ plan: ContainerPlan; text: string; after: Homelab; changed: Files }> {
  const before = await homelabOfFiles(files);
  const plan = planOf(planNewContainer(before, request, parse));
  const changed = afterPlan(before, files, plan);
  const after = await homelabOfFiles(changed);
  for (const path of [...plan.creations.map((file) => file.path), ...plan.changes.map(({ file }) => file)]) {
    expect(after.files.parsed(path)?.errors).toEqual([]);
    if (hasNix) {
      const parsed = spawnSync('nix-instantiate', ['--parse', '-'], { input: changed[path] });
      expect(parsed.status, String(parsed.stderr)).toBe(0);
    }
  }
  const told = ({ rule, file, message }: { rule: string; file: string; message: string }): string =>
    `${file} ${rule}: ${message}`;
  expect(checkHomelab(after).map(told)).toEqual(checkHomelab(before).map(told));
  return { plan, text: plan.creations[0]?.text ?? '', after, changed };
}

describe('a new container in examples/homelab', () => {
  const request: ContainerRequest = { name: 'jellyfin', port: 8096, subdomain: 'media', authelia: true };

  it('is written as its neighbours are', async () => {
    const { text, plan, changed } = await added(example, request);
    expect(plan.creations.map(({ path }) => path)).toEqual(['/containers/jellyfin.nix']);
    expect(text).toBe(`{ domain, config, ... }: {

  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.jellyfin.loadBalancer.servers = [{
      url = "http://\${config.containers.jellyfin.localAddress}:8096";
    }];

    routers.jellyfin = {
      rule = "Host(\`media.\${domain}\`)";
      service = "jellyfin";
      entrypoints = [ "websecure" ];
      middlewares = [ "authelia" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.jellyfin = {
    autoStart = true;

    privateNetwork = true;
    hostAddress = "10.10.10.12";
    localAddress = "10.10.10.13";

    config = {

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 8096 ];
      };

      services.jellyfin = {
        enable = true;
      };

      system.stateVersion = "25.11";
    };
  };
}
`);
    expect(text.slice(plan.openAt.offset)).toMatch(/^services\.jellyfin = \{/);
    expect(changed['/flake.nix']).toContain(
      '        ./containers/opencloud.nix\n        ./containers/jellyfin.nix\n\n        # Replaced by OpenCloud\n',
    );
    expect(plan.notes).toEqual([
      'jellyfin: 10.10.10.12 / 10.10.10.13, port 8096, at media.nemnix.site behind authelia.',
    ]);
  });

  it('is what was asked, once evaluated', async () => {
    const { after } = await added(example, request);
    const [host] = after.hosts;
    expect(host?.containers.find(({ name }) => name === 'jellyfin')).toMatchObject({
      status: 'active',
      autoStart: { value: true },
      privateNetwork: { value: true },
      hostAddress: { value: '10.10.10.12' },
      localAddress: { value: '10.10.10.13' },
      guest: { tcp: { ports: { items: [{ port: 8096 }] } }, services: { items: ['jellyfin'] } },
    });
    expect(host?.routes.find(({ router }) => router === 'jellyfin')).toMatchObject({
      hosts: ['media.nemnix.site'],
      entryPoints: { items: ['websecure'] },
      middlewares: { items: ['authelia'] },
      backends: [{ url: { value: 'http://10.10.10.13:8096' }, container: 'jellyfin', port: 8096 }],
    });
  });

  it('is written with the line ends of its neighbours', async () => {
    const crlf = Object.fromEntries(
      Object.entries(example).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    const { text, plan } = await added(crlf, request);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.slice(plan.openAt.offset)).toMatch(/^services\.jellyfin = \{/);
  });

  it('sets port and address of a service that has options for them', async () => {
    const { text } = await added(example, { name: 'photoprism', port: 2342 });
    expect(text).toContain(`      services.photoprism = {
        enable = true;
        port = 2342;
        address = config.containers.photoprism.localAddress;
      };
`);
    const { text: settings } = await added(example, { name: 'notes', service: 'silverbullet', port: 3001 });
    expect(settings).toContain('services.silverbullet = {');
    const { text: endpoint } = await added(example, { name: 'syncthing', port: 8384 });
    expect(endpoint).toContain('guiAddress = "10.10.10.13:8384";');
  });

  it('leaves a place to go on where the service is not known', async () => {
    const { text, plan } = await added(example, { name: 'my-own', port: 4711 });
    expect(text.slice(plan.openAt.offset)).toMatch(
      /^# Continue here: .* port 4711, .*\n {6}# services\.my-own\.enable = true;\n/,
    );
    expect(plan.notes.join('\n')).toContain('No service my-own is known');
  });

  it('shares the host’s network when asked', async () => {
    const { text, after } = await added(example, { name: 'photoprism', port: 2342, network: 'host' });
    expect(text).toContain('url = "http://127.0.0.1:2342";');
    expect(text).toContain('    privateNetwork = false;\n');
    expect(text).toContain('address = "127.0.0.1";');
    expect(text).not.toContain('firewall');
    expect(text).toMatch(/^\{ domain, \.\.\. \}: \{/);
    expect(after.hosts[0]?.routes.find(({ router }) => router === 'photoprism')?.backends).toMatchObject([
      { container: 'photoprism', port: 2342 },
    ]);
  });

  it('says what does not fit the service', async () => {
    const { plan } = await added(example, { name: 'jellyfin', port: 9000 });
    expect(plan.notes).toContain(
      'Jellyfin listens on 8096 and has no option of its own for that, so nothing answers on 9000 until it is configured.',
    );
    const { plan: tcp } = await added(example, { name: 'mosquitto', port: 1883 });
    expect(tcp.notes.join('\n')).toContain('does not speak HTTP, so no route was written.');
    expect(tcp.creations[0]?.text).not.toContain('traefik');
  });

  it.each<[string, Partial<ContainerRequest>, string]>([
    ['an underscore', { name: 'my_app' }, 'NixOS refuses container names with an underscore. Write my-app.'],
    [
      'a slash',
      { name: 'a/b' },
      "A container's name is a host name: letters, digits and hyphens. The character / cannot stand in it.",
    ],
    [
      'the folder above',
      { name: '..' },
      "A container's name is a host name: letters, digits and hyphens. The character . cannot stand in it.",
    ],
    [
      'a quote',
      { name: 'a"b' },
      'A container\'s name is a host name: letters, digits and hyphens. The character " cannot stand in it.',
    ],
    [
      'a space',
      { name: 'a b' },
      "A container's name is a host name: letters, digits and hyphens. A space cannot stand in it.",
    ],
    [
      'an interpolation',
      { name: '${x}' },
      "A container's name is a host name: letters, digits and hyphens. The character $ cannot stand in it.",
    ],
    [
      'a line end',
      { name: 'a\n' },
      "A container's name is a host name: letters, digits and hyphens. The character \n cannot stand in it.",
    ],
    ['nothing', { name: '' }, 'Give the container a name, for example jellyfin.'],
    ['a hyphen first', { name: '-a' }, "A container's name begins and ends with a letter or a digit."],
    ['a hyphen last', { name: 'a-' }, "A container's name begins and ends with a letter or a digit."],
    [
      'too long a name',
      { name: 'a'.repeat(64) },
      "A container's name is a host name, so it has at most 63 characters; this has 64.",
    ],
    [
      'a container that exists',
      { name: 'immich' },
      'There is a container immich already (containers/immich.nix:21). Choose another name.',
    ],
    [
      'the same in capitals',
      { name: 'Immich' },
      'There is a container immich already (containers/immich.nix:21). Choose another name.',
    ],
    [
      'the Traefik container',
      { name: 'traefik' },
      'There is a container traefik already (containers/traefik.nix:3). Choose another name.',
    ],
    [
      'a disabled container',
      { name: 'nextcloud' },
      'There is a container nextcloud already (containers/nextcloud.nix:23), which is disabled: its import is commented out in flake.nix:63. Enable that one, or choose another name.',
    ],
    [
      'a file that exists',
      { name: 'cloudflared' },
      'containers/cloudflared.nix exists already. Choose another name, or move that file away.',
    ],
    ['the host', { name: 'homelab' }, 'homelab is the name of the host itself. Choose another one.'],
    ['a reserved name', { name: 'localhost' }, 'localhost is a reserved name. Choose another one.'],
    ['port 0', { port: 0 }, 'A port is a whole number from 1 to 65535; 0 is not.'],
    ['port 65536', { port: 65536 }, 'A port is a whole number from 1 to 65535; 65536 is not.'],
    ['half a port', { port: 80.5 }, 'A port is a whole number from 1 to 65535; 80.5 is not.'],
    ['no port', { port: NaN }, 'A port is a whole number from 1 to 65535; NaN is not.'],
    [
      'a host name that is served',
      { subdomain: 'photos' },
      'photos.nemnix.site is served already, by the router immich (containers/immich.nix:11). Choose another subdomain.',
    ],
    [
      'the whole host name',
      { subdomain: 'media.nemnix.site' },
      'Write only what stands before .nemnix.site.',
    ],
    [
      'a backtick in the subdomain',
      { subdomain: 'a`b' },
      'A subdomain consists of letters, digits and hyphens, with letters or digits at its ends; a`b does not.',
    ],
    [
      'a subdomain with a dot at its end',
      { subdomain: 'media.' },
      'A subdomain has no empty parts: no dot at its ends, and not two in a row.',
    ],
    [
      'too long a subdomain',
      { subdomain: 'a'.repeat(64) },
      'A part of a host name has at most 63 characters; aaaaaaaaaaaa… has 64.',
    ],
    [
      'a middleware that is not there',
      { middlewares: ['secured'] },
      'Traefik on homelab has no middleware secured. It has: authelia, secure-headers.',
    ],
    [
      'a port of the host that is taken',
      { network: 'host', port: 8080 },
      'Port 8080 of the host is taken: adguardhome in the container adguard listens on it. Choose another port, or a private network.',
    ],
    [
      "Traefik's port",
      { network: 'host', port: 443 },
      "Port 443 of the host is taken: Traefik's entry point websecure listens on it. Choose another port, or a private network.",
    ],
    ['a host that is not there', { host: 'other' }, 'There is no host other. There are: homelab.'],
  ])('is refused for %s', (_title, request, sentence) => {
    const problem = problemOf(
      planNewContainer(exampleHomelab, { name: 'jellyfin', port: 8096, ...request }, parse),
    );
    expect(problem.problem).toBe(sentence);
  });

  it('is refused when the range is full', async () => {
    const full = Array.from({ length: 127 }, (_, index) => {
      const low = 2 * index + 2;
      return `containers.c${index} = { privateNetwork = true; hostAddress = "10.10.10.${low}"; localAddress = "10.10.10.${low + 1}"; };`;
    });
    const { files } = parseFixture(`#- /configuration.nix\n{ ${full.join('\n')} }\n`);
    const problem = problemOf(
      planNewContainer(await homelabOfFiles(files), { name: 'one-more', port: 80 }, parse),
    );
    expect(problem.problem).toBe(
      "No free address is left in 10.10.10.0/24, which 127 containers share. Remove a container that is not needed, or give this one the host's network.",
    );
  });
});

describe.each(Object.entries(HOMELABS))('a new container beside %s', (_title, text) => {
  const { files } = parseFixture(text);

  it.each<[string, Partial<ContainerRequest>]>([
    ['a known service', {}],
    ['an unknown service', { service: 'my-own' }],
    ["the host's network", { network: 'host' }],
    ['a subdomain of two parts', { subdomain: 'tv.media' }],
  ])('takes effect: %s', async (title, request) => {
    const { after, text: module, plan } = await added(files, { name: 'jellyfin', port: 8096, ...request });
    const [host] = after.hosts;
    expect(host?.containers.find(({ name }) => name === 'jellyfin')?.status).toBe('active');
    const route = host?.routes.find(({ router }) => router === 'jellyfin');
    if (plan.notes.join().includes('no route was written')) {
      expect(route).toBeUndefined();
    } else {
      expect(route?.hosts[0]?.split('.')[0]).toBe(request.subdomain === undefined ? 'jellyfin' : 'tv');
      expect(route?.backends).toMatchObject([{ container: 'jellyfin', port: 8096 }]);
    }
    if (title === 'a known service') expect(module).toMatchSnapshot();
  });
});

describe('a new container', () => {
  const at = (name: string): Files => parseFixture(HOMELABS[name] ?? '').files;

  it('asks Authelia by the middleware that does, whatever it is called', async () => {
    const { text } = await added(at('Traefik on the host, and nixfmt'), {
      name: 'jellyfin',
      port: 8096,
      authelia: true,
    });
    expect(text).toContain('middlewares = [ "sso" ];');
    const problem = problemOf(
      planNewContainer(
        await homelabOfFiles(at('a Traefik and nothing else')),
        { name: 'jellyfin', port: 8096, authelia: true },
        parse,
      ),
    );
    expect(problem.problem).toBe(
      'No middleware on homelab asks Authelia: none is a forwardAuth to it. Leave Authelia out, or name a middleware; there are: none.',
    );
  });

  it('says that it wrote no route, and why', async () => {
    const { plan } = await added(at('neither container nor Traefik'), { name: 'jellyfin', port: 8096 });
    expect(plan.notes).toContain('No Traefik was found on this host, so no route was written.');
  });

  it('needs no import where the host reads the folder', async () => {
    const { plan } = await added(at('a folder for each container, read by the host'), {
      name: 'jellyfin',
      port: 8096,
    });
    expect(plan.changes).toEqual([]);
    expect(plan.creations.map(({ path }) => path)).toEqual(['/apps/jellyfin/default.nix']);
    expect(plan.notes).toContain('homelab imports every module of that folder by itself.');
  });

  it('is not written where its import cannot be', async () => {
    const { files } = parseFixture(`#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
  modules = map (name: ./containers/\${name}.nix) [ "web" ];
}; }; }
#- /containers/web.nix
{ containers.web = { autoStart = true; config = { }; }; }
`);
    const problem = problemOf(
      planNewContainer(await homelabOfFiles(files), { name: 'jellyfin', port: 8096 }, parse),
    );
    expect(problem).toMatchObject({
      problem:
        'flake.nix:2 computes the modules of homelab instead of listing them, so no line was added. Add ./containers/jellyfin.nix to them yourself.',
      copy: './containers/jellyfin.nix',
    });
  });

  it('goes to the only host with containers of two flakes', async () => {
    const { files } = parseFixture(`#- /laptop/flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.laptop = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /laptop/a.nix
{ }
#- /server/flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.server = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /server/a.nix
{ containers.web = { autoStart = true; config = { }; }; }
`);
    const { plan } = await added(files, { name: 'jellyfin', port: 8096 });
    expect(plan.target.host.name).toBe('server');
  });

  it('asks which of several hosts it is for', async () => {
    const { files } = parseFixture(`#- /flake.nix
{ outputs = { nixpkgs, ... }: {
  nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ { containers.x.autoStart = true; } ]; };
  nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ { containers.y.autoStart = true; } ]; };
}; }
`);
    const homelab = await homelabOfFiles(files);
    expect(problemOf(planNewContainer(homelab, { name: 'jellyfin', port: 8096 }, parse))).toEqual({
      problem: 'Several hosts could take the container: a, b. Say which one.',
      choices: ['a', 'b'],
    });
    const { plan } = await added(files, { name: 'jellyfin', port: 8096, host: 'b' });
    expect(plan.target.host.name).toBe('b');
  });

  it('warns of addresses that cannot be known', async () => {
    const { files } = parseFixture(`#- /configuration.nix
{ pkgs, ... }: {
  imports = [ ];
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = pkgs.secret; config = { }; };
}
`);
    const { plan } = await added(files, { name: 'jellyfin', port: 8096 });
    expect(plan.notes.join('\n')).toMatch(
      /The address of a cannot be known here: make sure that [\d.]+ is not in use\./,
    );
  });

  it('says what hides the hosts', async () => {
    const { files } = parseFixture(
      '#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations = ; }; }\n',
    );
    const problem = problemOf(planNewContainer(await homelabOfFiles(files), { name: 'a', port: 1 }, parse));
    expect(problem.problem).toBe(
      'flake.nix:1 has a syntax error, so its hosts cannot be read. Mend it first.',
    );
    const empty = problemOf(
      planNewContainer(await homelabOfFiles({ '/a.nix': '{ }' }), { name: 'a', port: 1 }, parse),
    );
    expect(empty.problem).toMatch(/^There is no host to add a container to/);
  });
});
