import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { inFixture } from '../../../test/engine/navigation';
import { hover } from './hover';

async function shown(text: string, end: '\n' | '\r\n' = '\n'): Promise<string> {
  const { homelab, file, offset } = await inFixture(text, end);
  return (
    (hover(homelab, file, offset, MarkupKind.PlainText)?.contents as MarkupContent | undefined)?.value ?? ''
  );
}

const inRoute = (route: string): string =>
  `\n#- /a.nix\n{ config, lib, ... }: {\n  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {\n    ${route}\n  };\n}\n`;

describe('a key of Traefik', () => {
  it('has its type, default, values, meaning, pitfall and page', async () => {
    const text = await shown(
      '\n#- /a.nix\n{ services.traefik.dynamicConfigOptions.tls.options.x.min$0Version = "VersionTLS13"; }\n',
    );
    expect(text).toContain('services.traefik.dynamicConfigOptions.tls.options.<name>.minVersion');
    expect(text).toContain('one of "VersionTLS10", "VersionTLS11"');
    expect(text).toContain('Default: TLS 1.2');
    expect(text).toContain('The lowest TLS version that visitors may speak.');
    expect(text).toContain('ignored without a word');
    expect(text).toContain(
      'https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/',
    );
  });

  it('is told in any case, in a set of updates, in a function', async () => {
    expect(await shown(inRoute('routers = { } // { a = { entry$0points = [ ]; }; };'))).toContain(
      'The entry points that the router listens on',
    );
    expect(
      await shown(
        inRoute('services = lib.mapAttrs (n: u: { loadbalancer.SER$0VERS = [ { url = u; } ]; }) { };'),
      ),
    ).toContain('The servers that requests are shared among');
    expect(await shown(inRoute('services.a.loadBalancer.servers = [ { u$0rl = "http://a"; } ];'))).toContain(
      'Where the server answers',
    );
  });

  it('is told in a file that only writes a fragment and that nothing imports', async () => {
    const text = await shown(`
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /new.nix
{ ... }: { containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers.x = { prio$0rity = 1; }; }
`);
    expect(text).toContain('the highest number wins');
  });

  it('says since when it is deprecated', async () => {
    expect(await shown(inRoute('middlewares.a.ipWhite$0List.sourceRange = [ ];'))).toContain(
      'Renamed in Traefik 3.0',
    );
  });

  it('has the plugin’s documentation for what is inside a plugin', async () => {
    expect(await shown(inRoute('middlewares.a.plugin.bouncer.crowdsec$0Mode = "live";'))).toContain(
      'A middleware that a plugin brings',
    );
  });

  it('has the documentation of its kind for a name that nothing is known of', async () => {
    expect(await shown(inRoute('serversTransports.lo$0ose.insecureSkipVerify = true;'))).toContain(
      'A way to connect to servers',
    );
  });
});

describe.each(['\n', '\r\n'] as const)('a rule (%j)', (end) => {
  it('is told in words', async () => {
    const text = await shown(
      inRoute(
        'routers.a = { rule = "Host(`a.example.org`) && (PathPrefix(`/api`) ||$0 !Method(`GET`))"; service = "a"; };',
      ),
      end,
    );
    expect(text).toContain(
      'Takes requests where the host name is a.example.org and (the path begins with /api, or the method is not GET).',
    );
  });

  it('is told with what interpolations stand for', async () => {
    const text = await shown(
      `\n#- /a.nix\n{ ... }: let domain = "example.org"; in {\n  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Ho$0st(\`a.\${domain}\`)";\n}\n`,
      end,
    );
    expect(text).toContain('Takes requests where the host name is a.example.org.');
    expect(text).toContain('Host(name): The request is for exactly this host name.');
  });

  it('is told as far as it is known', async () => {
    const text = await shown(
      `\n#- /a.nix\n{ inputs, ... }: {\n  services.traefik.dynamicConfigOptions.http.routers.a.rule = "Host(\`a.\${inputs.x}\`) &$0& Query(\`q\`, \`1\`)";\n}\n`,
      end,
    );
    expect(text).toContain('the host name is a.… and the query has q = 1.');
  });
});
