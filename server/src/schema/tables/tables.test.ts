import { beforeAll, describe, expect, it } from 'vitest';
import { inMemoryFiles, testParser } from '../../eval/testing';
import { Evaluation } from '../../eval/evaluation';
import { UNTYPED } from '../../eval/modules/merge';
import type { OptionType } from '../../eval/modules/option-type';
import type { Machine } from '../../eval/value';
import type { NixParser } from '../../nix/parser';
import { plainValue } from '../declarations';
import type { OptionDoc } from '../option';
import { SERVICE_OPTIONS } from '../service-options';
import { parseType } from '../type-expression';
import { hostOptions, optionsBelow } from '../lookup';
import { CAPABILITIES, CAPABILITY_OPTIONS } from './capabilities';
import { CLOSED_SETS } from './closed';
import { CONTAINER_OPTIONS } from './container';
import { GUEST_OPTIONS } from './guest';
import { GUEST_DETAILS } from './guest-details';
import { RETIRED_OPTIONS } from './retired';
import { SERVICE_DETAILS } from './service-details';
import { SERVICES } from './services';
import { MISPLACED_NAMES, TOP_LEVEL_NAMES } from './top-level';
import { TRUSTED_PROXIES } from './trusted-proxies';

const TABLES: Readonly<Record<string, readonly OptionDoc[]>> = {
  CONTAINER_OPTIONS,
  GUEST_OPTIONS,
  SERVICE_OPTIONS,
};
const ROWS = Object.values(TABLES).flat();

/** Types that are checked by no one, as a whole or inside; each is NixOS' own wording. */
const NOT_CHECKED: readonly string[] = [
  'Toplevel NixOS config',
  '(optionally newline-terminated) single-line string',
  'absolute path, not containing newlines or colons',
  'attribute set of (systemd option)',
  'list of (optionally newline-terminated) single-line string',
  'list of (string, not containing newlines or colons)',
  'nixpkgs config',
  'null or ((submodule) or string convertible to it)',
  'null or package or (absolute path, not containing newlines or colons)',
  'null or string without spaces',
  'string, not containing newlines or colons',
];

/** Services whose instances other services add to, so that the set of them is not known from the repository. */
const WITHOUT_ROWS: readonly string[] = ['redis'];

/** Stands for the submodules of the tables, so that they are told from types that are not understood. */
const SUBMODULE: OptionType = { ...UNTYPED, name: 'submodule' };

function isUnderstood(type: OptionType): boolean {
  return type !== UNTYPED && (type.inner ?? []).every(isUnderstood);
}

