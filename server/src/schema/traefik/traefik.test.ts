import { beforeAll, describe, expect, it } from 'vitest';
import { testParser } from '../../eval/testing';
import type { NixParser } from '../../nix/parser';
import type { Plain } from '../option';
import type { TraefikField } from './field';
import { TRAEFIK_OPTIONS } from './options';
import { RETIRED_KEYS } from './retired';
import { SINCE } from './since';
import { traefikNode, traefikNodes, type TraefikPart } from './tree';

const PARTS: readonly TraefikPart[] = ['dynamic', 'static'];

let parser: NixParser;
beforeAll(async () => {
  parser = await testParser();
});

function isSentences(text: string): boolean {
  return /^[\p{Lu}`][^]*\.$/u.test(text) && !/ {2}|\bTODO\b/.test(text);
}

/** Whether a default is a value of the field's type. */
function fits({ type, values }: TraefikField, plain: Plain): boolean {
  if (Array.isArray(plain)) return type.startsWith('list of ');
  switch (type) {
    case 'boolean':
      return typeof plain === 'boolean';
    case 'integer':
      return Number.isInteger(plain);
    case 'number':
      return typeof plain === 'number';
    case 'duration':
      return typeof plain === 'string' && /^(?:\d+(?:ms|s|m|h))+$/.test(plain);
    case 'string':
      return typeof plain === 'string' && (values === undefined || values.includes(plain));
    default:
      return false;
  }
}

const FIELDS = PARTS.flatMap((part) =>
  traefikNodes(part).flatMap(({ path, field }) =>
    field === null ? [] : [[`${part} ${path}`, field] as const],
  ),
);

describe('Traefik’s tables', () => {
  it('have as many keys as Traefik, and the providers that they do not go into', () => {
    const count = (part: TraefikPart): number =>
      traefikNodes(part).filter(({ field }) => field !== null).length;
    expect(count('dynamic')).toBe(431);
    expect(count('static')).toBe(327 + 17);
  });

  it.each(FIELDS)('%s', (_, field) => {
    expect(isSentences(field.description), field.description).toBe(true);
    for (const text of [field.pitfall, field.deprecated])
      if (text !== undefined) expect(isSentences(text), text).toBe(true);
    if (field.default !== undefined)
      expect(fits(field, field.default), 'the default fits the type').toBe(true);
    expect(field.default === undefined || field.defaultText === undefined).toBe(true);
    if (field.manual !== undefined) expect(field.manual).toMatch(/^reference\/[a-z/-]+\/$/);
    if (field.values !== undefined) expect(field.type).toMatch(/^(?:list of )?(?:string|integer)$/);
    if (field.otherValues !== undefined) expect(field.values).not.toBeUndefined();
    expect(field.fields !== undefined).toBe(field.type.endsWith('set'));
    expect(field.entry !== undefined).toBe(field.type === 'map of set');
    if (field.entry !== undefined) expect(isSentences(field.entry), field.entry).toBe(true);
    if (field.example !== undefined) expect(parser.parse('/example.nix', field.example).errors).toEqual([]);
  });

  it('have no two keys of one set that differ in case only', () => {
    for (const part of PARTS) {
      const paths = traefikNodes(part).map(({ path }) => path.toLowerCase());
      expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
    }
  });

  it('are found in any case, below names that the user chooses and in lists', () => {
    const find = (part: TraefikPart, path: string): string | undefined =>
      traefikNode(part, path.split('.'))?.path;
    expect(find('dynamic', 'http.Routers.photos.entrypoints')).toBe('http.routers.<name>.entryPoints');
    expect(find('dynamic', 'http.services.a.loadbalancer.servers.*.URL')).toBe(
      'http.services.<name>.loadBalancer.servers.*.url',
    );
    expect(find('static', 'certificatesresolvers.le.ACME.dnschallenge.provider')).toBe(
      'certificatesResolvers.<name>.acme.dnsChallenge.provider',
    );
    expect(find('dynamic', 'http.routers.a.colour')).toBeUndefined();
    expect(find('dynamic', 'entryPoints')).toBeUndefined();
    expect(find('static', 'tls')).toBeUndefined();
  });

  it('say of what came later only what there is', () => {
    for (const part of PARTS) {
      const known = new Set(traefikNodes(part).map(({ path }) => path));
      expect(
        Object.values(SINCE[part])
          .flat()
          .filter((path) => !known.has(path)),
      ).toEqual([]);
    }
  });

  it('keep what was removed apart from what there is', () => {
    for (const { part, path, effect, renamed, instead } of RETIRED_KEYS) {
      expect(isSentences(instead), instead).toBe(true);
      const there = traefikNode(part, path.split('.')) !== null;
      // `experimental.hub` and its like stand in a set whose other keys are listed.
      expect(there, path).toBe(effect === 'still read');
      if (renamed !== null) {
        const target = [...path.split('.').slice(0, -1), ...renamed.split('.')];
        expect(traefikNode(part, target)?.path, path).toBe(target.join('.'));
      }
    }
  });
});

describe('Traefik’s keys as options', () => {
  it('have each path once', () => {
    const paths = TRAEFIK_OPTIONS.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('have the page of the manual of what they stand in', () => {
    const row = TRAEFIK_OPTIONS.find(({ path }) => path.endsWith('forwardAuth.authResponseHeaders'));
    expect(row?.manual).toBe(
      'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/forwardauth/',
    );
    const without = TRAEFIK_OPTIONS.filter(({ manual }) => manual === undefined).map(
      ({ path }) => path.split('.')[3],
    );
    expect([...new Set(without)]).toEqual([
      'serversTransport',
      'tcpServersTransport',
      'core',
      'hostResolver',
    ]);
  });
});
