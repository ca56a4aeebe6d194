import { MarkupContent, MarkupKind } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { hover } from './hover';

const PAIR = `
#- /containers/db.nix
{
  containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; };
}
`;

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('hover (%s)', (_name, lineEnd) => {
  /** What the hover at `$0` says, and the text it is about. */
  async function hoverAt(
    text: string,
    kind: MarkupKind = MarkupKind.Markdown,
    nixHovers = true,
  ): Promise<{ says: string; about: string } | null> {
    const fixture = parseFixture(text, lineEnd);
    const homelab = await homelabOf(fixture);
    const file = homelab.files.parsed(fixture.cursor?.file ?? '');
    if (file === null || fixture.cursor === null) throw new Error('the fixture has no cursor');
    const found = hover(homelab, file, fixture.cursor.offset, kind, nixHovers);
    if (found?.range === undefined || !MarkupContent.is(found.contents)) return null;
    const { start, end } = found.range;
    const about = file.text.slice(file.lines.offsetAt(start), file.lines.offsetAt(end));
    return { says: found.contents.value, about };
  }

  it('says whose an address is, its pair, and which pair is free next', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{
  # 🏠 before the address
  /* 🏠 */ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0$0.0.3"; };
}
${PAIR}`);
    expect(found).toEqual({
      about: '10.0.0.3',
      says: [
        '`10.0.0.3` is the `localAddress` of the container `web` on `homelab`.',
        '',
        '- Pair: `hostAddress` `10.0.0.2`.',
        '- Active.',
        '',
        'Next free pair: `10.0.0.6` / `10.0.0.7`.',
      ].join('\n'),
    });
  });

  it('leaves it to the diagnostic to say whom an address clashes with', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0$0.0.5"; }; }
${PAIR}`);
    expect(found?.says).toContain('`10.0.0.5` is the `localAddress` of the container `web` on `homelab`.');
    expect(found?.says).not.toContain('`db`');
    expect(found?.says).not.toContain('Next free');
    const elsewhere = await hoverAt(`
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.5"; }; }
#- /modules/backup.nix
{ services.restic.server = "http://10.0.0$0.5:8000/db"; }
${PAIR}`);
    expect(elsewhere?.says).toContain('of the container `db`');
    expect(elsewhere?.says).toContain('of the container `web`');
  });

  it('says who else has an address where no diagnostic does', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.0$0.0.5/24"; };
  containers.far = { privateNetwork = true; hostBridge = "br1"; localAddress = "10.0.0.5/24"; };
}
`);
    expect(found?.says).toContain('- Also the `localAddress` of `far`.');
    expect(found?.says).toContain('Next free');
  });

  it('names those who may share an address, in a line', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostAddress = "10.0.0$0.1"; localAddress = "10.0.0.2"; };
  containers.wiki = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.3"; };
  containers.git = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.4"; };
}
`);
    expect(found?.says).toContain('- Also the `hostAddress` of `git`, `wiki`.');
    expect(found?.says.match(/is the `hostAddress`/g)).toHaveLength(1);
  });

  it('says where an address comes from, as far as that is not on the line', async () => {
    const constants = `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs.constants = import ./constants.nix;
      modules = [ ./web.nix ./proxy.nix ];
    };
  };
}
`;
    const written = (constant: string, set: string, used: string): string => `${constants}
#- /constants.nix
{
  web = "10.0.0${constant}.3";
}
#- /web.nix
{ constants, ... }: {
  containers.web = {
    privateNetwork = true;
    localAddress = constants.w${set}eb;
  };
}
#- /proxy.nix
{ config, ... }: { x = config.containers.web.local${used}Address; }
`;
    expect((await hoverAt(written('', '$0', '')))?.says).toContain(
      '- Its value comes from `constants.nix:2`.\n',
    );
    expect((await hoverAt(written('$0', '', '')))?.says).toContain('- Its value comes from `web.nix:4`.\n');
    expect((await hoverAt(written('', '', '$0')))?.says).toContain(
      '- Its value comes from `web.nix:4`, through `constants.nix:2`.\n',
    );
  });

  it('says what an address is put together from', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
let
  prefix = "10.0.0";
in {
  containers.web = { privateNetwork = true; localAddress = "\${prefix}$0.3"; };
}
`);
    expect(found?.says).toContain('- `prefix` is `10.0.0`, from `containers/web.nix:2`.\n');
  });

  it('says of a backend URL through which places its address comes', async () => {
    const found = await hoverAt(`
#- /web.nix
{ config, ... }:
let
  address = "10.0.0.3";
in {
  services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [ { url = "ht$0tp://\${config.containers.web.localAddress}:80"; } ];
    routers.web = { rule = "Host(\`a.b\`)"; service = "web"; };
  };
  containers.web = { privateNetwork = true; localAddress = address; };
}
`);
    expect(found?.says).toContain(
      '`config.containers.web.localAddress` is `10.0.0.3`, from `web.nix:9`, through `web.nix:3`.',
    );
  });

  it('knows an address in the middle of a URL of another module', async () => {
    const found = await hoverAt(`
