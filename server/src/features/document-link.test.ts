import { describe, expect, it } from 'vitest';
import { inExample, inFixture, uriOf, type PlaceInHomelab } from '../../../test/engine/navigation';
import { documentLinks } from './document-link';

const IMMICH = '/containers/immich.nix';

/** The links of a file as `text > target (tooltip)`. */
function links({ homelab, file }: PlaceInHomelab): string[] {
  return documentLinks(homelab, file, uriOf).map(({ range, target, tooltip }) => {
    const text = file.text.slice(file.lines.offsetAt(range.start), file.lines.offsetAt(range.end));
    return `${text} > ${target ?? ''}${tooltip === undefined ? '' : ` (${tooltip})`}`;
  });
}

const TRAEFIK = 'services.traefik.dynamicConfigOptions.http';

const inModule = async (text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<string[]> =>
  links(await inFixture(`#- /a.nix\n{ config, lib, pkgs, ... }: {$0\n${text}\n}\n`, lineEnd));

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'document links (%s)',
  (_title, lineEnd) => {
    it('lead from a server’s URL to the container, from a host name to the site', async () => {
      expect(links(await inExample(IMMICH, '{ con|fig', {}, lineEnd))).toEqual([
        'http://${config.containers.immich.localAddress}:${toString config.containers.immich.config.services.immich.port}' +
          ` > file://${IMMICH}#L21,14 (Container immich, http://10.10.10.5:2283)`,
        'photos.${domain} > https://photos.nemnix.site (https://photos.nemnix.site)',
        'https://photos.${domain} > https://photos.nemnix.site (https://photos.nemnix.site)',
      ]);
    });
  },
);

describe('document links', () => {
  it('lead from any URL to what it is after evaluation', async () => {
    const text =
      '  networking.domain = "lab.site";\n  x = "see https://git.${config.networking.domain}/a?b=1 there";';
    expect(await inModule(text)).toEqual([
      'https://git.${config.networking.domain}/a?b=1 > https://git.lab.site/a?b=1 (https://git.lab.site/a?b=1)',
    ]);
  });

  it('lead to a container by its address, of two in one text each to its own', async () => {
    const text = `  containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; };
  containers.db = { privateNetwork = true; localAddress = "10.0.0.3"; };
  x = "http://\${config.containers.web.localAddress},http://\${config.containers.db.localAddress}/y";`;
    expect(await inModule(text.replace(',http', ' http'))).toEqual([
      'http://${config.containers.web.localAddress} > file:///a.nix#L2,14 (Container web, http://10.0.0.2)',
      'http://${config.containers.db.localAddress}/y > file:///a.nix#L3,14 (Container db, http://10.0.0.3/y)',
    ]);
  });

  it.each([
    ['a URL that is not known', 'x = "http://${pkgs.hello}/a";'],
    ['a URL that nothing is interpolated in', 'x = "http://10.0.0.1/a";'],
    ['something that is no URL', 'x = "${toString 1}://a";'],
    ['what evaluates to no URL', 'x = "http://${" "}a";'],
    ['what evaluates to another scheme', 'x = "http://${"a b"}";'],
    ['text in a comment', '# "http://${config.a}"'],
  ])('are none for %s', async (_what, text) => {
    expect(await inModule(`  ${text}`)).toEqual([]);
  });

  it('are none where hosts differ', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: {
  nixosConfigurations.a = nixpkgs.lib.nixosSystem { specialArgs.domain = "a.site"; modules = [ ./m.nix ]; };
  nixosConfigurations.b = nixpkgs.lib.nixosSystem { specialArgs.domain = "b.site"; modules = [ ./m.nix ]; };
}; }
#- /m.nix
{ domain, ... }: { x = "https://\${domain}";$0 }
`;
    expect(links(await inFixture(text))).toEqual([]);
  });

  it('know by the entry points whether a site has TLS, and take every host of a rule', async () => {
    const text = `  services.traefik.enable = true;
  services.traefik.staticConfigOptions.entryPoints = { web.address = ":80"; secure.address = ":443"; };
  ${TRAEFIK}.routers.a = { rule = "Host(\`a.site\`) || (Host(\`b.\${config.networking.domain}\`) && Path(\`/c\`))"; entryPoints = [ "web" ]; };
  ${TRAEFIK}.routers.d = { rule = "Host(\`d.site\`) && !Host(\`*.site\`)"; entryPoints = [ "web" "secure" ]; };
  networking.domain = "site";`;
    expect(await inModule(text)).toEqual([
      'a.site > http://a.site (http://a.site)',
      'b.${config.networking.domain} > http://b.site (http://b.site)',
      'd.site > https://d.site (https://d.site)',
    ]);
  });

  it('lead to a container that is disabled, where a URL names it', async () => {
    const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [
  ./m.nix
  # ./off.nix
]; }; }; }
#- /m.nix
{ }
#- /off.nix
{ config, ... }: {$0
  containers.off = { privateNetwork = true; localAddress = "10.0.0.2"; };
  x = "http://\${config.containers.off.localAddress}:80";
}
`;
    expect(links(await inFixture(text))).toEqual([
      'http://${config.containers.off.localAddress}:80 > file:///off.nix#L2,14 (Container off)',
    ]);
  });

  it('are there while another binding is broken', async () => {
    const text =
      '  networking.domain = "lab.site";\n  y = [ 1;\n  x = "https://${config.networking.domain}";';
    expect(await inModule(text)).toEqual([
      'https://${config.networking.domain} > https://lab.site (https://lab.site)',
    ]);
  });
});
