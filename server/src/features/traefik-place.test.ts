import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { hoveredAt } from '../../../test/engine/hovered';
import { inFixture } from '../../../test/engine/navigation';
import { semanticTokens } from './semantic-tokens';

/** Traefik's settings under every name that nixpkgs and its forks have for them. */

const DYNAMIC = [
  'dynamicConfigOptions',
  'dynamic.settings',
  'routing.settings',
  'dynamic.files.own.settings',
  'routing.extraFiles.own.settings',
];
const STATIC = ['staticConfigOptions', 'static.settings', 'install.settings'];

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'names of the settings (%s)',
  (_, lineEnd) => {
    const route = (option: string, marked = ''): string => `#- /web.nix
{ ... }: {
  containers.traefik.config.services.traefik.${option}.http = {
    routers.we${marked === 'router' ? '$0' : ''}b = {
      rule = "Host(\`web.lab\`)";
      service = "w${marked === 'service' ? '$0' : ''}eb";
      middle${marked === 'key' ? '$0' : ''}wares = [ "login" ];
    };
    services.web.loadBalancer.servers = [ { url = "http://10.0.0.3:80"; } ];
  };
  containers.web = { privateNetwork = true; localAddress = "10.0.0.3"; };
}`;

    it.each(DYNAMIC)('%s: router, service, key', async (option) => {
      expect(await hoveredAt(route(option, 'router'), lineEnd)).toContain(
        'Router (http) `web` on `homelab`.',
      );
      expect(await hoveredAt(route(option, 'service'), lineEnd)).toContain('→ container `web` → port 80.');
      expect(await hoveredAt(route(option, 'key'), lineEnd)).toContain(
        '`services.traefik.dynamicConfigOptions.http.routers.<name>.middlewares`',
      );
    });

    it.each(DYNAMIC)('%s: completion and colours', async (option) => {
      const { labels } = await completeAt(
        `#- /web.nix\n{ services.traefik.${option}.http.routers.web = { ru$0 }; }`,
        lineEnd,
      );
      expect(labels).toContain('rule');
      const { homelab, file } = await inFixture(route(option, 'router'), lineEnd);
      const types = semanticTokens(homelab, file).map(
        ({ range, type }) => `${file.text.slice(range.start, range.end)} ${type}`,
      );
      expect(types).toEqual(expect.arrayContaining(['web router', 'web service', 'rule option']));
    });

    it.each(STATIC)('%s', async (option) => {
      expect(
        await hoveredAt(
          `#- /t.nix\n{ services.traefik.${option}.entryPoints.web.addr$0ess = ":80"; }`,
          lineEnd,
        ),
      ).toContain('`services.traefik.staticConfigOptions.entryPoints.<name>.address`');
      const { labels } = await completeAt(
        `#- /t.nix\n{ services.traefik.${option} = { entryPoints.web = { addr$0 }; }; }`,
        lineEnd,
      );
      expect(labels).toContain('address');
    });
  },
);
