import { describe, expect, it } from 'vitest';
import { documentLinks } from './document-link';
import { codeLenses } from './code-lens';
import { containerTargets, routeTargets } from './navigation-targets';
import {
  exampleTexts,
  inExample,
  inFixture,
  leadsTo,
  lensesOf,
  uriOf,
} from '../../../test/engine/navigation';
import { MarkupKind, type Hover, type MarkupContent } from 'vscode-languageserver-types';
import { optionHover } from './option-hover';
import { references } from './references';

const IMMICH = '/containers/immich.nix';
const ROUTE = `${IMMICH}:11 immich`;
const CONTAINER = `${IMMICH}:21 immich`;

const TWO_HOSTS = `#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./proxy.nix ./web.nix ./a.nix ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./proxy.nix ./web.nix ./sub ]; };
  };
}
#- /proxy.nix
{ config, ... }: {
  containers.proxy.config.services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [{ url = "http://\${config.containers.web.localAddress}:80"; }];
    services.far.loadBalancer.servers = [{ url = "http://192.0.2.1"; }];
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
    routers.alias = { rule = "Host(\`www.example.org\`)"; service = "web"; };
    routers.far = { rule = "Host(\`far.example.org\`)"; service = "far"; };
  };
}
#- /web.nix
{ ... }: { containers.web = { privateNetwork = true; config.services.x.enable = true; }; }
#- /a.nix
{ ... }: { containers.web = { hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /sub/default.nix
{ ... }: { containers.web = { hostAddress = "10.0.1.1"; localAddress = "10.0.1.2"; }; containers.lone = { }; }
`;

/** The fixture with the cursor put into a piece of its text. */
function cursorIn(marked: string): string {
  const text = TWO_HOSTS.replace(marked.replace('|', ''), marked.replace('|', '$0'));
  if (text === TWO_HOSTS) throw new Error(`${marked} is not in the fixture`);
  // The cursor of a fixture must not be taken for the end of a path.
  return text;
}

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('definition (%s)', (_title, lineEnd) => {
  it.each([
    ['a container’s name → its route', 'containers.imm|ich = {', [ROUTE]],
    ['a router → the container', 'routers.imm|ich', [CONTAINER]],
    ['a rule → the container', 'rule = "Ho|st', [CONTAINER]],
    ['a router’s service → the service', 'service = "imm|ich"', [`${IMMICH}:7 immich`]],
    ['a service → the container', 'services.imm|ich.load', [CONTAINER]],
    ['a URL → the container', '"ht|tp://', [CONTAINER]],
    ['a reference in a string → the container', '${config.containers.im|mich.localAddress}', [CONTAINER]],
    [
      'an option of a reference → where it is set',
      '${config.containers.immich.local|Address}',
      [`${IMMICH}:27 localAddress`],
    ],
    ['a reference to an option of the guest', 'config.services.immich.po|rt}', [`${IMMICH}:41 port`]],
    ['a middleware → its definition', '"authe|lia"', ['/containers/authelia.nix:23 authelia']],
    ['an entry point → its definition', '"webs|ecure"', ['/containers/traefik.nix:43 websecure']],
    [
      'another container that this file adds to',
      'containers.trae|fik.config',
      ['/containers/traefik.nix:3 traefik'],
    ],
    ['an option', 'autoSt|art', []],
    ['a comment', '# --- Traef|ik', []],
    ['white space', '{ config, domain, ... }: {\n|', []],
  ])('%s', async (_what, marked, expected) => {
    const text = marked.replaceAll('\n', lineEnd);
    expect(leadsTo(await inExample(IMMICH, text, {}, lineEnd))).toEqual(expected);
  });

  it('an import → the file, a folder → its default.nix', async () => {
    expect(leadsTo(await inExample('/flake.nix', './containers/im|mich.nix', {}, lineEnd))).toEqual([
      `${IMMICH}:1`,
    ]);
    expect(leadsTo(await inFixture(cursorIn('./s|ub ]'), lineEnd))).toEqual(['/sub/default.nix:1']);
    const missing =
      exampleTexts()['/flake.nix']?.replace('./containers/immich.nix', './containers/gone.nix') ?? '';
    expect(
      leadsTo(await inExample('/flake.nix', './containers/go|ne.nix', { '/flake.nix': missing }, lineEnd)),
    ).toEqual([]);
  });

  it('a middleware named with its provider', async () => {
    expect(leadsTo(await inExample('/containers/traefik.nix', 'secure-|headers@file', {}, lineEnd))).toEqual([
      '/containers/traefik.nix:86 secure-headers',
    ]);
  });

  it('an emoji before the cursor', async () => {
    const text = exampleTexts()[IMMICH]?.replace('rule = ', '/* 🏠🏠 */ rule = ') ?? '';
    expect(leadsTo(await inExample(IMMICH, 'rule = "Ho|st', { [IMMICH]: text }, lineEnd))).toEqual([
      CONTAINER,
    ]);
  });

  it('a file with a syntax error elsewhere', async () => {
    const text = exampleTexts()[IMMICH]?.replace('enableIPv6 = false;', 'enableIPv6 = ;') ?? '';
    expect(leadsTo(await inExample(IMMICH, 'service = "imm|ich"', { [IMMICH]: text }, lineEnd))).toEqual([
      `${IMMICH}:7 immich`,
    ]);
  });

  it('several hosts: each place once', async () => {
    expect(leadsTo(await inFixture(cursorIn('config.containers.we|b.localAddress'), lineEnd))).toEqual([
      '/a.nix:1 web',
      '/web.nix:1 web',
      '/sub/default.nix:1 web',
    ]);
    expect(leadsTo(await inFixture(cursorIn('containers.we|b = { privateNetwork'), lineEnd))).toEqual([
      '/proxy.nix:6 alias',
      '/proxy.nix:5 web',
    ]);
  });

  it('a container without a route leads to itself, a route without a container too', async () => {
    expect(leadsTo(await inFixture(cursorIn('containers.lo|ne'), lineEnd))).toEqual([
      '/sub/default.nix:1 lone',
    ]);
    expect(leadsTo(await inFixture(cursorIn('routers.fa|r'), lineEnd))).toEqual(['/proxy.nix:7 far']);
  });
});

