import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { readFolder } from '../../../test/engine/folder';
import { inMemoryFiles } from '../eval/testing';
import { freePairs, nextFreePair } from './free-pairs';
import { readHomelab, type Homelab } from './homelab';
import type { Container, Fact, Host } from './model';

const ROOT = join(import.meta.dirname, '../../../');

function hostOf({ hosts }: Homelab, name = 'homelab'): Host {
  const host = hosts.find((known) => known.name === name);
  if (host === undefined) throw new Error(`there is no host ${name}`);
  return host;
}

function containerOf(host: Host, name: string): Container {
  const container = host.containers.find((known) => known.name === name);
  if (container === undefined) throw new Error(`there is no container ${name}`);
  return container;
}

function value(fact: Fact<unknown>): unknown {
  return fact.kind === 'known' ? fact.value : fact.kind === 'unset' ? null : `unknown: ${fact.reason}`;
}

async function host(text: string, name?: string): Promise<Host> {
  return hostOf(await homelabOf(parseFixture(text)), name);
}

describe('bind mounts', () => {
  it('are where the mount point says, and open where it cannot be known', async () => {
    const { containers } = await host(
      `
#- /flake.nix
{ outputs = { nixpkgs, sops, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ sops.nixosModules.sops ./a.nix ]; }; }; }
#- /a.nix
{ config, ... }: { containers.a.bindMounts = {
  "/data".hostPath = "/srv/data";
  named = { mountPoint = "/var/lib/x"; hostPath = "/srv/x"; };
  secret = { mountPoint = config.sops.secrets.a.path; hostPath = "/run/a"; };
}; }
`,
      'h',
    );
    const [{ bindMounts } = expect.fail('no container')] = containers;
    expect(bindMounts.items.map(({ mountPoint }) => mountPoint)).toEqual(['/data', '/var/lib/x']);
    expect(bindMounts.open).not.toBeNull();
  });
});

