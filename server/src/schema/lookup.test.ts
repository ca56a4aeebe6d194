import { describe, expect, it } from 'vitest';
import { guestOptions, hostOptions, lookupOption, optionsBelow, optionTrie } from './lookup';
import type { OptionDoc } from './option';

const row = (path: string): OptionDoc => ({ path, type: 'string', description: `${path}.`, source: 'here' });
const split = (path: string): string[] => path.split('.');

describe('lookupOption', () => {
  it('finds an option by its plain path', () => {
    expect(lookupOption(guestOptions(), split('networking.firewall.enable'))?.doc.type).toBe('boolean');
  });

  it('takes any name where the table says so, and tells it', () => {
    const found = lookupOption(hostOptions(), split('containers.web.extraVeths.ve-lan.localAddress'));
    expect(found?.doc.path).toBe('containers.<name>.extraVeths.<name>.localAddress');
    expect(found?.names).toEqual(['web', 've-lan']);
  });

  it('takes a name with dots in it as one segment', () => {
    const found = lookupOption(guestOptions(), [
      'services',
      'nginx',
      'virtualHosts',
      'photos.example.org',
      'forceSSL',
    ]);
    expect(found?.names).toEqual(['photos.example.org']);
  });

  it('enters the elements of a list, which have no names', () => {
    const found = lookupOption(hostOptions(), split('containers.web.forwardPorts.*.hostPort'));
    expect(found?.doc.path).toBe('containers.<name>.forwardPorts.*.hostPort');
    expect(found?.names).toEqual(['web']);
    expect(lookupOption(hostOptions(), split('containers.web.forwardPorts.0.hostPort'))?.doc).toBe(
      found?.doc,
    );
  });

  it('continues with the guest’s options inside a container’s config', () => {
    const found = lookupOption(hostOptions(), split('containers.photos.config.services.immich.port'));
    expect(found?.doc.path).toBe('services.immich.port');
    expect(found?.names).toEqual(['photos']);
  });

  it('knows no containers inside a guest', () => {
    expect(lookupOption(guestOptions(), ['containers'])).toBeNull();
    expect(lookupOption(hostOptions(), split('containers.web.config.containers'))).toBeNull();
  });

  it('answers null for a set of options and for what is not known', () => {
    expect(lookupOption(guestOptions(), ['networking'])).toBeNull();
    expect(lookupOption(guestOptions(), split('networking.firewal.enable'))).toBeNull();
    expect(lookupOption(guestOptions(), split('networking.firewall.enable.more'))).toBeNull();
    expect(lookupOption(guestOptions(), [])).toBeNull();
    expect(lookupOption(hostOptions(), ['containers', 'web', 'constructor'])).toBeNull();
  });

  it('prefers a literal name, and goes back to any name where the literal one leads nowhere', () => {
    const trie = optionTrie([row('a.<name>.x'), row('a.b.y'), row('a.b')]);
    expect(lookupOption(trie, ['a', 'b'])?.doc.path).toBe('a.b');
    expect(lookupOption(trie, ['a', 'b', 'y'])?.names).toEqual([]);
    expect(lookupOption(trie, ['a', 'b', 'x'])).toMatchObject({ doc: { path: 'a.<name>.x' }, names: ['b'] });
  });

  it('keeps the first of two rows with one path', () => {
    const first = row('a');
    expect(lookupOption(optionTrie([first], [row('a')]), ['a'])?.doc).toBe(first);
  });
});

describe('optionsBelow', () => {
  const segments = (path: readonly string[]): string[] =>
    optionsBelow(hostOptions(), path).map(({ segment }) => segment);

  it('gives the options of a container in the table’s order', () => {
    expect(segments(['containers', 'web']).slice(0, 3)).toEqual(['config', 'path', 'flake']);
    expect(segments(['containers', 'web'])).toContain('privateUsers');
  });

  it('gives sets of options without a row of their own', () => {
    const networking = optionsBelow(guestOptions(), ['networking']);
    expect(networking.find(({ segment }) => segment === 'firewall')?.doc).toBeNull();
    expect(networking.find(({ segment }) => segment === 'hostName')?.doc?.path).toBe('networking.hostName');
  });

  it('gives placeholders as they are', () => {
    expect(segments(['containers'])).toEqual(['<name>']);
    expect(segments(split('containers.web.forwardPorts'))).toEqual(['*']);
    expect(segments(split('containers.web.forwardPorts.*'))).toEqual([
      'protocol',
      'hostPort',
      'containerPort',
    ]);
  });

  it('gives the guest’s options inside a container’s config', () => {
    expect(segments(split('containers.web.config.services.immich')).slice(0, 5)).toEqual([
      'enable',
      'port',
      'host',
      'openFirewall',
      'mediaLocation',
    ]);
  });

  it('joins what a literal name and a placeholder have below, each segment once', () => {
    const trie = optionTrie([row('a.<name>.x'), row('a.<name>.y'), row('a.b.y')]);
    expect(optionsBelow(trie, ['a', 'b']).map(({ segment, doc }) => [segment, doc?.path])).toEqual([
      ['y', 'a.b.y'],
      ['x', 'a.<name>.x'],
    ]);
  });

  it('gives nothing below what is not known', () => {
    expect(segments(split('containers.web.autoStart'))).toEqual([]);
    expect(segments(split('no.such.thing'))).toEqual([]);
  });
});