#- /modules/backup.nix
{ services.restic.server = "http://10.0.0$0.5:8000/db"; }
${PAIR}`);
    expect(found?.about).toBe('10.0.0.5');
    expect(found?.says).toContain('`localAddress` of the container `db`');
  });

  it('knows an address that is put together, and shows the whole expression as what it is about', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
let prefix = "10.0.0"; in {
  containers.web = { privateNetwork = true; hostAddress = "\${prefix}.2"; localAddress = "\${prefix}$0.3"; };
}
`);
    expect(found?.about).toBe('"${prefix}.3"');
    expect(found?.says).toContain('`10.0.0.3` is the `localAddress` of the container `web`');
  });

  it('knows a reference to an address option', async () => {
    const found = await hoverAt(`
#- /modules/proxy.nix
{ config, ... }: { services.x.upstream = config.containers.db.local$0Address; }
${PAIR}`);
    expect(found?.about).toBe('config.containers.db.localAddress');
    expect(found?.says).toContain('`10.0.0.5`');
  });

  it('shows a disabled container as disabled, with its address kept reserved', async () => {
    const found = await hoverAt(`
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
        ./web.nix
        # ./old.nix
      ];
    };
  };
}
#- /web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; }; }
#- /old.nix
{ containers.old = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.$00.5"; }; }
`);
    expect(found?.says).toContain(
      'Disabled: its import is commented out in flake\\.nix\\:6. The address stays reserved.',
    );
    expect(found?.says).toContain('Next free pair: `10.0.0.6` / `10.0.0.7`.');
  });

  it('says that an address without a private network has no effect', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{ containers.web = { privateNetwork = false; hostAddress = "10.0.0.2"; localAddress = "10.0.$00.3"; }; }
`);
    expect(found?.says).toContain('Without `privateNetwork = true` it has no effect.');
  });

  it('says why an address is not known, and shows none', async () => {
    const found = await hoverAt(`
#- /containers/web.nix
{ pkgs, ... }: { containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = pkgs.addr$0ess; }; }
`);
    expect(found?.says).toMatch(/^The `localAddress` of the container `web` on `homelab` is not known: /);
  });

  it("knows the addresses of the host's own interfaces", async () => {
    const found = await hoverAt(`
#- /modules/network.nix
{ networking.interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.$010"; prefixLength = 24; } ]; }
`);
    expect(found?.says).toContain('`192.168.1.10` is the address of the interface `eno1` on `homelab`.');
  });

  it('is plain text for an editor without Markdown', async () => {
    const found = await hoverAt(
      `
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.$00.3"; }; }
`,
      MarkupKind.PlainText,
    );
    expect(found?.says).toContain('10.0.0.3 is the localAddress of the container web on homelab.');
  });

  it.each([
    ['on the host', '{ networking.domain = "lab.${do$0main}"; }', false],
    ['in a `let`', '{ a = let b = "lab.${do$0main}"; in b; }', false],
    ['in a container', '{ containers.web.bindMounts."/x".hostPath = "/srv/${do$0main}"; }', true],
    ['in a guest', '{ containers.web.config.networking.domain = "lab.${do$0main}"; }', true],
    [
      'in a route',
      '{ services.traefik.dynamicConfigOptions.http.routers.web.service = "${do$0main}"; }',
      true,
    ],
  ])(
    'can leave values to another that serves Nix, but not of containers and routes: %s',
    async (_place, body, stays) => {
      const text = `\n#- /containers/web.nix\nlet domain = "lab.site"; in\n${body}\n`;
      expect((await hoverAt(text))?.says).toContain('`domain` is `lab.site`');
      const said = await hoverAt(text, MarkupKind.Markdown, false);
      if (stays) expect(said?.says).toContain('`domain` is `lab.site`');
      else expect(said).toBeNull();
    },
  );

  it.each([
    ['an address that nobody has', '{ x = "10.9.9$0.9"; }'],
    ['a number', '{ x = 10.$00; }'],
    ['an empty file', '$0'],
    ['a broken file', '{ containers.web = { localAddress = "10.0.$00'],
    [
      'text that is no address',
      '{ containers.web.localAddress = "300.1$0.1.1"; containers.web.privateNetwork = true; }',
    ],
  ])('says nothing of %s', async (_what, text) => {
    expect(await hoverAt(`\n#- /containers/web.nix\n${text}\n`)).toBeNull();
  });
});
