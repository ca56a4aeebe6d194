import { afterAll, describe, expect, it } from 'vitest';
import { completeAt } from '../../../../test/engine/completed';
import { parsedByNix } from '../../../../test/engine/fixes';
import { findingsOf, parseFixture } from '../../../../test/engine/fixture';

const HOMELAB = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs.domain = "example.org"; modules = [ ./containers/traefik.nix ./containers/music.nix ./containers/films.nix ]; }; }; }
#- /containers/traefik.nix
{ ... }: {
  networking.firewall.allowedTCPPorts = [ 80 443 ];
  networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "eth0"; };
  containers.traefik.config = {
    system.stateVersion = "25.11";
    services.traefik = {
      enable = true;
      staticConfigOptions.entryPoints = { web.address = ":80"; websecure = { address = ":443"; http.tls = { }; }; };
      dynamicConfigOptions.http.middlewares.authelia.headers.stsSeconds = 60;
    };
  };
}
#- /containers/music.nix
{ config, domain, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.music.loadBalancer.servers = [{
      url = "http://\${config.containers.music.localAddress}:4533";
    }];
    routers.music = { rule = "Host(\`music.\${domain}\`)"; service = "music"; entrypoints = [ "websecure" ]; middlewares = [ "authelia" ]; };
  };
  containers.music = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    config = {
      system.stateVersion = "25.11";
      services.navidrome = { enable = true; settings = { Address = "0.0.0.0"; Port = 4533; }; };
      networking.firewall.allowedTCPPorts = [ 4533 ];
    };
  };
}
#- /containers/films.nix
`;
const HTTP = 'containers.traefik.config.services.traefik.dynamicConfigOptions.http';
const FILMS = `  containers.films = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.0.3";
    localAddress = "10.0.0.4";
    config = {
      system.stateVersion = "25.11";
      services.jellyfin = { enable = true; };
      networking.firewall.allowedTCPPorts = [ 8096 ];
    };
  };
