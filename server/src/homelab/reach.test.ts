import { describe, expect, it } from 'vitest';
import { endsByRouter } from '../../../test/engine/routes';
import { parseTarget } from './reach';

/** A Traefik on the host, or in a container of its own, with one route to a URL. */
const proxy = (url: string, place: 'host' | 'own' | 'shared'): string => {
  const traefik = `services.traefik = { enable = true; dynamicConfigOptions.http = { routers.r.service = "s"; services.s.loadBalancer.servers = [ { url = "${url}"; } ]; }; };`;
  if (place === 'host') return traefik;
  const network =
    place === 'own' ? 'privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9";' : '';
  return `containers.proxy = { ${network} config = { lib, ... }: { imports = [ { ${traefik} } ]; }; };`;
};

/** Where a URL ends, as seen from a proxy. */
async function end(url: string, place: 'host' | 'own' | 'shared', ...modules: string[]): Promise<string> {
  const files = modules.map((text, number) => `#- /m${number}.nix\n{ ... }: {\n${text}\n}\n`).join('');
  const { r } = await endsByRouter(`\n#- /proxy.nix\n{ ... }: {\n${proxy(url, place)}\n}\n${files}`);
  return r?.join(' ') ?? 'no route';
}

const WEB =
  'containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { }; };';

describe('parseTarget', () => {
  it.each([
    ['http://10.0.0.2:8080/a?b#c', { host: '10.0.0.2', port: 8080 }],
    ['https://web', { host: 'web', port: 443 }],
    ['http://[fd00::2]:8080', { host: 'fd00::2', port: 8080 }],
    ['10.0.0.2:22', { host: '10.0.0.2', port: 22 }],
    ['ssh://10.0.0.2', { host: '10.0.0.2', port: 22 }],
    ['10.0.0.2', { host: '10.0.0.2', port: null }],
    ['http://unix:/run/web.sock', null],
    [':8080', null],
    ['', null],
  ])('%s', (url, target) => {
    expect(parseTarget(url)).toEqual(target);
  });
});

describe('an address', () => {
  it('is the container’s that has it, with any network in between and any spelling', async () => {
    expect(await end('http://10.0.0.2:80', 'own', WEB)).toBe('web:80');
    expect(
      await end(
        'http://[fd00:0::2]:80',
        'host',
        'containers.web = { privateNetwork = true; localAddress6 = "fd00::2/64"; };',
      ),
    ).toBe('web:80');
    expect(
      await end('http://10.0.0.2', 'host', 'containers.web.extraVeths.lan.localAddress = "10.0.0.2/24";'),
    ).toBe('web:80');
  });

  it('is nobody’s without a private network', async () => {
    expect(
      await end('http://10.0.0.2', 'host', 'containers.web = { localAddress = "10.0.0.2"; config = { }; };'),
    ).toBe('-:80');
  });

  it('may be one that the guest gives its own interface', async () => {
    const guest = (network: string): string =>
      `containers.web = { privateNetwork = true; hostBridge = "br0"; config = { ${network} }; };`;
    for (const network of [
      'networking.interfaces.eth0.ipv4.addresses = [ { address = "10.0.0.2"; prefixLength = 24; } ];',
      'systemd.network.networks.eth0.address = [ "10.0.0.2/24" ];',
      'systemd.network.networks.eth0.addresses = [ { Address = "10.0.0.2/24"; } ];',
      'systemd.network.networks.eth0.networkConfig.Address = "10.0.0.2/24";',
    ])
      expect(await end('http://10.0.0.2', 'host', guest(network)), network).toBe('web:80');
  });

  it('that two containers have is shared', async () => {
    expect(
      await end(
        'http://10.0.0.2',
        'host',
        WEB,
        'containers.other = { privateNetwork = true; localAddress = "10.0.0.2"; };',
      ),
    ).toBe('other|web:80');
  });
});

