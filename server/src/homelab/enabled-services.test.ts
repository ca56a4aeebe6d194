import { expect, it } from 'vitest';
import { onlyHost } from '../../../test/engine/routes';

const services = async (config: string): Promise<readonly string[]> => {
  const { containers } = await onlyHost(
    `\n#- /a.nix\n{ containers.a.config = { lib, ... }: {\n${config}\n}; }\n`,
  );
  return containers[0]?.guest?.services.items ?? [];
};

it.each([
  ['services.immich.enable = true;', ['immich']],
  ['services.immich.enable = false;', []],
  ['services.immich.port = 80;', []],
  ['services.deluge.web.enable = true;', ['deluge']],
  ['services.kanidm.server.enable = true;', ['kanidm']],
  ['services.kanidm.enableServer = true;', ['kanidm']],
  ['services.redis.servers.main.enable = true;', ['redis']],
  ['services.redis.servers.main.port = 6379;', []],
  ['services.redis.servers = { a.enable = lib.mkIf false true; };', []],
  ['services.authelia.instances.main.enable = true;', ['authelia']],
  ['services.authelia.instances.main.enable = false;', []],
  ['services.dokuwiki.sites."wiki.example.org".enable = true;', ['dokuwiki']],
  ['services.wordpress.sites."blog.example.org" = { };', ['wordpress']],
  ['services.wordpress.sites = lib.mkIf false { "blog.example.org" = { }; };', []],
  ['services.wordpress.sites = { };', []],
  ['services.borgbackup.repos.laptop.path = "/srv";', ['borgbackup']],
  ['services.restic.backups.home.paths = [ "/home" ];', ['restic']],
  ['services.nebula.networks.mesh.lighthouses = [ ];', ['nebula']],
  ['services.nebula.networks.mesh.enable = false;', []],
  ['services.a.b.enable = true;', []],
])('%s', async (config, expected) => {
  expect(await services(config)).toEqual(expected);
});
