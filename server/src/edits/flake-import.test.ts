import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { planFlakeImport } from './flake-import';
import { IMPORT_LISTS } from './flake-import.fixtures';
import { modulesOf } from './import-lists';
import { afterPlan, homelabOfFiles, planOf, problemOf } from './testing';

const MODULES = ['immich', 'traefik', 'adguard', 'authelia', 'vaultwarden', 'nextcloud', 'jellyfin']
  .map(
    (name) => `#- /containers/${name}.nix\n{ containers.${name} = { autoStart = true; config = { }; }; }\n`,
  )
  .join('');

const flake = (modules: string, outputs = ''): string => `#- /flake.nix
{
  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = ${modules};
    };${outputs}
  };
}
${MODULES}`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('a flake import (%s)', (_name, lineEnd) => {
  it.each(Object.entries(IMPORT_LISTS))('%s', async (_title, [before, after]) => {
    const { files } = parseFixture(flake(before), lineEnd);
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix' }));
    const changed = afterPlan(homelab, files, plan);
    expect(changed).toEqual(parseFixture(flake(after), lineEnd).files);
    expect(changed['/flake.nix']?.slice(plan.openAt.offset)).toMatch(/^\(?"?[^\s]*containers\/jellyfin\.nix/);
    const again = await homelabOfFiles(changed);
    const imported = again.hosts.flatMap((host) => modulesOf(host).map(({ file }) => file));
    expect(imported).toContain('/containers/jellyfin.nix');
    const second = planOf(planFlakeImport(again, { file: '/containers/jellyfin.nix' }));
    expect(second.changes).toEqual([]);
    expect(second.notes.join()).toContain('already imported by homelab');
  });

  it('goes to the list that imports the siblings, wherever that is', async () => {
    const { files } = parseFixture(
      `${flake('[ ./hosts/homelab.nix ./containers ]')}
#- /hosts/homelab.nix
{ imports = [ ../modules.nix ]; }
#- /modules.nix
{ }
#- /containers/default.nix
{
  imports = [
    ./immich.nix
    ./traefik.nix
  ];
}
`,
      lineEnd,
    );
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix' }));
    expect(afterPlan(homelab, files, plan)['/containers/default.nix']).toContain(
      `    ./traefik.nix${lineEnd}    ./jellyfin.nix${lineEnd}  ];`,
    );
    expect(plan.changes).toHaveLength(1);
  });
});

describe('a flake import', () => {
  it('imports a folder where its neighbours are folders', async () => {
    const { files } = parseFixture(`#- /configuration.nix
{ imports = [ ./services/immich ./services/traefik ]; }
#- /services/immich/default.nix
{ containers.immich.autoStart = true; }
#- /services/traefik/default.nix
{ containers.traefik.autoStart = true; }
#- /services/jellyfin/default.nix
{ containers.jellyfin.autoStart = true; }
`);
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/services/jellyfin/default.nix' }));
    expect(afterPlan(homelab, files, plan)['/configuration.nix']).toContain(
      '[ ./services/immich ./services/traefik ./services/jellyfin ]',
    );
  });

  it('chooses the nearest of two flakes', async () => {
    const inner = (folder: string): string => `#- /${folder}/flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.${folder} = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /${folder}/a.nix
{ containers.a.autoStart = true; }
`;
    const { files } = parseFixture(`${inner('server')}${inner('laptop')}#- /laptop/b.nix
{ containers.b.autoStart = true; }
`);
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/laptop/b.nix' }));
    expect(plan.changes.map(({ file }) => file)).toEqual(['/laptop/flake.nix']);
  });

  it('asks which of several hosts, and takes the one that is named', async () => {
    const { files } = parseFixture(
      flake(
        '[ ./containers/immich.nix ]',
        '\n    nixosConfigurations.second = nixpkgs.lib.nixosSystem { modules = [ ./containers/traefik.nix ]; };',
      ),
    );
    const homelab = await homelabOfFiles(files);
    expect(problemOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix' }))).toMatchObject({
      problem:
        'containers/jellyfin.nix could belong to several hosts of flake.nix: homelab, second. Say which one is to import it.',
      choices: ['homelab', 'second'],
    });
    const plan = planOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix', host: 'second' }));
    expect(afterPlan(homelab, files, plan)['/flake.nix']).toContain(
      'modules = [ ./containers/traefik.nix ./containers/jellyfin.nix ]; };',
    );
    expect(
      problemOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix', host: 'third' })).problem,
    ).toBe('flake.nix declares no host third. It declares homelab, second.');
  });

  it('takes the list that a named host has for itself', async () => {
    const { files } = parseFixture(`#- /flake.nix
{
  outputs = { nixpkgs, ... }:
    let common = [ ./containers/immich.nix ./containers/traefik.nix ]; in {
      nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = common ++ [ ./containers/adguard.nix ]; };
      nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = common ++ [ ./containers/nextcloud.nix ]; };
    };
}
${MODULES}`);
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix', host: 'b' }));
    expect(afterPlan(homelab, files, plan)['/flake.nix']).toContain(
      'common ++ [ ./containers/nextcloud.nix ./containers/jellyfin.nix ]',
    );
  });

  it('does not ask where the hosts share the list', async () => {
    const { files } = parseFixture(`#- /flake.nix
{
  outputs = { nixpkgs, ... }:
    let modules = [ ./containers/immich.nix ]; in {
      nixosConfigurations.a = nixpkgs.lib.nixosSystem { inherit modules; };
      nixosConfigurations.b = nixpkgs.lib.nixosSystem { inherit modules; };
    };
}
${MODULES}`);
    const homelab = await homelabOfFiles(files);
    const plan = planOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix' }));
    expect(plan.changes).toHaveLength(1);
    expect(plan.notes.at(-1)).toBe('b takes its modules from the same list.');
  });

  it.each(
    Object.entries({
      'a list that is mapped': 'map (name: ./containers/${name}.nix) [ "immich" "traefik" ]',
      'a list that a helper makes':
        'nixpkgs.lib.concatMap (name: [ (./containers + "/${name}.nix") ]) [ "immich" "traefik" ]',
    }),
  )('says where %s is computed, and what to add', async (_title, modules) => {
    const { files } = parseFixture(flake(modules));
    const homelab = await homelabOfFiles(files);
    const problem = problemOf(planFlakeImport(homelab, { file: '/containers/jellyfin.nix' }));
    expect(problem.problem).toBe(
      'flake.nix:4 computes the modules of homelab instead of listing them, so no line was added. Add ./containers/jellyfin.nix to them yourself.',
    );
    expect(problem.copy).toBe('./containers/jellyfin.nix');
    expect(problem.at?.file).toBe('/flake.nix');
  });

  it('says where to add the line when nothing can be told of the modules', async () => {
    const { files } = parseFixture(flake('inputs.mine.modules'));
    const problem = problemOf(
      planFlakeImport(await homelabOfFiles(files), { file: '/containers/jellyfin.nix' }),
    );
    expect(problem.problem).toBe(
      'flake.nix:3 does not list the modules of homelab where they could be added to. Add ./containers/jellyfin.nix to them yourself.',
    );
  });

  it('leaves a folder that the host reads by itself alone', async () => {
    const { files } = parseFixture(
      flake('map (name: ./containers + "/${name}") (builtins.attrNames (builtins.readDir ./containers))'),
    );
    const plan = planOf(planFlakeImport(await homelabOfFiles(files), { file: '/containers/jellyfin.nix' }));
    expect(plan.changes).toEqual([]);
  });

  it('does not touch a list with a syntax error', async () => {
    const { files } = parseFixture(flake('[\n        ./containers/immich.nix\n        = 3\n      ]'));
    const problem = problemOf(
      planFlakeImport(await homelabOfFiles(files), { file: '/containers/jellyfin.nix' }),
    );
    expect(problem.problem).toMatch(/^.*flake\.nix:\d has a syntax error.*Mend it first\.$/);
  });

  it('knows what belongs to no flake, and what is no module', async () => {
    const { files } = parseFixture(flake('[ ./containers/immich.nix ]').replaceAll('#- /', '#- /server/'));
    const homelab = await homelabOfFiles({ ...files, '/notes.nix': '{ }' });
    expect(problemOf(planFlakeImport(homelab, { file: '/notes.nix' })).problem).toMatch(
      /^notes\.nix belongs to no flake/,
    );
    expect(problemOf(planFlakeImport(homelab, { file: '/server/flake.nix' })).problem).toBe(
      'flake.nix declares the hosts; it is no module to import.',
    );
  });
});
