import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFixture } from '../../../test/engine/fixture';
import { readFolder } from '../../../test/engine/folder';
import type { ContainerRequest } from './container-request';
import { planNewContainer } from './new-container';
import { homelabOfFiles, problemOf, testParse } from './testing';

const exampleHomelab = await homelabOfFiles(
  await readFolder(join(import.meta.dirname, '../../../examples/homelab')),
);
const parse = await testParse();

describe('a new container', () => {
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
