import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { readFolder } from '../../../test/engine/folder';
import { checkHomelab } from '../rules/check';
import type { Homelab } from '../homelab/homelab';
import type { ContainerRequest } from './container-request';
import { planNewContainer, type ContainerPlan } from './new-container';
import { HOMELABS } from './new-container.fixtures';
import { afterPlan, homelabOfFiles, planOf, problemOf, testParse, type Files } from './testing';

const example = await readFolder(join(import.meta.dirname, '../../../examples/homelab'));
const parse = await testParse();
const hasNix = spawnSync('nix-instantiate', ['--version']).status === 0;
// Each case reads a homelab several times, and asks Nix whether it can parse the result.
vi.setConfig({ testTimeout: 30_000 });

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
    // The new import moves the lines below it.
    `${file} ${rule}: ${message.replace(/flake\.nix:\d+/, 'flake.nix')}`;
  // The small homelabs leave out what warnings ask for, such as NAT: the new container is as they are.
  const findings = (homelab: Homelab): string[] =>
    checkHomelab(homelab)
      .filter(({ severity }) => files === example || severity === 'error')
      .map(told);
  expect(findings(after)).toEqual(findings(before));
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

  it.each<[string, ContainerRequest, string]>([
    [
      'port and address',
      { name: 'photoprism', port: 2342 },
      `      services.photoprism = {
        enable = true;
        port = 2342;
        address = config.containers.photoprism.localAddress;
      };
`,
    ],
    [
      'a port among its settings',
      { name: 'notes', service: 'silverbullet', port: 3001 },
      'services.silverbullet = {',
    ],
    ['both in one text', { name: 'syncthing', port: 8384 }, 'guiAddress = "10.10.10.13:8384";'],
  ])('sets what a service has options for: %s', async (_what, service, written) => {
    const { text } = await added(example, service);
    expect(text).toContain(written);
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

  const one = (name: string, address: string): string =>
    `{ containers.${name} = { autoStart = true; privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "${address}"; config = { }; }; }`;

  it('gets a folder of its own where the others have one, whatever their file is called', async () => {
    const { files } = parseFixture(`#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers ]; }; }; }
#- /containers/default.nix
{ imports = [
  ./web
  ./db
]; }
#- /containers/web/default.nix
{ imports = [ ./container.nix ]; }
#- /containers/web/container.nix
${one('web', '10.0.0.2')}
#- /containers/db/default.nix
{ imports = [ ./container.nix ]; }
#- /containers/db/container.nix
${one('db', '10.0.0.3')}
`);
    const { plan } = await added(files, { name: 'jellyfin', port: 8096 });
    expect(plan.creations.map(({ path }) => path)).toEqual(['/containers/jellyfin/default.nix']);
    expect(plan.changes.map(({ file, newText }) => `${file} ${newText.trim()}`)).toEqual([
      '/containers/default.nix ./jellyfin',
    ]);
  });

  it("has a file's name made as the others' are", async () => {
    const { files } = parseFixture(`#- /configuration.nix
{ imports = [ ./containers-web.nix ./containers-db.nix ./firewall.nix ]; }
#- /firewall.nix
{ networking.firewall.enable = true; }
#- /containers-web.nix
${one('web', '10.0.0.2')}
#- /containers-db.nix
${one('db', '10.0.0.3')}
`);
    const { plan } = await added(files, { name: 'jellyfin', port: 8096 });
    expect(plan.creations.map(({ path }) => path)).toEqual(['/containers-jellyfin.nix']);
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

  it('says where its release comes from, or that there is none', async () => {
    const unstable = (host: string): Files =>
      parseFixture(`#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./host.nix ]; }; };
}
#- /host.nix
{ ${host} }
`).files;
    const request = { name: 'jellyfin', port: 8096 };
    const own = await added(unstable('system.stateVersion = "24.11";'), request);
    expect(own.text).toContain('      system.stateVersion = "24.11";\n    };');
    expect(own.plan.notes.join('\n')).toContain('system.stateVersion is 24.11 as on homelab itself');
    const none = await added(unstable(''), request);
    expect(none.text).toContain(
      '      # Set system.stateVersion to the NixOS release that this container begins with.\n    };',
    );
    expect(none.plan.notes.join('\n')).toContain('system.stateVersion is not set');
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
