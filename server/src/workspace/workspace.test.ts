import { describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import { isInside } from '../nix/paths';
import { indexOf } from '../features/homelab-index';
import { Workspace } from './workspace';

const FLAKE = (modules: string): string =>
  `{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ${modules} ]; }; }; }`;
const container = (name: string, address: string): string =>
  `{ containers.${name} = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "${address}"; config = { }; }; }`;

async function workspace(files: Record<string, string>, root = '/lab'): Promise<Workspace> {
  const result = new Workspace(await testParser(), (path) => isInside(root, path));
  for (const [path, text] of Object.entries(files)) result.setFile(path, { text });
  return result;
}

function rules(of: Workspace): string[] {
  return of
    .analysis()
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ file, rule }) => `${file} ${rule}`);
}

describe('a workspace', () => {
  const clash = {
    '/lab/flake.nix': FLAKE('./a.nix ./b.nix'),
    '/lab/a.nix': container('a', '10.0.0.2'),
    '/lab/b.nix': container('b', '10.0.0.2'),
  };
  const both = ['/lab/a.nix duplicate-address', '/lab/b.nix duplicate-address'];

  it('lets the editor go before the disk, until the file is closed', async () => {
    const files = await workspace(clash);
    expect(rules(files)).toEqual(both);
    files.openDocument('/lab/b.nix', clash['/lab/b.nix']);
    files.changeDocument('/lab/b.nix', container('b', '10.0.0.4'));
    expect(rules(files)).toEqual([]);
    files.closeDocument('/lab/b.nix');
    expect(rules(files)).toEqual(both);
  });

  it('keeps what the last good text said while a file is broken', async () => {
    const files = await workspace(clash);
    files.openDocument('/lab/b.nix', clash['/lab/b.nix']);
    files.changeDocument(
      '/lab/b.nix',
      clash['/lab/b.nix'].replace('privateNetwork', 'autoStart = \n privateNetwork'),
    );
    expect(rules(files)).toEqual(
      expect.arrayContaining(['/lab/a.nix duplicate-address', '/lab/b.nix syntax-error']),
    );
  });

  it('forgets a file or a folder that is removed', async () => {
    const files = await workspace(clash);
    files.removeFile('/lab/b.nix');
    expect(rules(files)).toEqual(['/lab/flake.nix missing-import']);
    files.removeFile('/lab');
    expect(rules(files)).toEqual([]);
  });

  it('says nothing of files outside the folders that were read', async () => {
    expect(
      rules(
        await workspace({
          '/lab/flake.nix': FLAKE('../shared/a.nix ./a.nix ./.direnv/b.nix'),
          '/lab/a.nix': container('a', '10.0.0.2'),
        }),
      ),
    ).toEqual([]);
  });

  it('says nothing of a missing file that git ignores', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./secret.nix ./a.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
      '/lab/.gitignore': 'secret.nix\n',
    });
    expect(rules(files)).toEqual([]);
  });

  it('says nothing of what is missing in a git submodule that is not checked out', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./private ./private/b.nix ./a.nix ./other/c.nix'),
      '/lab/a.nix': container('a', '10.0.0.2').replace(
        '{ containers',
        '{ age.secrets.x.file = ./private/x.age; containers',
      ),
    });
    const missing = [
      '/lab/flake.nix missing-import',
      '/lab/flake.nix missing-import',
      '/lab/flake.nix missing-import',
    ];
    expect(rules(files)).toEqual(['/lab/a.nix unknown-secret', ...missing]);
    files.setFile('/lab/.gitmodules', {
      text: '[submodule "p"]\r\n\tpath = private\r\n\turl = ../private.git\r\n',
    });
    expect(rules(files)).toEqual(['/lab/flake.nix missing-import']);
    expect(files.analysis().homelab.hosts[0]?.incomplete).toMatch(/submodule .* is not checked out/);
    files.setFile('/lab/private/b.nix', { text: container('b', '10.0.0.4') });
    expect(rules(files)).toEqual(['/lab/a.nix unknown-secret', ...missing.slice(1)]);
    files.removeFile('/lab/private/b.nix');
    expect(rules(files)).toEqual(['/lab/flake.nix missing-import']);
    files.removeFile('/lab/.gitmodules');
    expect(rules(files)).toEqual(['/lab/a.nix unknown-secret', ...missing]);
  });

  it('takes a file that cannot be read for unknown, not for missing', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./big.nix ./a.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
    });
    files.setFile('/lab/big.nix', { opaque: 'too large' });
    expect(rules(files)).toEqual([]);
    expect(files.analysis().homelab.hosts[0]?.incomplete).toMatch(/too large/);
  });

  it('does not follow a link to a folder, and takes what is behind it for unknown', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./shared/b.nix ./a.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
    });
    files.setFile('/lab/shared', { opaque: 'a link to a folder, not followed' });
    expect(rules(files)).toEqual([]);
  });
});

const MANY = `{ lib, ... }: { containers = lib.genAttrs (map (i: "c\${toString i}") (lib.range 1 40)) (name: { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; }); }`;

/** Analyses in stretches, each a little longer than the one before; how many it took. */
function inStretches(files: Workspace): number {
  let stretches = 1;
  for (;;) {
    let left = stretches;
    if (files.advance(() => left-- <= 0)) return stretches;
    stretches++;
  }
}

