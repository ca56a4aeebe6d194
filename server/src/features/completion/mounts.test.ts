import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../../test/engine/completed';

const HOMELAB = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./host.nix ./a.nix ./b.nix ./new.nix ]; }; }; }
#- /host.nix
{ ... }: {
  age.secrets.token.file = ./token.age;
  sops.secrets.db = { };
  fileSystems."/".device = "/dev/sda1";
  fileSystems."/tank".device = "/dev/sdb1";
}
#- /a.nix
{ ... }: {
  containers.a = {
    bindMounts."/var/lib/vaultwarden" = { hostPath = "/srv/a/vaultwarden"; isReadOnly = false; };
    bindMounts."/etc/ssh/key".isReadOnly = true;
    bindMounts."/media".hostPath = "/tank/media";
    config.services.vaultwarden.enable = true;
  };
}
#- /b.nix
{ ... }: { containers.b.bindMounts."/var/lib/paperless" = { hostPath = "/srv/b/paperless"; isReadOnly = false; }; }
#- /new.nix
`;

const GUEST = 'config.services.immich.enable = true; config.age.identityPaths = [ "/persist/key" ];';

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('bind mounts (%s)', (_title, lineEnd) => {
  const complete = (body: string): ReturnType<typeof completeAt> => completeAt(HOMELAB + body, lineEnd);

  it.each([
    ['dotted', `{ ... }: {\n  containers.new = { ${GUEST} };\n  containers.new.bindMounts.$0\n}`],
    ['nested', `{ ... }: { containers = { new = { ${GUEST} bindMounts = { $0 }; }; }; }`],
    ['in quotes', `{ ... }: { containers.new = { ${GUEST} bindMounts."$0" = { }; }; }`],
    ['half-typed', `{ ... }: {\n  containers.new = {\n    ${GUEST}\n    bindMounts."/va$0\n  };\n}`],
  ])('have names: %s', async (_spelling, body) => {
    const { labels, item } = await complete(body);
    expect(labels).toEqual([
      '/var/lib/immich',
      '/persist/key',
      '/etc/ssh/key',
      '/media',
      '/run/agenix/token',
      '/run/secrets/db',
    ]);
    expect(item('/var/lib/immich').detail).toBe('state of Immich');
    expect(item('/persist/key').detail).toBe('key for the secrets of agenix');
    expect(item('/media').detail).toBe('mounted into a too');
  });

  it('do not have those that are mounted, nor the state of others', async () => {
    const { labels } = await complete(
      `{ ... }: { containers.new = { ${GUEST} bindMounts."/media" = { }; bindMounts."/var/lib/immich/" = { }; bindMounts.$0 }; }`,
    );
    expect(labels).toEqual(['/persist/key', '/etc/ssh/key', '/run/agenix/token', '/run/secrets/db']);
  });

  it('are written out as the homelab does it', async () => {
    const state = await complete(
      `{ ... }: {\n  containers.new = {\n    ${GUEST}\n    bindMounts.$0\n  };\n}`,
    );
    expect(state.chosen('/var/lib/immich')).toContain(
      'bindMounts."/var/lib/immich" = {\n  hostPath = "/srv/new/immich";\n  isReadOnly = false;\n};\n  };',
    );
    expect(state.chosen('/persist/key')).toContain('bindMounts."/persist/key".isReadOnly = true;\n');
    const quoted = await complete(`{ ... }: { containers.new = { ${GUEST} bindMounts."/v$0ar" = { }; }; }`);
    expect(quoted.chosen('/var/lib/immich')).toContain('bindMounts."/var/lib/immich" = { }; }; }');
    const open = await complete(
      `{ ... }: {\n  containers.new = {\n    ${GUEST}\n    bindMounts."$0\n  };\n}`,
    );
    expect(open.chosen('/var/lib/immich')).toContain('bindMounts."/var/lib/immich"\n');
  });

  it.each([
    ['dotted', '{ ... }: { containers.new.bindMounts."/var/lib/immich".hostPath = "$0"; }'],
    [
      'nested',
      '{ ... }: { containers.new = { bindMounts = { "/var/lib/immich" = { hostPath = "/s$0"; }; }; }; }',
    ],
    ['without quotes', '{ ... }: { containers.new.bindMounts."/var/lib/immich".hostPath = $0; }'],
    ['half-typed', '{ ... }: {\n  containers.new.bindMounts."/var/lib/immich".hostPath = "/$0\n}'],
  ])('have paths of the host: %s', async (_spelling, body) => {
    const { labels, item, chosen } = await complete(body);
    expect(labels[0]).toBe('/srv/new/immich');
    expect(labels).toEqual(
      expect.arrayContaining(['/etc/ssh/key', '/tank/media', '/tank', '/var/lib/immich']),
    );
    expect(labels).not.toContain('/');
    expect(item('/tank/media').detail).toBe('mounted into a');
    expect(chosen('/srv/new/immich')).toMatch(/hostPath = "\/srv\/new\/immich";/);
  });

  it('have mount points', async () => {
    const { labels } = await complete(
      `{ ... }: { containers.new = { ${GUEST} bindMounts.x.mountPoint = "$0"; }; }`,
    );
    expect(labels.slice(0, 2)).toEqual(['/var/lib/immich', '/persist/key']);
  });

  it('follow a prefix, and no convention where there is none', async () => {
    const mounts = (prefix: string): string =>
      `{ containers.new.bindMounts."/data".hostPath = "$0"; containers.x.bindMounts."/var/lib/x".hostPath = "${prefix}/var/lib/x"; }`;
    expect((await completeAt(`#- /a.nix\n${mounts('/persist')}`, lineEnd)).labels[0]).toBe('/persist/data');
    expect((await completeAt(`#- /a.nix\n${mounts('')}`, lineEnd)).labels).toEqual(['/var/lib/x', '/data']);
  });
});
