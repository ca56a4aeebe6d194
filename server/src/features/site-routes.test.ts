import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { inFixture, leadsTo, lensesOf, uriOf } from '../../../test/engine/navigation';
import { containerTargets, routeTargets } from './navigation-targets';
import { optionHover } from './option-hover';

const SITES: Readonly<Record<string, string>> = {
  nginx: `{
  services.nginx.enable = true;
  services.nginx.virtualHosts."web.example.org" = {
    locations."/".proxyPass = "http://10.0.0.2:8080";
  };
}`,
  Caddy: `{
  services.caddy.enable = true;
  services.caddy.virtualHosts."web.example.org" = {
    extraConfig = "reverse_proxy 10.0.0.2:8080";
  };
}`,
  cloudflared: `{
  services.cloudflared.enable = true;
  services.cloudflared.tunnels.home.ingress."web.example.org" = {
    service = "http://10.0.0.2:8080";
  };
}`,
};

const at = (site: string, marked: string): string =>
  `\n#- /site.nix\n${site.replace(marked.replace('|', ''), marked.replace('|', '$0'))}
#- /web.nix
{ containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; config = { }; }; }
`;

describe.each(
  Object.entries(SITES).flatMap(
    ([proxy, site]) =>
      [
        ['\n', proxy, site],
        ['\r\n', proxy, site],
      ] as const,
  ),
)('the name of a site (line end %j, %s)', (lineEnd, proxy, site) => {
  const named = at(site, '"web.exa|mple.org"');

  it('leads to the container, and the container to it', async () => {
    expect(leadsTo(await inFixture(named, lineEnd))).toEqual(['/web.nix:1 web']);
    const container = named.replace('$0', '').replace('containers.web', 'containers.we$0b');
    expect(leadsTo(await inFixture(container, lineEnd))).toEqual(['/site.nix:3 "web.example.org"']);
  });

  it('says what the route is', async () => {
    const place = await inFixture(named, lineEnd);
    const text = (optionHover({ ...place, kind: MarkupKind.Markdown })?.contents as MarkupContent).value;
    expect(text).toContain(`Route of ${proxy} (http) \`web.example.org\` on \`homelab\`.`);
    expect(text).toContain(
      'Server: `http://10.0.0.2:8080` → container `web` → port 8080.'.replace(
        'http://',
        proxy === 'Caddy' ? '' : 'http://',
      ),
    );
    expect(text).not.toContain('Middlewares');
  });

  it('has a lens to the container, and the container one to it', async () => {
    const { homelab, file } = await inFixture(named, lineEnd);
    expect(lensesOf({ homelab, file })).toEqual(['3 → container web 10.0.0.2 > /web.nix:1 web']);
    const web = homelab.files.parsed('/web.nix');
    expect(web && lensesOf({ homelab, file: web })).toEqual([
      '1 → web.example.org · :8080 > /site.nix:3 "web.example.org"',
    ]);
  });

  it('is the route of all that is written under it', async () => {
    const inside = await inFixture(at(site, '10.0.|0.2'), lineEnd);
    const targets = (found: ReturnType<typeof routeTargets>): string[] =>
      found.targets.map(({ label }) => label);
    expect(targets(routeTargets(inside.homelab, inside.file, inside.offset, uriOf))).toEqual([
      'web.example.org',
    ]);
    expect(targets(containerTargets(inside.homelab, inside.file, inside.offset, uriOf))).toEqual(['web']);
    const outside = await inFixture(at(site, 'ena|ble'), lineEnd);
    expect(targets(routeTargets(outside.homelab, outside.file, outside.offset, uriOf))).toEqual([]);
  });
});
