import { hoveredAt } from '../../../test/engine/hovered';
import { describe, expect, it } from 'vitest';
import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { exampleTexts, inExample, inFixture, type PlaceInHomelab } from '../../../test/engine/navigation';
import { optionHover } from './option-hover';

function hovered(place: PlaceInHomelab, kind: MarkupKind = MarkupKind.Markdown): string | null {
  const hover = optionHover({ ...place, kind });
  return hover === null ? null : (hover.contents as MarkupContent).value;
}

const IMMICH = '/containers/immich.nix';

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('hover (%s)', (_title, lineEnd) => {
  const at = async (path: string, marked: string, changes = {}): Promise<string | null> =>
    hovered(await inExample(path, marked, changes, lineEnd));

  it('an option of a container', async () => {
    const text = await at(IMMICH, 'hostAdd|ress =');
    expect(text).toContain('`containers.<name>.hostAddress`');
    expect(text).toContain('Type: `null or string`. Default: `null`.');
    expect(text).toContain('**Pitfall:**');
    expect(text).toContain('```nix\n"10.10.10.4"\n```');
  });

  it.each([
    ['an option of the guest', 'enableIP|v6', '`networking.enableIPv6`'],
    ['an option of a service', 'port| = 2283', '`services.immich.port`'],
    ['an option of Traefik', 'dynamicConf|igOptions', '`services.traefik.dynamicConfigOptions`'],
    ['the set of containers', 'contai|ners.immich = {', '`containers`'],
  ])('%s', async (_what, marked, expected) => {
    expect(await at(IMMICH, marked)).toContain(expected);
  });

  it('a container', async () => {
    const text = await at(IMMICH, 'containers.imm|ich = {');
    for (const part of [
      'Container `immich` on `homelab`: active.',
      'Network: private, `10.10.10.5`, the host’s end is `10.10.10.4`; its interface on the host is `ve-immich`.',
      'Open ports: TCP 2283.',
      'Services: `immich` on port 2283.',
      'Route: `https://photos.nemnix.site` → port 2283 (Traefik, access: authelia one\\_factor).',
      'User namespace: `privateUsers = "pick"`.',
      'Defined in `containers/immich.nix:21`.',
    ])
      expect(text).toContain(part);
  });

  it('a container on the host’s network, with mounts and other files that add to it', async () => {
    const text = await at(IMMICH, 'containers.trae|fik.config');
    expect(text).toContain('Network: the host’s own.');
    expect(text).toContain('Mount: `/persist/etc/ssh/ssh_host_ed25519_key` of the host, read-only.');
    expect(text).toContain('Defined in `containers/traefik.nix:3`; 5 other files add to it.');
  });

  it('an ephemeral and a disabled one', async () => {
    expect(await at('/containers/adguard.nix', 'containers.adg|uard = {')).toContain('Ephemeral');
    expect(await at('/containers/linkwarden.nix', 'containers.link|warden = {')).toMatch(
      /disabled, its import is commented out in flake\\\.nix\\:66\. Its addresses stay reserved\./,
    );
  });

  it('a router: rule → service → container → port', async () => {
    const text = await at(IMMICH, 'routers.imm|ich');
    for (const part of [
      'Rule: ``Host(`photos.nemnix.site`)``.',
      'Takes requests where the host name is `photos.nemnix.site`.',
      'TLS: yes.',
      'Service: `immich`.',
      'Server: `http://10.10.10.5:2283` → container `immich` → port 2283.',
      'Entry points: `websecure`.',
      'Middlewares, in order: `authelia`.',
      'Access: authelia one\\_factor.',
    ])
      expect(text).toContain(part);
  });

  it('the URL of a backend, with where its parts come from', async () => {
    const text = await at(IMMICH, '"ht|tp://');
    expect(text).toContain('`http://10.10.10.5:2283` on `homelab` → container `immich`.');
    expect(text).toContain(
      '`config.containers.immich.localAddress` is `10.10.10.5`, from `containers/immich.nix:27`.',
    );
    expect(text).toContain('is `2283`, from `containers/immich.nix:41`.');
    expect(await at('/containers/adguard.nix', 'http://|${host}')).toContain('`host` is `127.0.0.1`, from');
  });

  it('a port that is a default', async () => {
    const text = exampleTexts()[IMMICH]?.replace('        port = 2283;\n', '') ?? '';
    expect(await at(IMMICH, '"ht|tp://', { [IMMICH]: text })).toContain(
      'is `2283`, default of `containers.immich.config.services.immich.port`.',
    );
  });

  it('an interpolation', async () => {
    expect(await at(IMMICH, '`photos.${dom|ain}')).toContain(
      'Argument `domain` on `homelab`: `nemnix.site`, from `flake.nix:30`.',
    );
    expect(await at(IMMICH, '${config.containers.immich.local|Address}')).toContain(
      'Value on `homelab`: `10.10.10.5`, from `containers/immich.nix:27`.',
    );
  });

  it('never shows an unknown value as known', async () => {
    const flake =
      exampleTexts()['/flake.nix']?.replace('domain = "nemnix.site";', 'domain = inputs.agenix.domain;') ??
      '';
    const text = await at(IMMICH, '`photos.${dom|ain}', { '/flake.nix': flake });
    expect(text).toContain('not known');
    expect(await at('/containers/linkwarden.nix', 'http://${addr|ess}')).toContain(
      'not known, because no host imports this file',
    );
  });

  it('middlewares and entry points', async () => {
    expect(await at(IMMICH, '"authe|lia"')).toContain(
      'Middleware `authelia` on `homelab`: `forwardAuth`, defined in `containers/authelia.nix:23`.',
    );
    expect(await at(IMMICH, '"webs|ecure"')).toContain('Entry point `websecure`');
  });

  it('a router’s TLS: by itself, by its entry point, at some of them', async () => {
    const text = (router: string): string => `#- /web.nix
{ services.traefik = {
  enable = true;
  staticConfigOptions.entryPoints = {
    plain.address = ":80";
    secure = { address = ":443"; http.tls = { }; };
  };
  dynamicConfigOptions.http.routers.w$0eb = { rule = "Host(\`web.lab\`)"; service = "web"; ${router} };
}; }`;
    const said = async (router: string): Promise<string> =>
      hovered(await inFixture(text(router), lineEnd)) ?? '';
    expect(await said('entryPoints = [ "plain" ];')).toContain('- TLS: no.');
    expect(await said('entryPoints = [ "secure" ];')).toContain('- TLS: yes.');
    expect(await said('entryPoints = [ "plain" "secure" ];')).toContain(
      '- TLS: at `secure`; not at `plain`.',
    );
    expect(await said('entryPoints = [ "plain" ]; tls.certResolver = "le";')).toContain(
      '- TLS: yes, certificates by `le`.',
    );
    expect(await said('entryPoints = [ "plain" ]; tls = x;')).toContain('- TLS: not known.');
  });

  it('a container that somebody has to start, with forwarded ports', async () => {
    const text = `#- /web.nix
{ containers.we$0b = {
  privateNetwork = true;
  hostAddress = "10.0.0.2";
  localAddress = "10.0.0.3";
  forwardPorts = [ { hostPort = 8080; containerPort = 80; } { hostPort = 53; protocol = "udp"; } ];
}; }`;
    const said = hovered(await inFixture(text, lineEnd));
    expect(said).toContain('- Forwarded from the host: TCP 8080 → 80, UDP 53.');
    expect(said).toContain('- It does not start by itself: `autoStart` is false.');
  });

  it('an import', async () => {
    expect(await at('/flake.nix', './containers/im|mich.nix')).toContain('Container `immich`');
  });

  it.each([
    ['a comment', '# --- Traef|ik'],
    ['a bracket', 'containers.immich = {|'],
    ['a value', 'autoStart = tr|ue'],
  ])('nothing on %s', async (_what, marked) => {
    expect(await at(IMMICH, marked)).toBeNull();
  });

  it('an option that no table has', async () => {
    expect(await at(IMMICH, 'newVersion|Check')).toContain('settings.newVersionCheck`');
  });

  it('a set of options, a service, a name that somebody chose', async () => {
    expect(await at(IMMICH, 'network|ing = {')).toContain(
      'Options in it that are known here: `firewall`, `hostName`',
    );
    const service = await at(IMMICH, 'services.imm|ich = {');
    for (const part of [
      'Immich, `services.immich`.',
      'Listens here on TCP port `2283`',
      'State: `/var/lib/immich`.',
    ])
      expect(service).toContain(part);
  });

  it.each([
    [
      'beside keys that a table has',
      'services.forgejo.settings.server.SSH_SERV$0ER_MACS = "x";',
      /A key of the settings in `.*services\.forgejo\.settings`, which are handed on to the program as they are written\./,
    ],
    [
      'where no table has the settings',
      'services.unheard-of.settings.a.b$0 = 1;',
      /A key of the settings in `.*services\.unheard-of\.settings`/,
    ],
    [
      'below a set of instances',
      'services.authelia.instances.main.settings.regulation.max_re$0tries = 3;',
      /A key of the settings in `.*services\.authelia\.instances\.main\.settings`/,
    ],
    [
      'where the table says what the settings are',
      'services.nextcloud.settings.oidc_create_gr$0oups = true;',
      /Part of `services\.nextcloud\.settings`\.[^]*Further content of `config\.php`\./,
    ],
  ])('a key of free settings, %s', async (_what, binding, words) => {
    const said = await hoveredAt(`#- /web.nix\n{ containers.web.config = { ${binding} }; }`, lineEnd);
    expect(said).toMatch(words);
    expect(said).not.toContain('do not describe');
  });

  it('an option of a service that the tables do not have', async () => {
    expect(
      await hoveredAt('#- /web.nix\n{ containers.web.config.services.immich.unheard$0Of = 1; }'),
    ).toContain('An option that the tables of this extension do not describe.');
  });

  it.each([
    [
      'all options of',
      'containers.web.bindMounts."/x$0" = { hostPath = "/y"; };',
      'Options in it: `mountPoint`',
    ],
    [
      'some options of',
      'containers.web.config.services.reso$0lved.enable = true;',
      'Options in it that are known here: `enable`',
    ],
  ])('says when it knows %s a set', async (_what, binding, words) => {
    expect(await hoveredAt(`#- /web.nix\n{ ${binding} }`, lineEnd)).toContain(words);
  });

  it.each([
    ['with dots', 'containers.${name}.hostAdd$0ress = own;'],
    ['in sets', 'containers = { ${name} = { hostAdd$0ress = own; }; };'],
    ['mixed', 'containers.${name} = { hostAdd$0ress = own; };'],
  ])('the value of an option of a container whose name is a variable, %s', async (_what, binding) => {
    const said = await hoveredAt(
      `#- /web.nix\n{ ... }: let name = "web";\n own = "10.0.0.1"; in\n{ ${binding} }\n#- /other.nix\n{ containers.other.hostAddress = "10.0.9.2"; }`,
      lineEnd,
    );
    expect(said).toContain('`10.0.0.1`');
  });

  it.each([
    ['with dots', 'containers.${name}.config.services.reso$0lved.enable = true;'],
    ['in sets', 'containers = { ${name} = { config = { services = { reso$0lved.enable = true; }; }; }; };'],
    ['mixed', 'containers.${name}.config = { pkgs, ... }: { services.reso$0lved.enable = true; };'],
  ])('a name in a container whose name is a variable, %s', async (_what, binding) => {
    const said = await hoveredAt(`#- /web.nix\n{ ... }: let name = "web"; in { ${binding} }`, lineEnd);
    expect(said).toContain('`containers.web.config.services.resolved`');
  });

  it('a service that listens on localhost by default', async () => {
    const text = '#- /web.nix\n{ ... }: { containers.web.config.services.im$0mich.enable = true; }';
    expect(hovered(await inFixture(text, lineEnd))).toContain(
      'Listens on localhost by default: set `host` so that a proxy outside the container reaches it.',
    );
  });

  it('where a value comes from, every step', async () => {
    const text = `#- /net.nix
{ prefix = "10.0.0"; }
#- /web.nix
{ ... }: let
  net = import ./net.nix;
  own = "\${net.prefix}.5";
  address = own;
in {
  containers.web.local$0Address = address;
}`;
    expect(hovered(await inFixture(text, lineEnd))).toContain(
      'Value on `homelab`: `10.0.0.5`, from `web.nix:4`, through `web.nix:3`.\n\n- `net.prefix` is `10.0.0`, from `net.nix:1`.',
    );
  });

  it('a text made of one that is known only by what it names', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }@inputs: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ inputs, ... }: { nix.nixPath = [ "nixpkgs=\${inputs.nixpkgs.out$0Path}" ]; containers.web = { }; }`;
    expect(hovered(await inFixture(text, lineEnd)) ?? '').not.toContain('undefined');
  });

  it('a definition that does not count', async () => {
    const text = `#- /a.nix
{ lib, ... }: { containers.web.auto$0Start = lib.mkForce true; }
#- /b.nix
{ ... }: { containers.web.autoStart = false; }`;
    expect(hovered(await inFixture(text, lineEnd))).toContain(
      'Value on `homelab`: `true`.\n\n- Not used: `b.nix:1`, overridden.',
    );
  });

  it('in half-typed text, behind an emoji', async () => {
    const text = '#- /web.nix\n{ ... }: { # 🏠\n  containers.web = { /* 🏠 */ autoSt$0art';
    expect(hovered(await inFixture(text, lineEnd))).toContain('`containers.<name>.autoStart`');
  });

  it('a container of two hosts, each as it is there', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: {
  nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./web.nix { containers.web.localAddress = "10.0.0.2"; } ]; };
  nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./web.nix { containers.web.localAddress = "10.0.1.2"; } ]; };
}; }
#- /web.nix
{ ... }: { containers.we$0b.privateNetwork = true; }
`;
    const shown = hovered(await inFixture(text, lineEnd));
    expect(shown).toContain('Container `web` on `a`');
    expect(shown).toContain('`10.0.0.2`');
    expect(shown).toContain('Container `web` on `b`');
    expect(shown).toContain('`10.0.1.2`');
  });

  it('makes no Markdown of what the workspace says', async () => {
    const text = '#- /web.nix\n{ ... }: { containers."[x](http://evil)$0" = { }; }';
    expect(hovered(await inFixture(text, lineEnd))).toContain('Container `[x](http://evil)`');
  });
});

describe('where more is said', () => {
  it.each([
    [
      'of an option of NixOS, in the list of its options',
      '{ containers.a.hostAdd$0ress = "10.0.0.1"; }',
      'https://search.nixos.org/options?show=containers.%3Cname%3E.hostAddress&query=containers.%3Cname%3E.hostAddress',
    ],
    [
      'of a key of Traefik, in its manual',
      '{ services.traefik.dynamicConfigOptions.http.routers.r.prio$0rity = 3; }',
      'https://doc.traefik.io/traefik/',
    ],
    [
      'of a secret, with who decrypts it',
      '{ age.secrets.x.fi$0le = ./x.age; }',
      'https://github.com/ryantm/agenix',
    ],
  ])('%s', async (_what, module, link) => {
    expect(await hoveredAt(`#- /a.nix\n${module}\n`)).toContain(`](${link}`);
  });

  it('of an option of the repository, nowhere', async () => {
    const text = await hoveredAt(
      '#- /a.nix\n{ lib, ... }: { options.lab.size = lib.mkOption { type = lib.types.int; description = "How large."; }; config.lab.si$0ze = 3; }\n',
    );
    expect(text).toContain('How large\\.');
    expect(text).not.toContain('](http');
  });
});
