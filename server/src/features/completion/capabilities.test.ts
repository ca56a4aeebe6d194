import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../../test/engine/completed';
import { CAPABILITIES } from '../../schema/tables/capabilities';

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('capabilities (%s)', (_title, lineEnd) => {
  const complete = (body: string): ReturnType<typeof completeAt> => completeAt(`#- /a.nix\n${body}`, lineEnd);

  it.each([
    ['dotted', '{ ... }: {\n  containers.a.additionalCapabilities = [ "CAP_$0" ];\n}'],
    ['nested', '{ ... }: {\n  containers = { a = { additionalCapabilities = [ "CAP_NET$0" ]; }; };\n}'],
    [
      'under a condition',
      '{ lib, ... }: { containers.a = lib.mkIf true { additionalCapabilities = [ "$0" ]; }; }',
    ],
    ['without quotes', '{ ... }: { containers.a.additionalCapabilities = [ CAP$0 ]; }'],
    ['without a list', '{ ... }: { containers.a.additionalCapabilities = $0; }'],
    ['unclosed', '{ ... }: {\n  containers.a = {\n    additionalCapabilities = [ "CAP_$0\n'],
  ])('of a guest: %s', async (_spelling, body) => {
    const { labels, item, chosen } = await complete(body);
    expect(labels).toHaveLength(CAPABILITIES.length + 1);
    expect(labels[0]).toBe('CAP_NET_ADMIN');
    expect(labels).toContain('all');
    // What every guest has is hardly meant.
    expect(labels.indexOf('CAP_CHOWN')).toBeGreaterThan(labels.indexOf('CAP_BPF'));
    expect(item('CAP_CHOWN').detail).toBe('guests have it already');
    expect(JSON.stringify(item('CAP_NET_ADMIN').documentation)).toContain('firewalls');
    expect(chosen('CAP_BPF')).toMatch(/additionalCapabilities = \[ "CAP_BPF"(?: \];|$)/m);
  });

  it('puts those that the list has last', async () => {
    const { labels } = await complete('{ containers.a.additionalCapabilities = [ "CAP_NET_ADMIN" "$0" ]; }');
    expect(labels.at(-1)).toBe('CAP_NET_ADMIN');
  });

  it.each([
    ['a text', 'AmbientCapabilities = "$0"', 'AmbientCapabilities = "CAP_NET_RAW"'],
    [
      'a second word',
      'CapabilityBoundingSet = "CAP_KILL CAP_$0"',
      'CapabilityBoundingSet = "CAP_KILL CAP_NET_RAW"',
    ],
    [
      'before a word',
      'AmbientCapabilities = "CAP_N$0ET CAP_KILL"',
      'AmbientCapabilities = "CAP_NET_RAW CAP_KILL"',
    ],
    [
      'behind the sign for all others',
      'CapabilityBoundingSet = "~CAP$0"',
      'CapabilityBoundingSet = "~CAP_NET_RAW"',
    ],
    [
      'a list',
      'AmbientCapabilities = [ "CAP_KILL" "$0" ]',
      'AmbientCapabilities = [ "CAP_KILL" "CAP_NET_RAW" ]',
    ],
    ['a bare word', 'AmbientCapabilities = CAP$0', 'AmbientCapabilities = "CAP_NET_RAW"'],
  ])('of a unit: %s', async (_title, binding, expected) => {
    for (const around of [
      (inner: string) => `{ systemd.services.x.serviceConfig.${inner}; }`,
      (inner: string) =>
        `{ containers.a.config = { pkgs, ... }: { systemd.services.x = { serviceConfig = { ${inner}; }; }; }; }`,
    ]) {
      const { labels, chosen } = await complete(around(binding));
      expect(labels).toHaveLength(CAPABILITIES.length);
      expect(chosen('CAP_NET_RAW')).toBe(around(expected));
    }
  });

  it('in the flags of a container and in wrappers', async () => {
    const flags = await complete('{ containers.a.extraFlags = [ "--capability=CAP_KILL,CAP$0" ]; }');
    expect(flags.chosen('CAP_BPF')).toContain('"--capability=CAP_KILL,CAP_BPF"');
    expect((await complete('{ containers.a.extraFlags = [ "--pri$0" ]; }')).labels).toEqual([]);
    const wrapper = await complete('{ security.wrappers.ping.capabilities = "cap_net$0+ep"; }');
    expect(wrapper.chosen('cap_net_raw')).toContain('"cap_net_raw+ep"');
  });

  it('nowhere else', async () => {
    for (const body of [
      '{ systemd.services.x.serviceConfig.User = "$0"; }',
      '{ x.additionalCapabilities = [ "$0" ]; }',
    ])
      expect((await complete(body)).labels).toEqual([]);
  });
});