describe('examples/homelab', async () => {
  const homelab = readHomelab(await inMemoryFiles(await readFolder(join(ROOT, 'examples/homelab'))));
  const example = hostOf(homelab);

  it('is what real Nix evaluates', () => {
    // Made by the oracle; test/fixtures/homelab.oracle.md names the command.
    const oracle = JSON.parse(
      readFileSync(join(ROOT, 'test/fixtures/homelab.oracle.json'), 'utf8'),
    ) as Oracle;
    const active = example.containers.filter(({ status }) => status === 'active');
    expect(Object.fromEntries(active.map((container) => [container.name, asOracle(container)]))).toEqual(
      oracle.containers,
    );
    const { http } = oracle.traefik.dynamicConfigOptions;
    expect(
      Object.fromEntries(
        example.routes.map((route) => [
          route.router,
          { rule: value(route.rule), service: value(route.service) },
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(http.routers).map(([name, { rule, service }]) => [name, { rule, service }]),
      ),
    );
    expect(
      Object.fromEntries(
        example.routes.map((route) => [value(route.service), route.backends.map(({ url }) => value(url))]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(http.services).map(([name, { loadBalancer }]) => [
          name,
          loadBalancer.servers.map(({ url }) => url),
        ]),
      ),
    );
  });

  it('has two disabled containers, whose addresses stay taken', () => {
    const off = example.containers.filter(({ status }) => status === 'disabled');
    expect(off.map(({ name, because }) => [name, because])).toEqual([
      ['linkwarden', expect.stringMatching(/commented out in flake\.nix:\d+/)],
      ['nextcloud', expect.stringMatching(/commented out in flake\.nix:\d+/)],
    ]);
    const taken = off.flatMap(({ hostAddress, localAddress }) => [value(hostAddress), value(localAddress)]);
    for (const pair of freePairs(example)) {
      expect(taken).not.toContain(pair.hostAddress);
      expect(taken).not.toContain(pair.localAddress);
    }
  });

  it('runs cloudflared on the host', () => {
    expect(example.hostServices).toEqual([{ name: 'cloudflared', file: '/containers/cloudflared.nix' }]);
  });

  it('knows which route ends in which container, and what a visitor meets', () => {
    expect(
      Object.fromEntries(
        example.routes.map(({ router, backends, access }) => [router, [backends[0]?.container, access]]),
      ),
    ).toEqual({
      adguard: ['adguard', null],
      authelia: ['authelia', 'none'],
      immich: ['immich', 'authelia one_factor'],
      opencloud: ['opencloud', 'none'],
      vaultwarden: ['vaultwarden', 'none'],
    });
  });
});

interface Oracle {
  readonly containers: Readonly<Record<string, unknown>>;
  readonly traefik: {
    readonly dynamicConfigOptions: {
      readonly http: {
        readonly routers: Readonly<Record<string, { readonly rule: string; readonly service: string }>>;
        readonly services: Readonly<
          Record<string, { readonly loadBalancer: { readonly servers: readonly { readonly url: string }[] } }>
        >;
      };
    };
  };
}

function asOracle(container: Container): unknown {
  return {
    autoStart: value(container.autoStart),
    ephemeral: value(container.ephemeral),
    privateNetwork: value(container.privateNetwork),
    hostBridge: value(container.hostBridge),
    hostAddress: value(container.hostAddress),
    hostAddress6: value(container.hostAddress6),
    localAddress: value(container.localAddress),
    localAddress6: value(container.localAddress6),
    forwardPorts: container.forwardPorts.items,
    allowedTCPPorts: container.guest?.tcp.ports.items.map(({ port }) => port),
    allowedUDPPorts: container.guest?.udp.ports.items.map(({ port }) => port),
  };
}

describe('addresses people write', () => {
  const address = async (text: string, name = 'a'): Promise<unknown> =>
    value(containerOf(await host(text), name).localAddress);

  it.each([
    [
      'by let and interpolation',
      '{ ... }: let net = "10.0.0"; in { containers.a.localAddress = "${net}.${toString (1 + 1)}"; }',
    ],
    [
      'by inherit',
      '{ ... }: let localAddress = "10.0.0.2"; in { containers.a = { inherit localAddress; }; }',
    ],
    ['by a quoted name', '{ containers."a" = { "localAddress" = "10.0.0.2"; }; }'],
    ['by a computed name', 'let name = "a"; in { containers.${name}.localAddress = "10.0.0.2"; }'],
    [
      'by a registry',
      '{ lib, ... }: { containers = lib.mapAttrs (_: ip: { localAddress = ip; }) { a = "10.0.0.2"; b = "10.0.0.3"; }; }',
    ],
    [
      'by an option with a default',
      '{ lib, config, ... }: { options.my.ip = lib.mkOption { type = lib.types.str; default = "10.0.0.2"; }; config.containers.a.localAddress = config.my.ip; }',
    ],
    [
      'by mkIf, mkMerge and mkForce',
      '{ lib, ... }: { containers.a = lib.mkMerge [ { localAddress = "10.0.0.9"; } (lib.mkIf true { localAddress = lib.mkForce "10.0.0.2"; }) ]; }',
    ],
    [
      'by another container',
      '{ config, ... }: { containers.a.localAddress = config.containers.b.hostAddress; containers.b.hostAddress = "10.0.0.2"; }',
    ],
    [
      'by a function',
      'let mk = { ip, ... }@args: { localAddress = ip; } // removeAttrs args [ "ip" ]; in { containers.a = mk { ip = "10.0.0.2"; autoStart = true; }; }',
    ],
    [
      'by its index',
      '{ lib, ... }: { containers = lib.listToAttrs (lib.imap0 (i: name: { inherit name; value.localAddress = "10.0.0.${toString (i + 2)}"; }) [ "a" "b" ]); }',
    ],
  ])('are resolved: %s', async (_how, text) => {
    expect(await address(`\n#- /a.nix\n${text}\n`)).toBe('10.0.0.2');
  });

  it.each([
    [
      'a constants file',
      '{ config, ... }: let c = import ./constants.nix; in { containers.a.localAddress = c.a; }\n#- /constants.nix\n{ a = "10.0.0.2"; }',
    ],
    [
      'a file with arguments',
      '{ ... }: { containers.a = import ./web.nix { ip = "10.0.0.2"; }; }\n#- /web.nix\n{ ip }: { localAddress = ip; }',
    ],
    [
      'a curried module',
      '{ ... }: { imports = [ (import ./web.nix { ip = "10.0.0.2"; }) ]; }\n#- /web.nix\n{ ip }: { ... }: { containers.a.localAddress = ip; }',
    ],
    [
      'a folder',
      '{ ... }: { imports = [ ./containers ]; }\n#- /containers/default.nix\n{ imports = map (name: ./. + "/${name}") (builtins.filter (name: name != "default.nix") (builtins.attrNames (builtins.readDir ./.))); }\n#- /containers/web.nix\n{ containers.a.localAddress = "10.0.0.2"; }',
    ],
    ['_module.args', '{ ip, ... }: { containers.a.localAddress = ip; _module.args.ip = "10.0.0.2"; }'],
  ])('come through %s', async (_how, text) => {
    const flake =
      '#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }\n';
    expect(await address(`\n${flake}#- /a.nix\n${text}\n`)).toBe('10.0.0.2');
  });

  it.each([
    [
      'an input',
      '{ inputs, ... }: { containers.a.localAddress = inputs.net.a; }',
      /outside|input|repository/,
    ],
    ['a package', '{ pkgs, ... }: { containers.a.localAddress = pkgs.net; }', /nixpkgs/],
    [
      'a condition that is not known',
      '{ lib, pkgs, ... }: { containers.a = lib.mkIf pkgs.stdenv.isLinux { localAddress = "10.0.0.2"; }; }',
      /nixpkgs/,
    ],
    [
      'two definitions',
      '{ ... }: { imports = [ { containers.a.localAddress = "10.0.0.2"; } { containers.a.localAddress = "10.0.0.3"; } ]; }',
      /conflicting/,
    ],
  ])('stay unknown: %s', async (_how, text, why) => {
    const host1 = await host(`\n#- /a.nix\n${text}\n`);
    const container = host1.containers.find(({ name }) => name === 'a');
    if (container?.status === 'conditional') expect(container.because).toMatch(why);
    else expect(String(container && value(container.localAddress))).toMatch(why);
  });
});

describe('hosts', () => {
  it('keep their own containers in a workspace with several flakes', async () => {
    const homelab = await homelabOf(
      parseFixture(`
#- /server/flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.server = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /server/a.nix
{ containers.a.localAddress = "10.0.0.2"; }
#- /server/b.nix
{ containers.b.localAddress = "10.0.0.4"; }
#- /laptop/flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.laptop = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
`),
    );
    expect(
      homelab.hosts.map(({ name, containers }) => [
        name,
        containers.map((container) => `${container.name} ${container.status}`),
      ]),
    ).toEqual([
      ['laptop', []],
      ['server', ['a active', 'b disabled']],
    ]);
  });

  it('exist without a flake', async () => {
    const own = await host(
      '\n#- /etc/configuration.nix\n{ imports = [ ./web.nix ]; }\n#- /etc/web.nix\n{ containers.a.localAddress = "10.0.0.2"; }\n',
      'etc',
    );
    expect(own.containers.map(({ name }) => name)).toEqual(['a']);
  });

  it('are known as far as a broken flake allows', async () => {
    const homelab = await homelabOf(parseFixture('\n#- /flake.nix\n{ outputs = { nixpkgs, ... }: {\n'));
    expect(homelab.hosts).toEqual([]);
    expect(homelab.projects[0]?.problem?.message).toMatch(/syntax error/);
  });

  it('are none in an empty folder', async () => {
    expect((await homelabOf({ files: {}, cursor: null, expected: [] })).hosts).toEqual([]);
  });
});

describe('the next free pair', () => {
  const pair = async (...options: string[]): Promise<unknown> => {
    const containers = options
      .map((text, index) => `containers.c${index} = { privateNetwork = true; ${text} };`)
      .join('\n');
    return nextFreePair(await host(`\n#- /a.nix\n{\n${containers}\n}\n`));
  };

  it('follows pairs of neighbours', async () => {
    expect(
      await pair(
        'hostAddress = "10.10.10.2"; localAddress = "10.10.10.3";',
        'hostAddress = "10.10.10.6"; localAddress = "10.10.10.7";',
      ),
    ).toMatchObject({
      hostAddress: '10.10.10.4',
      localAddress: '10.10.10.5',
    });
  });
  it('follows pairs that begin with an odd address', async () => {
    expect(
      await pair(
        'hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";',
        'hostAddress = "10.0.0.3"; localAddress = "10.0.0.4";',
      ),
    ).toMatchObject({
      hostAddress: '10.0.0.5',
      localAddress: '10.0.0.6',
    });
  });
  it('shares the host address where the others do', async () => {
    expect(
      await pair(
        'hostAddress = "192.168.100.1"; localAddress = "192.168.100.2";',
        'hostAddress = "192.168.100.1"; localAddress = "192.168.100.3";',
      ),
    ).toMatchObject({
      hostAddress: '192.168.100.1',
      localAddress: '192.168.100.4',
    });
  });
  it('stays on the bridge, with its prefix', async () => {
    expect(
      await pair(
        'hostBridge = "br0"; localAddress = "10.5.0.2/24";',
        'hostBridge = "br0"; localAddress = "10.5.0.3/24";',
      ),
    ).toEqual({
      hostAddress: null,
      localAddress: '10.5.0.4/24',
      hostBridge: 'br0',
    });
  });
  it('has somewhere to begin', async () => {
    expect(await pair()).toMatchObject({ hostAddress: '10.10.10.2', localAddress: '10.10.10.3' });
  });
  it('is null when the subnet is full', async () => {
    const all = Array.from(
      { length: 127 },
      (_, index) => `hostAddress = "10.0.0.${index * 2}"; localAddress = "10.0.0.${index * 2 + 1}";`,
    );
    expect(await pair(...all)).toBeNull();
  });
});
