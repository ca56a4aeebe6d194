import { describe, expect, it } from 'vitest';
import { testParser } from '../../server/src/eval/testing';
import { checkHomelab } from '../../server/src/rules/check';
import { Workspace } from '../../server/src/workspace/workspace';
import { findingsOf, parseFixture } from './fixture';

/** A homelab without findings, with a text of each kind that can be half typed. */
const WHOLE = `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-26.05";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./host.nix ]; };
  };
}
#- /host.nix
{ config, ... }:
{
  networking = {
    useDHCP = false;
    firewall.allowedTCPPorts = [ 80 443 ];
    interfaces.enp1s0.ipv4.addresses = [ { address = "192.168.7.20"; prefixLength = 24; } ];
    bridges.br0.interfaces = [ "enp2s0" ];
    nat = { enable = true; externalInterface = "enp1s0"; internalInterfaces = [ "ve-+" ]; };
  };
  services.traefik = {
    enable = true;
    staticConfigOptions.log.level = "DEBUG";
    staticConfigOptions.entryPoints = {
      web = { address = ":80"; http.redirections.entryPoint.to = "websecure"; };
      websecure.address = ":443";
    };
    dynamicConfigOptions.tls.options.default.minVersion = "VersionTLS12";
    dynamicConfigOptions.http = {
      middlewares.auth.forwardAuth.address = "http://10.0.0.3:9091/api/verify";
      middlewares.slow.rateLimit = { average = 5; period = "1m30s"; };
      services.photos.loadBalancer.servers = [ { url = "http://\${config.containers.photos.localAddress}:2283"; } ];
      routers.photos = {
        rule = "Host(\`photos.example.org\`) && PathPrefix(\`/\`)";
        service = "photos";
        entryPoints = [ "websecure" ];
        middlewares = [ "auth" "slow" ];
        tls = { };
      };
    };
  };
  containers.authelia = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.0.2";
    localAddress = "10.0.0.3";
    hostAddress6 = "fd00:1::2";
    localAddress6 = "fd00:1::3";
    config = {
      services.authelia.instances.main.enable = true;
      networking.firewall.allowedTCPPorts = [ 9091 ];
      system.stateVersion = "25.11";
    };
  };
  containers.photos = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.0.4";
    localAddress = "10.0.0.5";
    privateUsers = "pick";
    bindMounts."/srv/photos:idmap" = { hostPath = "/srv/photos"; isReadOnly = false; };
    config = {
      services.immich = { enable = true; host = "0.0.0.0"; openFirewall = true; mediaLocation = "/srv/photos"; };
      system.stateVersion = "25.11";
    };
  };
  containers.lan = {
    autoStart = true;
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "192.168.9.4/24";
    localMacAddress = "02:00:00:00:00:04";
    additionalCapabilities = [ "CAP_NET_ADMIN" ];
    config.system.stateVersion = "25.11";
  };
  containers.dns = {
    autoStart = true;
    forwardPorts = [ ];
    config = {
      services.adguardhome = { enable = true; host = "127.0.0.1"; port = 8080; };
      system.stateVersion = "25.11";
    };
  };
}
`;

const { files } = parseFixture(WHOLE);
const FILE = '/host.nix';
const text = files[FILE] ?? '';

/** The text with each of its strings cut to each of its beginnings. */
function* halfTyped(): Generator<{ written: string; cut: string }> {
  for (const { 0: whole, index } of text.matchAll(/"[^"\n]*"/g)) {
    const inner = whole.slice(1, -1);
    for (let length = inner.length - 1; length >= 0; length--) {
      const begun = inner.slice(0, length);
      // An interpolation that is cut ends no string.
      if (begun.lastIndexOf('${') > begun.lastIndexOf('}')) continue;
      yield {
        written: `${text.slice(text.lastIndexOf('\n', index) + 1, index).trim()} "${begun}"`,
        cut: `${text.slice(0, index)}"${begun}"${text.slice(index + whole.length)}`,
      };
    }
  }
}

describe('between two keystrokes', () => {
  it('nothing is said of a homelab without mistakes', async () => {
    const { shown } = await findingsOf({ files, cursor: null, expected: [] });
    expect(shown).toEqual([]);
  });

  it('what is merely half typed waits', { timeout: 120_000 }, async () => {
    const workspace = new Workspace(await testParser(), () => true);
    for (const [path, content] of Object.entries(files)) workspace.setFile(path, { text: content });
    workspace.openDocument(FILE, text);
    const said: string[] = [];
    for (const { written, cut } of halfTyped()) {
      workspace.changeDocument(FILE, cut);
      for (const { rule, incomplete, message } of checkHomelab(workspace.analysis().homelab))
        if (!incomplete) said.push(`${written}: ${rule}: ${message}`);
    }
    expect(said).toEqual([]);
  });
});