`;

const written: string[] = [];
afterAll(async () => {
  expect(written.length).toBeGreaterThan(10);
  expect(await parsedByNix(written)).toBeNull();
});

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('snippets (%s)', (_title, lineEnd) => {
  const complete = (body: string, snippets = false): ReturnType<typeof completeAt> =>
    completeAt(HOMELAB + body, lineEnd, snippets);

  /** The file after a choice, which Nix can parse and in which nothing is found. */
  async function chosen(body: string, label: string): Promise<string> {
    const text = (await complete(body)).chosen(label);
    written.push(text);
    const { findings } = await findingsOf(parseFixture(HOMELAB + text, lineEnd));
    expect(
      findings.map(({ message }) => message),
      text,
    ).toEqual([]);
    return text;
  }

  it.each([
    ['in `containers`', '{ config, ... }: {\n  containers = {\n    $0\n  };\n}\n', 'films'],
    ['behind a dot', '{ config, ... }: {\n  containers.$0\n}\n', 'films'],
    ['by a typed name', '{ config, ... }: {\n  containers.immich$0\n}\n', 'immich'],
    ['under a condition', '{ config, lib, ... }: {\n  containers = lib.mkIf true { $0 };\n}\n', 'films'],
    ['where the head does not name what it reads', '{ ... }: {\n  containers.immich$0\n}\n', 'immich'],
    ['beside another', `{ config, ... }: {\n${FILMS}  containers.immich$0\n}\n`, 'immich'],
  ])('write a container %s', async (_place, body, name) => {
    const text = await chosen(body, `new container ${name}`);
    expect(text).toContain(`${name} = {`);
    expect(text).toMatch(/hostAddress = "10\.0\.0\.[35]";\n\s*localAddress = "10\.0\.0\.[46]";/);
    expect(text).toContain('system.stateVersion = "25.11";');
    if (name !== 'immich') return;
    expect(text).toContain('allowedTCPPorts = [ 2283 ];');
    expect(text).toContain('host = config.containers.immich.localAddress;');
    expect(text).toMatch(/^\{ config, (?:lib, )?\.\.\. \}:/);
  });

  it.each([
    ['as an element', '{ imports = [ $0 ]; }\n', true],
    ['behind another element', '{ imports = [ { } $0 ]; }\n', true],
    ['in a set', '{ imports = [ { $0 } ]; }\n', false],
    ['in a function', '{ imports = [ ({ config, domain, ... }: {\n  $0\n}) ]; }\n', true],
    ['in a function that names nothing', '{ ... }: { imports = [ ({ ... }: { $0 }) ]; }\n', true, false],
    ['in its `config`', '{ imports = [ { config = { $0 }; } ]; }\n', false],
    ['in a file of its own', '{ config, domain, ... }: {\n  $0\n}\n', true],
    ['in a file whose head names nothing', '{ ... }: {\n  $0\n}\n', true, false],
  ])('write both parts of a container into a module %s', async (where, body, reads, readsDomain = reads) => {
    const name = where.includes('file') ? 'films' : 'myservice';
    const text = await chosen(body, `new container ${name}`);
    expect(text).toContain(`containers.${name} = {`);
    expect(text).toMatch(/hostAddress = "10\.0\.0\.3";\n\s*localAddress = "10\.0\.0\.4";/);
    const address = reads ? `\${config.containers.${name}.localAddress}` : '10.0.0.4';
    expect(text).toContain(`url = "http://${address}:8080";`);
    const domain = readsDomain ? '${domain}' : 'example.org';
    expect(text).toContain(`rule = "Host(\`${name}.${domain}\`)";`);
  });

  it.each([
    ['an element', '$0', true],
    ['a set', '{ $0 }', false],
    ['a function', '({ config, domain, ... }: { $0 })', true],
  ])('write both parts of a container into %s of the flake’s list', async (_place, module, reads) => {
    const flake = HOMELAB.replace(' ./containers/films.nix', ` ${module}`).replace(
      '#- /containers/films.nix\n',
      '',
    );
    const completed = await completeAt(flake, lineEnd);
    const text = completed.chosen('new container myservice');
    written.push(text);
    expect(text).toContain('containers.myservice = {');
    expect(text).toMatch(/localAddress = "10\.0\.0\.4";/);
    expect(text).toContain(reads ? '.${domain}`)' : '.example.org`)');
    const { files } = parseFixture(flake, lineEnd);
    const changed = { ...files, '/flake.nix': text.replaceAll('\n', lineEnd) };
    const { findings } = await findingsOf({ files: changed, cursor: null, expected: [] });
    expect(findings.map(({ message }) => message)).toEqual([]);
  });

  it('give the addresses of the host that is named around the list', async () => {
    const flake = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations = {
  a = nixpkgs.lib.nixosSystem { modules = [ { containers.x = { privateNetwork = true; hostAddress = "10.1.0.2"; localAddress = "10.1.0.3"; }; } ]; };
  b = nixpkgs.lib.nixosSystem { modules = [ { containers.x = { privateNetwork = true; hostAddress = "10.2.0.2"; localAddress = "10.2.0.3"; }; } $0 ]; };
}; }; }
`;
    const { chosen: after } = await completeAt(flake, lineEnd);
    expect(after('new container myservice')).toContain('localAddress = "10.2.0.5";');
  });

  it.each([
    [
      'in a set',
      `  ${HTTP} = {\n    routers = {\n      $0\n    };\n    services.films.loadBalancer.servers = [ { url = "http://10.0.0.4:8096"; } ];\n  };\n`,
    ],
    [
      'behind a dot',
      `  ${HTTP}.routers.$0\n  ${HTTP}.services.films.loadBalancer.servers = [ { url = "http://10.0.0.4:8096"; } ];\n`,
    ],
  ])('write a router %s', async (_place, route) => {
    const text = await chosen(`{ config, domain, ... }: {\n${FILMS}${route}}\n`, 'films');
    for (const part of [
      'films = {',
      'rule = "Host(`films.${domain}`)";',
      'service = "films";',
      'entrypoints = [ "websecure" ];',
      'middlewares = [ "authelia" ];',
    ])
      expect(text).toContain(part);
  });

  it.each([
    [
      'in a set',
      `  ${HTTP} = {\n    services = {\n      $0\n    };\n    routers.films = { rule = "Host(\`films.\${domain}\`)"; service = "films"; entrypoints = [ "websecure" ]; };\n  };\n`,
    ],
    [
      'behind a dot',
      `  ${HTTP}.services.$0\n  ${HTTP}.routers.films = { rule = "Host(\`films.\${domain}\`)"; service = "films"; entrypoints = [ "websecure" ]; };\n`,
    ],
  ])('write a service %s', async (_place, route) => {
    const text = await chosen(`{ config, domain, ... }: {\n${FILMS}${route}}\n`, 'films');
    expect(text).toContain('films.loadBalancer.servers = [{');
    expect(text).toContain('url = "http://${config.containers.films.localAddress}:8096";');
  });

  it('have their places to fill in', async () => {
    const router = await complete(`{ domain, ... }: {\n${FILMS}  ${HTTP}.routers.$0\n}\n`, true);
    expect(router.item('films').textEdit?.newText).toBe(
      'films = {\n  rule = "Host(`${1:films}.\\${domain}`)";\n  service = "films";\n  entrypoints = [ "websecure" ];\n  middlewares = [ "${2:authelia}" ];\n};',
    );
    const service = await complete(`{ ... }: {\n${FILMS}  ${HTTP}.services.$0\n}\n`, true);
    expect(service.item('films').textEdit?.newText).toBe(
      'films.loadBalancer.servers = [{\n  url = "http://${1:\\${config.containers.films.localAddress\\}:8096}";\n}];',
    );
    const container = await complete('{ config, ... }: {\n  containers.immich$0\n}', true);
    expect(container.item('new container immich').textEdit?.newText).toContain(
      'allowedTCPPorts = [ ${1:2283} ];',
    );
  });

  it('write no body where there is one', async () => {
    const { chosen: after } = await complete(`{ domain, ... }: {\n  ${HTTP}.routers.$0 = { };\n${FILMS}}\n`);
    expect(after('films')).toContain('routers.films = { };');
    const quoted = await complete(`{ domain, ... }: {\n${FILMS}  ${HTTP}.routers."$0"\n}\n`);
    expect(quoted.chosen('films')).toContain('routers."films"\n');
  });

  it.each([
    ['the options of a container', '{ containers.films = { $0 }; }'],
    ['the config of a guest', '{ containers.films.config = { $0 }; }'],
    ['a container that is written out', '{ containers.fi$0lms = { }; }'],
    ['a path of a container', '{ containers.fi$0lms.autoStart = true; }'],
    ['a name in quotes', '{ containers."$0" = { }; }'],
    ['a list of packages', '{ environment.systemPackages = [ $0 ]; }'],
    ['a guest’s list of modules', '{ containers.films.config.imports = [ $0 ]; }'],
    ['a guest’s module in a list', '{ containers.films.config.imports = [ { $0 } ]; }'],
    ['a binding that goes on', '{ imports = [ { con$0 = { }; } ]; }'],
    ['another set', '{ services = { $0 }; }'],
    ['a let', '{ ... }: let containers = { $0 }; in { }'],
    ['a string', '{ containers.films.localAddress = "$0"; }'],
    ['a comment', '{ containers = { # $0\n }; }'],
  ])('are not offered in %s', async (_place, body) => {
    const { labels, list } = await complete(body, true);
    expect(labels.filter((label) => label.startsWith('new container'))).toEqual([]);
    expect(list.items.filter(({ textEdit }) => textEdit?.newText.includes('rule = "Host') === true)).toEqual(
      [],
    );
  });
});