describe('a workspace in a git repository', () => {
  const files = {
    '/lab/flake.nix': FLAKE('./a.nix ./b.nix'),
    '/lab/a.nix': container('a', '10.0.0.2'),
    '/lab/b.nix': container('b', '10.0.0.4'),
  };
  const untracked = (of: Workspace): string[] =>
    of
      .analysis()
      .findings.filter(({ rule }) => rule === 'untracked-module')
      .map(({ message }) => /track (\S+),/.exec(message)?.[1] ?? message);
  const tracking = (...tracked: string[]): Parameters<Workspace['setRepositories']>[0] => [
    { root: '/lab', index: '/lab/.git/index', tracked: new Set(tracked) },
  ];

  it('notices what is added to git, and what is taken out', async () => {
    const lab = await workspace(files);
    expect(untracked(lab)).toEqual([]);
    lab.setRepositories(tracking('flake.nix', 'a.nix'));
    expect(untracked(lab)).toEqual(['b.nix']);
    lab.setRepositories(tracking('flake.nix', 'a.nix', 'b.nix'));
    expect(untracked(lab)).toEqual([]);
    lab.setRepositories(tracking('flake.nix'));
    expect(untracked(lab)).toEqual(['a.nix', 'b.nix']);
    lab.setRepositories([{ root: '/lab', index: '/lab/.git/index', tracked: null }]);
    expect(untracked(lab)).toEqual([]);
  });

  it('waits for a new file to be saved', async () => {
    const { '/lab/b.nix': text, ...saved } = files;
    const lab = await workspace(saved);
    lab.setRepositories(tracking('flake.nix', 'a.nix'));
    lab.openDocument('/lab/b.nix', text);
    expect(untracked(lab)).toEqual([]);
    lab.setFile('/lab/b.nix', { text });
    expect(untracked(lab)).toEqual(['b.nix']);
    lab.changeDocument('/lab/b.nix', `${text}\n`);
    expect(untracked(lab)).toEqual(['b.nix']);
  });

  it('says nothing where a host imports a file that git ignores', async () => {
    const lab = await workspace({ ...files, '/lab/.gitignore': 'a.nix\n' });
    lab.setRepositories(tracking('flake.nix', '.gitignore'));
    expect(untracked(lab)).toEqual([]);
  });

  it('asks the innermost repository', async () => {
    const lab = await workspace({
      '/lab/flake.nix': FLAKE('./modules/a.nix ./modules/b.nix'),
      '/lab/modules/a.nix': container('a', '10.0.0.2'),
      '/lab/modules/b.nix': container('b', '10.0.0.4'),
    });
    lab.setRepositories([
      { root: '/lab', index: '/lab/.git/index', tracked: new Set(['flake.nix', 'modules']) },
      { root: '/lab/modules', index: '/lab/.git/modules/index', tracked: new Set(['a.nix']) },
    ]);
    expect(untracked(lab)).toEqual(['modules/b.nix']);
  });
});

describe('an analysis in stretches', () => {
  it('comes to the same as one that runs through', async () => {
    const files = {
      '/lab/flake.nix': FLAKE('./a.nix ./b.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
      '/lab/b.nix': MANY,
    };
    const interrupted = await workspace(files);
    expect(inStretches(interrupted)).toBeGreaterThan(1);
    const whole = (await workspace(files)).analysis();
    expect(interrupted.analysis().findings).toEqual(whole.findings);
    expect(whole.findings).not.toEqual([]);
  });

  it('goes on with what changed in between', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./a.nix ./b.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
      '/lab/b.nix': MANY,
    });
    expect(files.advance(() => true)).toBe(false);
    files.setFile('/lab/b.nix', { text: container('b', '10.0.0.4') });
    inStretches(files);
    expect(rules(files)).toEqual([]);
  });
});

describe('what requests know of a homelab', () => {
  it('is known anew after an edit of a guest, which leaves the hosts and containers as they are', async () => {
    const router = (name: string): string =>
      `{ services.traefik = { enable = true; dynamicConfigOptions.http = { routers.${name} = { rule = "Host(\`a.example.org\`)"; service = "a"; }; services.a.loadBalancer.servers = [ { url = "http://10.0.0.2:80"; } ]; }; }; }`;
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./a.nix ./proxy.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
      '/lab/proxy.nix': '{ containers.proxy.config = ./guest/traefik.nix; }',
      '/lab/guest/traefik.nix': '{ }',
    });
    const known = (): unknown => {
      const { homelab } = files.analysis();
      const index = indexOf(homelab);
      const containers = homelab.hosts.flatMap((host) => host.containers);
      return {
        routers: index.routesIn('/lab/guest/traefik.nix').map(({ route }) => route.router),
        to: containers.map((own) => [own.name, index.routesTo(own).length]),
      };
    };
    const [none, one] = [0, 1].map((count) => [
      ['a', count],
      ['proxy', 0],
    ]);
    expect(known()).toEqual({ routers: [], to: none });
    files.setFile('/lab/guest/traefik.nix', { text: router('photos') });
    expect(known()).toEqual({ routers: ['photos'], to: one });
    files.setFile('/lab/guest/traefik.nix', { text: router('pictures') });
    expect(known()).toEqual({ routers: ['pictures'], to: one });
  });
});

describe('a long session', () => {
  it('stays right, and does not keep what edits left behind', async () => {
    const files = await workspace({
      '/lab/flake.nix': FLAKE('./a.nix ./b.nix'),
      '/lab/a.nix': container('a', '10.0.0.2'),
      '/lab/b.nix': container('b', '10.0.0.2'),
    });
    files.openDocument('/lab/b.nix', container('b', '10.0.0.2'));
    const systems = new Set<object>();
    for (let edit = 0; edit < 200; edit++) {
      const clashes = edit % 2 === 0;
      files.changeDocument('/lab/b.nix', container('b', clashes ? '10.0.0.2' : `10.0.0.${edit + 3}`));
      expect(rules(files).length > 0).toBe(clashes);
      for (const { system } of files.analysis().homelab.hosts) systems.add(system);
    }
    expect(systems.size).toBeGreaterThan(1);
    expect(systems.size).toBeLessThan(50);
  });
});
