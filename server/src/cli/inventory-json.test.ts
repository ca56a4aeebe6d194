import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { inventoryOf } from './inventory-json';

describe('the inventory', () => {
  it('names no container for a route to an address that two containers have', async () => {
    const fixture = parseFixture(`#- /proxy.nix
{
  services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [ { url = "http://10.0.0.5:80"; } ];
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
  };
}
#- /web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.5"; }; }
`);
    const [host] = inventoryOf(await homelabOf(fixture), (file) => file).hosts;
    expect(host?.routes[0]).toMatchObject({
      container: { unknown: 'db and web share 10.0.0.5' },
      servers: ['http://10.0.0.5:80'],
      port: 80,
    });
    expect(host?.containers.map(({ routes }) => routes)).toEqual([[], []]);
  });
});
