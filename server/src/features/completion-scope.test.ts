import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';

const FLAKE = `#- /flake.nix
{
  outputs = { nixpkgs, ... }: let domain = "example.org"; in {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit domain; net = { prefix = "10.1.0"; gateway = "10.1.0.1"; }; };
      modules = [ ./containers/web.nix ./containers/new.nix ./secrets.nix ];
    };
  };
}
#- /secrets.nix
{ ... }: {
  age.secrets.token.file = ./token.age;
  sops.secrets."db/password" = { };
  _module.args.site = "site.example.org";
}
#- /containers/web.nix
{ ... }: { containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/old.nix
{ ... }: { containers.old = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.4"; }; }
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'names from around (%s)',
  (_title, lineEnd) => {
    const complete = (body: string, file = '/containers/new.nix'): ReturnType<typeof completeAt> =>
      completeAt(`${FLAKE}#- ${file}\n${body}`, lineEnd);

    describe('the head of a module', () => {
      it.each([
        ['alone', '{ do$0 }: { }'],
        ['before others', '{ $0 config, ... }: { }'],
        ['behind others', '{ config, $0 }: { }'],
        ['not closed', '{ config, do$0'],
        ['on a line of its own', '{\n  config,\n  do$0,\n  ...\n}: { }'],
      ])('offers what the host passes: %s', async (_place, body) => {
        const { labels, item } = await complete(body);
        expect(labels.slice(0, 3)).toEqual(['domain', 'net', 'site']);
        expect(item('domain').detail).toBe('example.org');
        expect(labels).toContain('lib');
      });

      it('does not offer what is named already', async () => {
        const { labels } = await complete('{ config, $0, domain, lib ? null, ... }: { }');
        expect(labels).not.toContain('config');
        expect(labels).not.toContain('domain');
        expect(labels).not.toContain('lib');
        expect(labels).toContain('pkgs');
      });

      it('knows the functions inside a module', async () => {
        const guest = await complete('{ ... }: { containers.web.config = { $0 }: { }; }');
        expect(guest.labels).toContain('pkgs');
        const container = await complete('{ ... }: { containers.web = { na$0, ... }: { }; }');
        expect(container.labels).toContain('name');
        expect((await complete('{ lib, ... }: { x = lib.mapAttrs ({ $0 }: { }) { }; }')).labels).toEqual([]);
      });
    });

    describe('values', () => {
      it('offers bound names in an interpolation, arguments with their values', async () => {
        const { labels, item } = await complete(
          '{ config, domain, ... }: let port = 80; in { x = "http://${$0}"; }',
        );
        expect(labels).toEqual(expect.arrayContaining(['port', 'config', 'domain']));
        expect(item('domain').detail).toBe('example.org');
      });

      it('adds an argument to the head where it is not named', async () => {
        const one = await complete('{ config, ... }: { x = "${do$0}"; }');
        expect(one.chosen('domain')).toBe('{ config, domain, ... }: { x = "${domain}"; }');
        const lines = await complete('{\n  config,\n  ...\n}: { x = "${do$0}"; }');
        expect(lines.chosen('domain')).toBe('{\n  config,\n  domain,\n  ...\n}: { x = "${domain}"; }');
      });

      it('offers no name where the values are listed', async () => {
        const { labels } = await complete('{ domain, ... }: { containers.web.autoStart = $0; }');
        expect(labels).toEqual(['true', 'false']);
      });

      it('offers the attributes of a set that a name stands for', async () => {
        const { labels, item } = await complete('{ net, ... }: { x = "${net.pre$0}"; }');
        expect(labels).toEqual(['prefix', 'gateway']);
        expect(item('prefix').detail).toBe('10.1.0');
        const bound = await complete('{ ... }: let a.b.c = 1; in { x = a.b.$0; }');
        expect(bound.labels).toEqual(['c']);
      });

      it('offers what can be inherited, options of the set first', async () => {
        const bare = await complete(
          '{ ... }: let other = 1; hostAddress = "10.0.0.5"; in { containers.new = { inherit $0; }; }',
        );
        expect(bare.labels[0]).toBe('hostAddress');
        const from = await complete(
          '{ ... }: let cfg = { other = 1; hostAddress = "10.0.0.5"; }; in { containers.new = { inherit (cfg) $0; }; }',
        );
        expect(from.labels).toEqual(['hostAddress', 'other']);
      });

      it('offers secrets', async () => {
        const age = await complete('{ config, ... }: { x = config.age.secrets.$0; }');
        expect(age.labels).toEqual(['token']);
        const sops = await complete('{ config, ... }: { x = config.sops.secrets.$0; }');
        expect(sops.chosen('db/password')).toContain('config.sops.secrets."db/password";');
        const path = await complete('{ config, ... }: { x = config.age.secrets.token.$0; }');
        expect(path.labels).toContain('path');
      });
    });

    describe('paths', () => {
      it('offers the entries of a folder, those that are imported last', async () => {
        const { labels, item, chosen } = await complete('{ ... }: { imports = [ ./$0 ]; }');
        expect(labels[0]).toBe('old.nix');
        expect(item('web.nix').detail).toBe('imported already');
        expect(labels).not.toContain('new.nix');
        expect(chosen('old.nix')).toContain('[ ./old.nix ]');
        const half = await complete('{ ... }: { imports = [ ../containers/o$0ld ]; }');
        expect(half.chosen('old.nix')).toContain('[ ../containers/old.nix ]');
      });

      it('offers modules that nobody imports in the flake’s list', async () => {
        const flake = FLAKE.replace('./secrets.nix ]', './secrets.nix $0 ]');
        const { labels, chosen } = await completeAt(
          `${flake}#- /containers/new.nix\n{ ... }: { }\n`,
          lineEnd,
        );
        expect(labels[0]).toBe('./containers/old.nix');
        expect(chosen('./containers/old.nix')).toContain('./secrets.nix ./containers/old.nix ]');
      });

      it('offers any file elsewhere, and nothing in comments and strings', async () => {
        expect((await complete('{ ... }: { x = ../$0; }')).labels).toEqual(
          expect.arrayContaining(['containers', 'secrets.nix']),
        );
        expect((await complete('{ ... }: { # ./$0\n }')).labels).toEqual([]);
        expect((await complete('{ ... }: { x = " ./$0"; }')).labels).toEqual([]);
      });
    });

    describe('options that the repository declares', () => {
      const declared = `#- /options.nix
{ lib, ... }: {
  options.homelab = {
    domain = lib.mkOption { type = lib.types.str; default = "example.org"; description = "The [domain](x) of all."; };
    mode = lib.mkOption { type = lib.types.enum [ "small" "large" ]; };
    debug = lib.mkEnableOption "debugging";
  };
}
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./options.nix ./new.nix ]; }; }; }
#- /new.nix
`;

      it('offers them by name, with type, default and description', async () => {
        const { labels, item, chosen } = await completeAt(`${declared}{ ... }: { homelab.$0 }`, lineEnd);
        expect(labels).toEqual(['domain', 'mode', 'debug']);
        expect(chosen('mode')).toContain('homelab.mode = "small"; }');
        expect(chosen('debug')).toContain('homelab.debug = true; }');
        const says = JSON.stringify(item('domain').documentation);
        for (const part of ['Type: `string`', 'Default: `\\"example.org\\"`', 'Declared in `options.nix:3`'])
          expect(says).toContain(part);
        expect(says).toContain('\\\\[domain\\\\]');
        expect((await completeAt(`${declared}{ ... }: { home$0 }`, lineEnd)).labels).toContain('homelab');
      });

      it('offers their values, and them in selections', async () => {
        expect((await completeAt(`${declared}{ ... }: { homelab.mode = "$0"; }`, lineEnd)).labels).toEqual([
          'small',
          'large',
        ]);
        const read = await completeAt(`${declared}{ config, ... }: { x = config.homelab.$0; }`, lineEnd);
        expect(read.labels).toContain('domain');
      });
    });

    describe('places that evaluation knows', () => {
      it('offers options in the set that a helper function gives', async () => {
        const { labels } = await complete(
          '{ ... }: let mk = address: { autoStart = true; ephem$0 }; in { containers.new = mk "10.0.0.6"; }',
        );
        expect(labels).toContain('ephemeral');
      });

      it('offers options in a set that is merged by a function', async () => {
        const { labels } = await complete(
          '{ lib, ... }: let extra = { autoStart = true; privateN$0 = true; }; in { containers.new = lib.recursiveUpdate extra { }; }',
        );
        expect(labels).toContain('privateNetwork');
      });
    });
  },
);