describe('references', () => {
  it('finds the definitions and what reads the container', async () => {
    const { homelab, file, offset } = await inExample(IMMICH, 'containers.imm|ich = {');
    const lines = (definitions: boolean): number[] =>
      references(homelab, file, offset, definitions, uriOf).map(({ range }) => range.start.line + 1);
    expect(lines(true)).toEqual([21, 8, 8, 42, 45]);
    expect(lines(false)).toEqual([8, 8, 42, 45]);
  });

  it('finds nothing for other things', async () => {
    const { homelab, file, offset } = await inExample(IMMICH, 'autoSt|art');
    expect(references(homelab, file, offset, true, uriOf)).toEqual([]);
  });
});

describe('document links', () => {
  it('lead to files that are there', async () => {
    const { homelab, file } = await inFixture(cursorIn('./s|ub ]'));
    expect(documentLinks(homelab, file, uriOf).map(({ target }) => target)).toEqual([
      'file:///proxy.nix',
      'file:///web.nix',
      'file:///a.nix',
      'file:///proxy.nix',
      'file:///web.nix',
      'file:///sub/default.nix',
    ]);
  });
});

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'two containers with one address (%s)',
  (_title, lineEnd) => {
    const shared = (cursor: string): string => {
      const text = `#- /proxy.nix
{ config, ... }: {
  containers.proxy.config.services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [{ url = "http://10.0.0.5:80"; }];
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
  };
}
#- /web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.5"; }; }
`;
      return text.replace(cursor.replace('|', ''), cursor.replace('|', '$0'));
    };

    it('are both where a route or URL leads', async () => {
      const both = ['/db.nix:1 db', '/web.nix:1 web'];
      expect(leadsTo(await inFixture(shared('routers.we|b'), lineEnd))).toEqual(both);
      expect(leadsTo(await inFixture(shared('"ht|tp://10'), lineEnd))).toEqual(both);
      const { homelab, file, offset } = await inFixture(shared('routers.we|b'), lineEnd);
      expect(containerTargets(homelab, file, offset, uriOf).targets.map(({ label }) => label)).toEqual([
        'db',
        'web',
      ]);
    });

    it('are counted, not named, on the route', async () => {
      expect(lensesOf(await inFixture(shared('routers.we|b'), lineEnd))).toEqual([
        '4 → 2 containers share 10.0.0.5',
      ]);
    });

    it('each show the route, and with whom they share the address', async () => {
      const place = await inFixture(shared('containers.d|b'), lineEnd);
      expect(lensesOf(place)).toEqual([
        '1 → web.example.org · :80 · address shared with web > /proxy.nix:4 web',
      ]);
      const found = routeTargets(place.homelab, place.file, place.offset, uriOf);
      expect(found.targets.map(({ label }) => label)).toEqual(['web.example.org']);
    });

    it('are both in what is said of the route', async () => {
      const place = await inFixture(shared('routers.we|b'), lineEnd);
      const [route] = place.homelab.hosts[0]?.routes ?? [];
      expect(route?.backends[0]).toMatchObject({
        container: null,
        shared: { address: '10.0.0.5', containers: ['db', 'web'] },
      });
      const says = (pieces: Hover | null): string => (pieces?.contents as MarkupContent).value;
      expect(says(optionHover({ ...place, kind: MarkupKind.Markdown }))).toContain(
        'Server: `http://10.0.0.5:80` → 2 containers share the address: `db`, `web` → port 80.',
      );
      const container = await inFixture(shared('containers.d|b'), lineEnd);
      expect(says(optionHover({ ...container, kind: MarkupKind.Markdown }))).toContain(
        'The address is also that of `web`, so which container answers is not known.',
      );
    });
  },
);

