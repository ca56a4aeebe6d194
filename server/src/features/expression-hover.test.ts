import { describe, expect, it } from 'vitest';
import { hoveredAt } from '../../../test/engine/hovered';

const OTHER = `
#- /net.nix
{ prefix = "10.0.0"; ports.web = 8080; }
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'values of expressions (%s)',
  (_, lineEnd) => {
    const at = (text: string, nixHovers = true): Promise<string | null> =>
      hoveredAt(`#- /web.nix\n${text}\n${OTHER}`, lineEnd, { nixHovers });

    it.each([
      ['a name', 'let port = 80; in { containers.web.x = po$0rt; }', '`port` is `80`.'],
      [
        'a selection',
        'let net = import ./net.nix; in { containers.web.x = net.pre$0fix; }',
        '`net.prefix` is `10.0.0`, from `net.nix:1`.',
      ],
      [
        'what a selection goes through',
        'let net = import ./net.nix; in { containers.web.x = net.po$0rts.web; }',
        '`net.ports` is a set of `web`.',
      ],
      [
        'the subject of one',
        'let net = import ./net.nix; in { containers.web.x = ne$0t.prefix; }',
        '`net` is a set of `prefix`, `ports`.',
      ],
      ['a sum', '{ containers.web.x = 80 $0+ 1; }', '`80 + 1` is `81`.'],
      [
        'a text',
        'let name = "web"; in { containers.web.x = "a.$0${name}.lab"; }',
        '`"a.${name}.lab"` is `a.web.lab`.',
      ],
      ['a choice', '{ containers.web.x = i$0f 1 == 1 then "a" else "b"; }', 'is `a`.'],
      [
        'a question',
        'let net = import ./net.nix; in { containers.web.x = net $0? prefix; }',
        '`net ? prefix` is `true`.',
      ],
      ['a call', 'let f = x: "${x}.lab"; in { containers.web.x = $0f "web"; }', '`f "web"` is `web.lab`'],
      [
        'a route',
        'let name = "web"; in { services.traefik.dynamicConfigOptions.http.routers.web.x = na$0me; }',
        '`name` is `web`.',
      ],
      ['behind an emoji', 'let port = 80; in { containers.web.x = /* 🏠 */ po$0rt; }', '`port` is `80`.'],
      [
        'in sets',
        'let port = 80; in { containers = { web = { config = { x = po$0rt; }; }; }; }',
        '`port` is `80`.',
      ],
      ['mixed', 'let port = 80; in { containers.web = { config.x.y = [ po$0rt ]; }; }', '`port` is `80`.'],
      [
        'half-typed',
        'let port = 80; in { containers.web = { config.x = po$0rt; config.y = ; }; }',
        '`port` is `80`.',
      ],
    ])('%s', async (_what, text, expected) => {
      expect(await at(text)).toContain(expected);
    });

    it('every `let` on the way', async () => {
      const text = `let
  first = "10.0.0.5";
  second = first;
  third = second;
in {
  containers.web = { privateNetwork = true; localAddress = thi$0rd; };
}`;
      expect(await at(text)).toContain(
        '- Its value comes from `web.nix:4`, through `web.nix:3`, `web.nix:2`.',
      );
      expect(await at(text.replace('$0', '').replace('localAddress', 'local$0Address'))).toContain(
        'Value on `homelab`: `10.0.0.5`, from `web.nix:4`, through `web.nix:3`, `web.nix:2`.',
      );
      expect(await at(text.replace('$0', '').replace('third = sec', 'third = s$0ec'))).toContain(
        '`second` is `10.0.0.5`, from `web.nix:3`, through `web.nix:2`.',
      );
    });

    it('a default, by the option it is of', async () => {
      const text =
        '{ config, ... }: { containers.web.config.services.immich.enable = true; x = "h:${toString config.containers.web.config.services.immich.po$0rt}"; }';
      expect(await at(text)).toContain('Value on `homelab`: `2283`, default of `services.immich.port`.');
    });

    it('never shows what is not known as known', async () => {
      expect(await at('{ pkgs, ... }: { containers.web.x = pkgs.he$0llo; }')).toMatch(/: not known, /);
      expect(await at('let f = name: { containers.web.x = na$0me; }; in f')).toMatch(
        /`name`: not known, what this function is called with depends on its caller/,
      );
    });

    it('a function of nixpkgs, with what it takes', async () => {
      expect(await at('{ lib, ... }: { containers.web = lib.mk$0If true { }; }')).toContain(
        '`mkIf condition content`\n\nDefines something only where a condition holds',
      );
      expect(await at('{ lib, ... }: with lib; { containers.web = mkFor$0ce { }; }')).toContain(
        '`mkForce content`',
      );
      expect(await at('{ lib, ... }: let mkIf = 1; in { containers.web.x = mk$0If; }')).toContain(
        '`mkIf` is `1`.',
      );
    });

    it('is left to another server for Nix, outside containers and routes', async () => {
      const text = 'let port = 80; in { services.x.port = po$0rt; }';
      expect(await at(text)).toContain('`port` is `80`.');
      expect(await at(text, false)).toBeNull();
      expect(await at('let port = 80; in { containers.web.x = po$0rt; }', false)).toContain('`80`');
    });

    it.each([
      ['a number', '{ containers.web.x = 8$00; }'],
      ['a plain text', '{ containers.web.x = "a$0b"; }'],
      ['true', '{ containers.web.x = tr$0ue; }'],
      ['a name that nothing binds in a broken file', '{ containers.web.x = non$0e; y = { '],
      ['a keyword', 'le$0t a = 1; in { }'],
    ])('nothing of %s', async (_what, text) => {
      expect((await at(text)) ?? '').not.toContain(' is `');
    });
  },
);