function isSentences(text: string): boolean {
  return /^[\p{Lu}`][^]*\.$/u.test(text) && !/ {2}|\bTODO\b/.test(text);
}

let parser: NixParser;
let machine: Machine;
beforeAll(async () => {
  parser = await testParser();
  machine = new Evaluation(await inMemoryFiles({}));
});

describe.each(Object.entries(TABLES))('%s', (_, rows) => {
  it.each(rows.map((row) => [row.path, row] as const))('%s', (_path, row) => {
    expect(row.path).toMatch(/^[\w-]+(\.([\w-]+|<\w+>|\*))*$/);
    expect(isSentences(row.description), row.description).toBe(true);
    if (row.pitfall !== undefined) expect(isSentences(row.pitfall), row.pitfall).toBe(true);
    if (row.removed !== undefined) expect(isSentences(row.removed), row.removed).toBe(true);
    expect(row.source).not.toBe('');
    for (const release of [row.since, row.until])
      if (release !== undefined) expect(release).toMatch(/^\d\d\.(05|11)$/);
    expect(row.default === undefined || row.defaultText === undefined, 'a default is a value or words').toBe(
      true,
    );

    if (row.required === true) {
      expect(
        row.default === undefined && row.defaultText === undefined,
        'what must be given has no default',
      ).toBe(true);
      expect(row.path).toMatch(/(?:\*|<\w+>)\.\w+$/);
    }

    const type = parseType(row.type, SUBMODULE);
    expect(isUnderstood(type) || NOT_CHECKED.includes(row.type), `“${row.type}” is not understood`).toBe(
      true,
    );
    if (row.default !== undefined) {
      expect(type.check(plainValue(row.default), machine), `the default is no ${row.type}`).toBe(true);
    }
    if (row.example !== undefined) expect(parser.parse('/example.nix', row.example).errors).toEqual([]);
  });
});

describe('the tables together', () => {
  it('have each path once', () => {
    const seen = new Set<string>();
    expect(ROWS.map(({ path }) => path).filter((path) => seen.size === seen.add(path).size)).toEqual([]);
  });

  it('have an example for every option that still exists', () => {
    expect(
      ROWS.filter(({ example, removed }) => example === undefined && removed === undefined).map(
        ({ path }) => path,
      ),
    ).toEqual([]);
  });

  it('have the set for every placeholder', () => {
    const paths = new Set(ROWS.map(({ path }) => path));
    const without = ROWS.flatMap(({ path }) => {
      const segments = path.split('.');
      const parents = segments.flatMap((segment, at) =>
        /^(<|\*)/.test(segment) ? [segments.slice(0, at)] : [],
      );
      return parents
        .filter((parent) => !/^(<|\*)/.test(parent[parent.length - 1] ?? ''))
        .map((parent) => parent.join('.'));
    });
    expect([...new Set(without)].filter((path) => !paths.has(path))).toEqual([]);
  });

  it('list no type as unchecked that no row has', () => {
    expect(NOT_CHECKED.filter((words) => !ROWS.some(({ type }) => type === words))).toEqual([]);
  });

  it('give types that refuse what is wrong', () => {
    const typeOf = (path: string): OptionType =>
      parseType(ROWS.find((row) => row.path === path)?.type ?? '', SUBMODULE);
    const takes = (path: string, value: Parameters<typeof plainValue>[0]): boolean =>
      typeOf(path).check(plainValue(value), machine);
    expect(takes('containers.<name>.privateUsers', 'pick')).toBe(true);
    expect(takes('containers.<name>.privateUsers', 65536)).toBe(true);
    expect(takes('containers.<name>.privateUsers', true)).toBe(false);
    expect(takes('containers.<name>.privateUsers', 'auto')).toBe(false);
    expect(takes('containers.<name>.localMacAddress', '02:00:00:01:10:90')).toBe(true);
    expect(takes('containers.<name>.localMacAddress', '02-00-00-01-10-90')).toBe(false);
    expect(takes('containers.<name>.networkNamespace', '/run/netns/vpn')).toBe(true);
    expect(takes('containers.<name>.networkNamespace', 'vpn')).toBe(false);
    expect(takes('containers.<name>.forwardPorts.*.hostPort', 65536)).toBe(false);
    expect(takes('networking.hostName', 'home-server')).toBe(true);
    expect(takes('networking.hostName', 'home.server')).toBe(false);
    expect(takes('networking.nat.forwardPorts.*.sourcePort', '8000:8010')).toBe(true);
    expect(takes('networking.nat.forwardPorts.*.sourcePort', '8000-8010')).toBe(false);
    expect(takes('services.qbittorrent.webuiPort', null)).toBe(true);
  });
});

describe('RETIRED_OPTIONS', () => {
  const PATH = /^[\w-]+(\.([\w-]+|<name>))*$/;

  it('has each option once, and what to write instead', () => {
    expect(new Set(RETIRED_OPTIONS.map(({ path }) => path)).size).toBe(RETIRED_OPTIONS.length);
    for (const { path, to, release, effect, instead, source } of RETIRED_OPTIONS) {
      expect(path).toMatch(PATH);
      expect(release).toMatch(/^\d\d\.(03|05|09|11)$/);
      expect(source).not.toBe('');
      if (to === null) expect(isSentences(instead ?? ''), path).toBe(true);
      else expect(to).toMatch(/^[\w-]+(\.([\w-]+|<name>|"[\w.-]+"))*$/);
      expect(effect === 'refused' || to !== null, `${path}: what goes on working has another name`).toBe(
        true,
      );
    }
  });

  it('has none that the other tables have too, but for those that say so', () => {
    const retired = new Set(RETIRED_OPTIONS.map(({ path }) => path));
    expect(ROWS.filter(({ path, removed }) => retired.has(path) && removed === undefined)).toEqual([]);
    expect(ROWS.filter(({ path, removed }) => removed !== undefined && !retired.has(path))).toEqual([]);
  });
});

describe('CLOSED_SETS', () => {
  it.each(CLOSED_SETS.map((set) => [set.path, set] as const))('%s', (path, { names, from, upTo, source }) => {
    expect(new Set(names).size).toBe(names.length);
    expect(from <= upTo).toBe(true);
    expect(source).not.toBe('');
    const rows = optionsBelow(hostOptions(), path.split('.')).map(({ segment }) => segment);
    // What came later is not of the set.
    const isLater = (name: string): boolean => {
      const own = `${path}.${name}`;
      const below = [...ROWS, ...SERVICE_DETAILS].filter((row) => `${row.path}.`.startsWith(`${own}.`));
      return below.length > 0 && below.every(({ since }) => since !== undefined && since > upTo);
    };
    expect(rows.filter((name) => !names.includes(name) && !isLater(name))).toEqual([]);
  });
});

describe('the names at the root', () => {
  it('hold those of the tables, and none that belongs elsewhere', () => {
    const roots = optionsBelow(hostOptions(), []).map(({ segment }) => segment);
    expect(roots.filter((name) => !TOP_LEVEL_NAMES.has(name))).toEqual([]);
    for (const [name, path] of Object.entries(MISPLACED_NAMES)) {
      expect(TOP_LEVEL_NAMES.has(name), name).toBe(false);
      expect(TOP_LEVEL_NAMES.has(path.split('.')[0] ?? ''), path).toBe(true);
    }
  });
});

describe('SERVICES', () => {
  it('has each service once', () => {
    expect(new Set(SERVICES.map(({ name }) => name)).size).toBe(SERVICES.length);
    expect(SERVICES.length).toBeGreaterThanOrEqual(87);
  });

  it.each(SERVICES.map((service) => [service.name, service] as const))('%s', (name, service) => {
    const path = /^services\.[\w-]+(\.([\w-]+|<\w+>|\*))*$/;
    expect(service.title).not.toBe('');
    expect(service.source).not.toBe('');
    expect(service.enable).toMatch(path);
    expect(service.enable.split('.')[1]).toBe(name);
    for (const option of [
      service.port.option,
      service.address.option,
      service.openFirewall,
      service.stateOption,
      service.stateHome ?? null,
    ]) {
      if (option !== null) expect(option).toMatch(path);
    }
    for (const { option, purpose } of service.extraPorts ?? []) {
      if (option !== null) expect(option).toMatch(path);
      expect(purpose).not.toBe('');
    }
    for (const { from, to } of service.renamedOptions ?? []) {
      expect(from).toMatch(path);
      // An instance may have an empty name.
      if (to !== null) expect(to.replace('.""', '.x')).toMatch(path);
    }
    for (const port of [service.port.default, ...(service.extraPorts ?? []).map((extra) => extra.port)]) {
      if (port !== null) expect(port > 0 && port < 65536 && Number.isInteger(port)).toBe(true);
    }
    if (service.address.default !== null)
      expect(service.address.default).toMatch(/^(localhost|[\d.]+|[\da-f:]+)$/);
    if (service.stateDir !== null) expect(service.stateDir).toMatch(/^\//);
    if (service.notes !== undefined) expect(isSentences(service.notes), service.notes).toBe(true);
    expect(
      ROWS.some((row) => row.path === service.enable) || WITHOUT_ROWS.includes(name),
      `${service.enable} has no row`,
    ).toBe(true);
  });

  it('says of a service that listens on loopback nothing else by its address', () => {
    const loopback = /^(localhost|127\..*|::1)$/;
    const contradictions = SERVICES.filter(
      ({ address, loopbackByDefault }) =>
        address.default !== null && loopback.test(address.default) !== loopbackByDefault,
    );
    expect(contradictions.map(({ name }) => name)).toEqual([]);
  });

  it('gives rows with their own types and defaults', () => {
    const rowOf = (path: string): OptionDoc | undefined => SERVICE_OPTIONS.find((row) => row.path === path);
    expect(rowOf('services.immich.port')?.default).toBe(2283);
    expect(rowOf('services.immich.host')).toMatchObject({ type: 'string', default: 'localhost' });
    expect(rowOf('services.syncthing.guiAddress')).toMatchObject({
      type: 'string',
      default: '127.0.0.1:8384',
    });
    expect(rowOf('services.grafana.settings.server.http_port')?.default).toBe(3000);
    expect(rowOf('services.prometheus.stateDir')).toMatchObject({ type: 'string', default: 'prometheus2' });
    expect(rowOf('services.invidious.address')?.default).toBeUndefined();
  });

  it('makes no row for what no module declares', () => {
    for (const path of [
      'services.vaultwarden.config.ROCKET_PORT',
      'services.n8n.environment.N8N_PORT',
      'services.redis.servers.<name>.bind',
    ]) {
      expect(
        SERVICE_OPTIONS.some((row) => row.path === path),
        path,
      ).toBe(false);
    }
    expect(SERVICE_OPTIONS.some(({ path }) => path.startsWith('services.nginx') || path.includes('*'))).toBe(
      false,
    );
  });
});

describe('TRUSTED_PROXIES', () => {
  it.each(TRUSTED_PROXIES.map((row) => [row.option, row] as const))('%s', (option, row) => {
    const service = SERVICES.find(({ name }) => name === row.service);
    expect(row.service === null ? row.port?.default : service?.enable).toEqual(
      row.service === null ? expect.any(Number) : row.enable,
    );
    expect(option.startsWith(row.enable.replace(/enable$/, ''))).toBe(true);
    expect(row.servedByNginx === true).toBe(service?.port.form === 'sockets');
    expect(row.otherwise).toMatch(/^[a-z].*[^.]$/);
    expect(row.source).not.toBe('');
  });
});

describe.each([
  ['SERVICE_DETAILS', SERVICE_DETAILS, /^services\.[\w-]+\.[\w.<>*-]+$/],
  ['GUEST_DETAILS', GUEST_DETAILS, /^(?!services\.)[\w-]+(\.([\w-]+|<\w+>|\*))*$/],
] as const)('%s', (_, rows, shape) => {
  const paths = rows.map(({ path }) => path);

  it('has each option once, and none that another table has', () => {
    expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);
    const others = new Set(ROWS.map(({ path }) => path));
    expect(paths.filter((path) => others.has(path))).toEqual([]);
  });

  it.each(rows.map((row) => [row.path, row] as const))(
    '%s',
    (path, { description, type, example, ...row }) => {
      expect(path).toMatch(shape);
      expect(isSentences(description), description).toBe(true);
      if (row.pitfall !== undefined) expect(isSentences(row.pitfall), row.pitfall).toBe(true);
      expect(type).not.toBe('');
      expect(row.source).not.toBe('');
      if (example !== undefined) expect(parser.parse('/example.nix', example).errors).toEqual([]);
      // What is understood of a type must take the default.
      if (row.default !== undefined)
        expect(
          parseType(type, SUBMODULE).check(plainValue(row.default), machine),
          `the default is no ${type}`,
        ).toBe(true);
    },
  );
});

describe('CAPABILITIES', () => {
  it('has each once, with a sentence', () => {
    const names = CAPABILITIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(41);
    expect(names).toHaveLength(41);
    for (const { name, description, source } of CAPABILITIES) {
      expect(name).toMatch(/^CAP_[A-Z_]+$/);
      expect(isSentences(description), name).toBe(true);
      expect(source).not.toBe('');
    }
    expect(CAPABILITIES.filter(({ granted }) => granted)).toHaveLength(26);
  });

  it('is for options that the other tables have, as far as these go', () => {
    for (const { path } of CAPABILITY_OPTIONS) {
      const set = path.replace(/\.(?:service|socket)Config\..*$/, '');
      const [first = '', second = ''] = set.split('.');
      expect(optionsBelow(hostOptions(), [first]).length, path).toBeGreaterThan(0);
      if (first === 'containers') expect(ROWS.some((row) => row.path === path)).toBe(true);
      expect(second).not.toBe('');
    }
  });
});