describe('loopback', () => {
  const IMMICH = 'containers.photos.config.services.immich.enable = true;';

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '[::1]', '0.0.0.0'])(
    'leads to what shares the host’s network: %s',
    async (host) => {
      expect(await end(`http://${host}:2283`, 'host', IMMICH)).toBe('photos:2283');
      expect(await end(`http://${host}:2283`, 'shared', IMMICH)).toBe('photos:2283');
      expect(await end(`http://${host}:2284`, 'host', IMMICH)).toBe('-:2284');
    },
  );

  it('leads to the proxy’s own container where that has its own network', async () => {
    expect(await end('http://localhost:2283', 'own', IMMICH)).toBe('proxy:2283');
  });

  it('leads to nobody where the host or a second container claims the port, or it has another network', async () => {
    expect(await end('http://localhost:2283', 'host', IMMICH, 'services.immich.enable = true;')).toBe(
      '-:2283',
    );
    expect(
      await end(
        'http://localhost:2283',
        'host',
        IMMICH,
        'containers.more.config.services.immich.enable = true;',
      ),
    ).toBe('-:2283');
    for (const network of [
      'privateNetwork = true;',
      'extraVeths.lan.localAddress = "10.0.0.5";',
      'macvlans = [ "eno1" ];',
      'networkNamespace = "/run/netns/vpn";',
    ])
      expect(
        await end('http://localhost:2283', 'host', IMMICH, `containers.photos = { ${network} };`),
        network,
      ).toBe('-:2283');
  });

  it('is not forwarded into a container', async () => {
    expect(
      await end(
        'http://localhost:8080',
        'host',
        'containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; forwardPorts = [ { hostPort = 8080; containerPort = 80; } ]; };',
      ),
    ).toBe('-:8080');
  });
});

describe('the host’s own address', () => {
  const FORWARDED =
    'containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; forwardPorts = [ { hostPort = 8080; containerPort = 80; } { hostPort = 53; protocol = "udp"; } { hostPort = 81; } ]; };';

  it('leads to a container that shares its network, or that the port is forwarded to', async () => {
    const photos = 'containers.photos.config.services.immich = { enable = true; host = "0.0.0.0"; };';
    expect(await end('http://10.0.0.8:2283', 'own', photos)).toBe('photos:2283');
    expect(await end('http://10.0.0.1:8080', 'own', FORWARDED)).toBe('web:80');
    expect(await end('http://10.0.0.1:81', 'own', FORWARDED)).toBe('web:81');
    expect(await end('http://10.0.0.1:53', 'own', FORWARDED)).toBe('-:53');
  });

  it('may be one of its interfaces', async () => {
    expect(
      await end(
        'http://192.168.1.2:8080',
        'host',
        FORWARDED,
        'networking.interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.2"; prefixLength = 24; } ];',
      ),
    ).toBe('web:80');
  });
});

describe('a name', () => {
  it('is looked up in the hosts file of where the proxy runs', async () => {
    const names =
      'networking.extraHosts = "10.0.0.2 web.lan www # the site\\n10.0.0.7 other"; networking.hosts."10.0.0.2" = [ "Site.lan" ];';
    for (const name of ['web.lan', 'www', 'site.LAN']) {
      expect(await end(`http://${name}:8080`, 'host', WEB, names), name).toBe('web:8080');
      expect(await end(`http://${name}:8080`, 'own', WEB, names), name).toBe('-:8080');
      expect(
        await end(`http://${name}:8080`, 'own', WEB, `containers.proxy.config = { ${names} };`),
        name,
      ).toBe('web:8080');
    }
    expect(await end('http://other:8080', 'host', WEB, names)).toBe('-:8080');
  });

  it('that has two addresses is nobody’s', async () => {
    expect(
      await end(
        'http://web.lan',
        'host',
        WEB,
        'networking.extraHosts = "10.0.0.2 web.lan\\n10.0.0.7 web.lan";',
      ),
    ).toBe('-:80');
  });

  it('of a container ends with .containers, and is known on the host only', async () => {
    expect(await end('http://web.containers', 'host', WEB)).toBe('web:80');
    expect(await end('http://web.containers', 'own', WEB)).toBe('-:80');
    expect(await end('http://web', 'host', WEB)).toBe('-:80');
    expect(
      await end(
        'http://web.containers',
        'host',
        'containers.web = { privateNetwork = true; hostBridge = "br0"; config = { }; };',
      ),
    ).toBe('-:80');
  });
});
