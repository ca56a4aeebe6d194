import { testRule } from '../../../test/engine/rule-suite';
import { backendSelf } from './backend-self';

/** An nginx in a container of its own. */
const proxy = (site: string, more = '', network = 'privateNetwork = true;'): string => `
#- /proxy.nix
{ config, inputs, lib, ... }: {
  containers.proxy = {
    ${network} hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";
    config = {
      networking.firewall.allowedTCPPorts = [ 80 443 ];
      services.resolved.enable = true;
      services.nginx.enable = true;
      services.nginx.virtualHosts."read.example.org" = { forceSSL = true; enableACME = true; };
      services.nginx.virtualHosts."read.example.org".locations."/" = {
        ${site}
      };
      ${more}
    };
  };
}
`;
const BOOKS = `
#- /books.nix
{
  containers.books = {
    privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.4";
    config = { services.calibre-web = { enable = true; listen.ip = "0.0.0.0"; openFirewall = true; }; };
  };
}
`;
const WRONG = `proxyPass = "http://localhost:8083";
#                   ^^^^^^^^^^^^^^^^^^^^^^^ error backend-self`;

testRule(backendSelf, {
  finds: {
    'localhost, where the service is in another container': proxy(WRONG) + BOOKS,
    'an address of the loopback': proxy(`proxyPass = "http://127.0.0.1:8083/";
#                   ^^^^^^^^^^^^^^^^^^^^^^^^ error backend-self`),
    'by IPv6': proxy(`proxyPass = "http://[::1]:8083";
#                   ^^^^^^^^^^^^^^^^^^^ error backend-self`),
    'with known services beside it': proxy(
      WRONG,
      'services.mealie.enable = true; services.openssh.enable = true;',
    ),
    'a Traefik': `
#- /traefik.nix
{
  containers.traefik = {
    privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";
    config.services.traefik = {
      enable = true;
      staticConfigOptions.entryPoints.web.address = ":80";
      dynamicConfigOptions.http = {
        routers.photos = { rule = "Host(\`photos.example.org\`)"; service = "photos"; };
        services.photos.loadBalancer.servers = [
          {
            url = "http://127.0.0.1:2283";
#                 ^^^^^^^^^^^^^^^^^^^^^^^ error backend-self
          }
        ];
      };
    };
  };
}
`,
    'a Caddy': `
#- /caddy.nix
{
  containers.caddy = {
    privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";
    config.services.caddy = {
      enable = true;
      virtualHosts."a.example.org".extraConfig = "reverse_proxy localhost:2283";
#                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error backend-self
    };
  };
}
`,
  },
  silent: {
    'the service is in the same guest': proxy(
      'proxyPass = "http://localhost:9000";',
      'services.mealie.enable = true;',
    ),
    'the address of the other container': proxy('proxyPass = "http://10.0.0.4:8083";') + BOOKS,
    'the network of the host': proxy('proxyPass = "http://localhost:8083";', '', '') + BOOKS,
    'its network is not known': proxy(
      'proxyPass = "http://localhost:8083";',
      '',
      'privateNetwork = inputs.isolated;',
    ),
    'nginx listens there itself': proxy('proxyPass = "http://localhost:80";'),
    'another site of nginx': proxy(
      'proxyPass = "http://localhost:8083";',
      'services.nginx.virtualHosts.inner.listen = [ { addr = "127.0.0.1"; port = 8083; } ];',
    ),
    'a server in lines of nginx': proxy(
      'proxyPass = "http://localhost:8083";',
      'services.nginx.appendHttpConfig = "server { listen 127.0.0.1:8083; }";',
    ),
    'nginx reads another file': proxy(
      'proxyPass = "http://localhost:8083";',
      'services.nginx.appendHttpConfig = "include /etc/nginx/sites/*;";',
    ),
    'a program of one’s own': proxy(
      'proxyPass = "http://localhost:8083";',
      'systemd.services.books.script = "serve";',
    ),
    'a socket': proxy(
      'proxyPass = "http://localhost:8083";',
      'systemd.sockets.books.listenStreams = [ "8083" ];',
    ),
    'a service that is not in the table': proxy(
      'proxyPass = "http://localhost:8083";',
      'services.radicale.enable = true;',
    ),
    'a module from outside': proxy(
      'proxyPass = "http://localhost:8083";',
      'imports = [ inputs.books.nixosModules.default ];',
    ),
    'an image': proxy(
      'proxyPass = "http://localhost:8083";',
      'virtualisation.oci-containers.containers.books = { image = "books"; ports = [ "8083:8083" ]; };',
    ),
    'a socket in the file system': proxy('proxyPass = "http://unix:/run/books.sock";'),
    'the port is not known': proxy('proxyPass = "http://localhost:${toString inputs.port}";'),
    'it is put together at run time': proxy('proxyPass = "http://$upstream:8083";'),
  },
  mends: {
    'by the address of the container that serves the port': {
      fixture: proxy('proxyPass = "http://localhost:8083";') + BOOKS,
      fix: /^Write 10\.0\.0\.4$/,
      leaves: ['proxyPass = "http://10.0.0.4:8083";'],
    },
  },
  says: {
    'which container is meant': {
      fixture: proxy('proxyPass = "http://localhost:8083";') + BOOKS,
      message:
        /^read\.example\.org leads back into proxy itself: in a network of its own localhost is the guest, where nothing listens on port 8083\. books \(books\.nix:2\) serves that port: write 10\.0\.0\.4\.$/,
    },
    'that it may be any': {
      fixture: proxy('proxyPass = "http://localhost:8083";'),
      message: /Write the address of the container that is meant\.$/,
    },
  },
});