describe('code lenses', () => {
  it('on a container and on its route', async () => {
    expect(lensesOf(await inExample(IMMICH, '{|'))).toEqual([
      `21 → photos.nemnix.site · :2283 > ${ROUTE}`,
      `11 → container immich 10.10.10.5 > ${CONTAINER}`,
    ]);
  });

  it('on a container without an address of its own', async () => {
    expect(lensesOf(await inExample('/containers/adguard.nix', '{|'))).toContain(
      '15 → container adguard > /containers/adguard.nix:25 adguard',
    );
  });

  it('on the imports of a flake', async () => {
    expect(lensesOf(await inExample('/flake.nix', '{|'))).toContain(
      `58 immich · 10.10.10.5 · photos.nemnix.site > ${CONTAINER}`,
    );
  });

  it('says why a container is disabled', async () => {
    expect(lensesOf(await inExample('/containers/linkwarden.nix', '{|'))).toEqual([
      '25 disabled: its import is commented out in flake.nix:66',
    ]);
  });

  it('only tells where the editor cannot open places', async () => {
    const { homelab, file } = await inExample(IMMICH, '{|');
    for (const { command } of codeLenses(homelab, file, { uriOf, opens: false }))
      expect(command).toEqual({ title: expect.stringContaining('→') as string, command: '' });
  });

  it('none in a file that has nothing to do with containers', async () => {
    expect(lensesOf(await inExample('/modules/boot.nix', '{|'))).toEqual([]);
  });
});

describe('go to route, go to container', () => {
  const routes = async (path: string, marked: string): Promise<unknown> => {
    const { homelab, file, offset } = await inExample(path, marked);
    const found = routeTargets(homelab, file, offset, uriOf);
    return 'message' in found
      ? found.message
      : found.targets.map(({ label, description }) => `${label} | ${description}`);
  };
  const containers = async (path: string, marked: string): Promise<unknown> => {
    const { homelab, file, offset } = await inExample(path, marked);
    const found = containerTargets(homelab, file, offset, uriOf);
    return 'message' in found
      ? found.message
      : found.targets.map(({ label, description }) => `${label} | ${description}`);
  };
  const ROUTES = ['photos.nemnix.site | router immich · port 2283 · containers/immich.nix:11'];
  const CONTAINERS = ['immich | 10.10.10.5 · containers/immich.nix:21'];

  it.each([
    ['anywhere in the container', IMMICH, 'enableIP|v6'],
    ['on its name', IMMICH, 'containers.imm|ich = {'],
    ['at the beginning of the file', IMMICH, '|{ config'],
    ['on its import', '/flake.nix', './containers/im|mich.nix'],
    ['in the route itself', IMMICH, 'entry|points'],
  ])('routes: %s', async (_place, path, marked) => {
    expect(await routes(path, marked)).toEqual(ROUTES);
  });

  it.each([
    ['in the router', IMMICH, 'entry|points'],
    ['on a reference', IMMICH, '${config.containers.im|mich.localAddress}'],
    ['in the service', IMMICH, 'loadBal|ancer'],
    ['in the container', IMMICH, 'privateU|sers'],
    ['on its import', '/flake.nix', './containers/im|mich.nix'],
  ])('container: %s', async (_place, path, marked) => {
    expect(await containers(path, marked)).toEqual(CONTAINERS);
  });

  it('says why there is none', async () => {
    expect(await routes('/modules/boot.nix', '{|')).toMatch(/^There is no container here/);
    expect(await containers('/modules/boot.nix', '{|')).toMatch(/^There is no route and no container here/);
    expect(await routes('/containers/traefik.nix', 'autoSt|art')).toBe(
      'traefik has no route: no proxy passes requests on to it.',
    );
    expect(await routes('/containers/linkwarden.nix', 'autoSt|art')).toMatch(
      /commented out in flake\.nix:66/,
    );
    const { homelab, file, offset } = await inFixture(cursorIn('routers.fa|r'));
    expect(containerTargets(homelab, file, offset, uriOf)).toMatchObject({
      message: 'The route far leads to no container: its servers are no containers of this homelab.',
    });
  });

  it('lists several', async () => {
    const { homelab, file, offset } = await inFixture(cursorIn('containers.we|b = { privateNetwork'));
    expect(routeTargets(homelab, file, offset, uriOf).targets.map(({ label }) => label)).toEqual([
      'www.example.org',
      'web.example.org',
    ]);
  });
});
