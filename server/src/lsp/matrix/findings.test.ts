import {
  CompletionRequest,
  HoverRequest,
  MarkupContent,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { describe, expect, it } from 'vitest';
import { CLOSED_SETS } from '../../schema/tables/closed';
import { ENABLED_BY } from '../../schema/tables/enabling';
import { LINKING_OPTIONS } from '../../schema/tables/links';
import {
  ADDRESS_NOT_BY_NIXOS,
  LISTENING_PARTS,
  LISTENS_NOWHERE,
  LISTENS_ONLY_THERE,
  RELAYS,
} from '../../schema/tables/listening';
import { SERVICES } from '../../schema/tables/services';
import { MISPLACED_NAMES, TOP_LEVEL_NAMES } from '../../schema/tables/top-level';
import { TRUSTED_PROXIES } from '../../schema/tables/trusted-proxies';
import { UPCOMING_OPTIONS } from '../../schema/tables/upcoming';
import { RETIRED_KEYS } from '../../schema/traefik/retired';
import { TestClient } from '../testing';
import { chosen } from '../../features/spellings';

/** What the tables say that only shows in what is reported: each entry of them on a line of its own, through the server. */

const FLAKE = 'file:///homelab/flake.nix';
const MODULE = 'file:///homelab/module.nix';

async function session(release: string, lines: readonly string[]): Promise<TestClient> {
  return TestClient.start({
    folders: ['file:///homelab'],
    files: {
      [FLAKE]: `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-${release}"; outputs = { nixpkgs, ... }: {
        nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./module.nix ]; }; }; }\n`,
      [MODULE]: lines.join('\n'),
    },
    capabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
  });
}

/** The messages of a rule about a module of a host, by the line that they are about, from 0. */
async function messages(
  rule: string,
  release: string,
  lines: readonly string[],
): Promise<Map<number, string>> {
  const client = await session(release, lines);
  await client.until(() => client.pushed.some(({ uri }) => uri === MODULE));
  const found = client.diagnostics(MODULE).filter(({ code }) => code === rule);
  return new Map(
    found.map(({ range, message }) => [
      range.start.line,
      typeof message === 'string' ? message : message.value,
    ]),
  );
}

/** Services whose port the tables do not say, and why. */
const PORT_UNKNOWN: ReadonlySet<string> = new Set([
  // The module decides by the name of the instance.
  'redis',
]);

/** Services on loopback of which the tables have no address, and why. */
const WITHOUT_ADDRESS: readonly string[] = [
  // Each of its listeners has its own.
  'matrix-synapse',
  // An option that is no address says so.
  'postgresql',
  // It depends on what else is set.
  'vaultwarden',
];

function enabled(name: string): string {
  const enable = SERVICES.find((service) => service.name === name)?.enable ?? `services.${name}.enable`;
  return `${chosen(enable).join('.')} = true;`;
}

/** A guest with a network of its own, on one line. */
function guest(number: number, config: string): string {
  const address = `hostAddress = "10.0.${number}.1"; localAddress = "10.0.${number}.2";`;
  return `  containers.g${number} = { privateNetwork = true; ${address} config = { ${config} }; };`;
}

const UNSERVED = 'networking.firewall.allowedTCPPorts = [ 59999 ];';

/** A Traefik that has routes to URLs. */
function traefik(urls: readonly string[]): string {
  const services = urls.map(
    (url, number) =>
      `services.s${number}.loadBalancer.servers = [ { url = "${url}"; } ]; routers.r${number} = { rule = "Host(\`h${number}.example.org\`)"; service = "s${number}"; };`,
  );
  return `  services.traefik = { enable = true; dynamicConfigOptions.http = { ${services.join(' ')} }; };`;
}

describe('through the server', () => {
  it.each(CLOSED_SETS)('$path has its names and no others', async ({ path, names }) => {
    const lines = ['{', ...names.map((name) => `  ${[...chosen(path), name].join('.')} = 1;`)];
    const wrong = lines.push(`  ${chosen(path).join('.')}.zzzz = 1;`) - 1;
    const found = await messages('unknown-option', '24.11', [...lines, '}']);
    expect([...found.keys()]).toEqual([wrong]);
  });

  it('names of NixOS are at the root, others are not', async () => {
    const right = [...TOP_LEVEL_NAMES].filter((name) => name !== '_module');
    const lines = ['{', ...right.map((name) => `  ${name} = { };`)];
    const misplaced = Object.entries(MISPLACED_NAMES).map(([name, path]) => ({
      line: lines.push(`  ${name} = { };`) - 1,
      path,
    }));
    const found = await messages('unknown-option', '24.11', [...lines, '}']);
    expect([...found.keys()]).toEqual(misplaced.map(({ line }) => line));
    for (const { line, path } of misplaced) expect(found.get(line)).toContain(`\`${path}\``);
  });

  it.each(RETIRED_KEYS)('$path of Traefik is gone', async ({ part, path, instead }) => {
    const key = chosen(path).join('.');
    const found = await messages('renamed-traefik-key', '25.11', [
      '{ containers.t.config.services.traefik = {',
      '    enable = true;',
      `    ${part}ConfigOptions.${key} = { };`,
      '}; }',
    ]);
    expect([...found.keys()]).toEqual([2]);
    expect(found.get(2)).toContain(instead);
  });

  it('a port that nothing listens on is open: beside every service whose ports are known', async () => {
    const known = [...LISTENS_ONLY_THERE, ...LISTENS_NOWHERE].filter((name) => !PORT_UNKNOWN.has(name));
    const unknown = [...PORT_UNKNOWN];
    const guests = [...known, ...unknown].map((name, number) =>
      guest(number, `${enabled(name)} ${UNSERVED}`),
    );
    const found = await messages('unserved-port', '25.11', ['{', ...guests, '}']);
    expect(known.filter((_name, number) => !found.has(number + 1))).toEqual([]);
    expect(unknown.filter((_name, number) => found.has(number + 1 + known.length))).toEqual([]);
  });

  it('a part that listens by itself makes it unknown where else', async () => {
    const guests = LISTENING_PARTS.flatMap((part, number) => {
      const on = enabled(part.split('.')[0] ?? '');
      const partOn = `services.${part} = true;`;
      return [guest(2 * number, `${on} ${UNSERVED}`), guest(2 * number + 1, `${on} ${partOn} ${UNSERVED}`)];
    });
    const found = await messages('unserved-port', '25.11', ['{', ...guests, '}']);
    expect([...found.keys()]).toEqual(LISTENING_PARTS.map((_part, number) => 2 * number + 1));
  });

  it('a service on loopback is out of reach, but for those of which NixOS does not say so', async () => {
    const loopback = SERVICES.filter(
      ({ loopbackByDefault, enable }) => loopbackByDefault === true && !enable.includes('<'),
    );
    // Whose port the tables do not say has one that is written.
    const ports = loopback.map(({ port }) => port.default ?? 8222);
    const urls = ports.map((port, number) => `http://10.0.${number}.2:${port}`);
    const guests = loopback.map(({ name, port }, number) =>
      guest(number, `${enabled(name)} ${port.default === null ? `${port.option ?? ''} = 8222;` : ''}`),
    );
    const found = await messages('backend-on-loopback', '25.11', ['{', ...guests, traefik(urls), '}']);
    const silent = loopback.filter((_service, number) => !found.has(number + 1)).map(({ name }) => name);
    expect(silent.sort()).toEqual([...ADDRESS_NOT_BY_NIXOS, ...WITHOUT_ADDRESS].sort());
  });

  it('what hands on to another service makes it unknown who reaches that', async () => {
    const beside = [...RELAYS, ...LISTENS_NOWHERE];
    const urls = beside.map((_name, number) => `http://10.0.${number}.2:2283`);
    const guests = beside.map((name, number) =>
      guest(number, `${enabled('immich')} services.${name}.enable = true;`),
    );
    const found = await messages('backend-on-loopback', '25.11', ['{', ...guests, traefik(urls), '}']);
    expect(beside.filter((_name, number) => found.has(number + 1))).toEqual([...LISTENS_NOWHERE]);
  });

  it('what turns a service on makes it one of the guest’s', async () => {
    const lines = ENABLED_BY.map(({ service, option, on }, number) => {
      const path = chosen(`services.${service}.${option}`).join('.');
      const whole = on === 'not false' ? path.replace(/\.enable$/, '') : path;
      return guest(number, `${whole} = ${on === 'true' ? 'true' : '{ }'};`);
    });
    const client = await session('25.11', ['{', ...lines, '}']);
    const shown = await Promise.all(
      lines.map((line, number) =>
        client.connection.sendRequest(HoverRequest.type, {
          textDocument: { uri: MODULE },
          position: { line: number + 1, character: line.indexOf(`.g${number}`) + 1 },
        }),
      ),
    );
    const silent = ENABLED_BY.filter(({ service }, number) => {
      const contents = shown[number]?.contents;
      return !MarkupContent.is(contents) || !contents.value.includes(`Services: \`${service}\``);
    });
    expect(silent).toEqual([]);
  });

  it('a link to a port where nothing answers is found in every option that holds some', async () => {
    const lines = LINKING_OPTIONS.map(({ service, option }, number) => {
      const link = '{ u = "http://10.0.99.2:8196"; }';
      const value = option === 'settings' ? link : `[ ${link} ]`;
      return guest(number, `services.${service}.enable = true; services.${service}.${option} = ${value};`);
    });
    const there = guest(
      99,
      'services.jellyfin.enable = true; networking.firewall.allowedTCPPorts = [ 8096 ];',
    );
    const found = await messages('unreachable-link', '25.11', ['{', ...lines, there, '}']);
    expect([...found.keys()]).toEqual(lines.map((_line, number) => number + 1));
    LINKING_OPTIONS.forEach(({ title }, number) => expect(found.get(number + 1)).toContain(title));
  });

  it('who trusts another than its proxy is found in every option that says whom', async () => {
    const rows = TRUSTED_PROXIES;
    const urls = rows.map(({ service, port, servedByNginx }, number) => {
      const own = SERVICES.find(({ name }) => name === service)?.port.default;
      return `http://10.0.${number}.2:${servedByNginx === true ? 80 : (port?.default ?? own ?? 0)}`;
    });
    const lines = rows.map(({ enable, option, form }, number) => {
      const value = form === 'list' ? '[ "10.9.9.9" ]' : '"10.9.9.9"';
      return guest(number, `${enable} = true; ${option} = ${value}; networking.firewall.enable = false;`);
    });
    const found = await messages('trusted-proxy-mismatch', '25.11', ['{', ...lines, traefik(urls), '}']);
    expect([...found.keys()]).toEqual(lines.map((_line, number) => number + 1));
    rows.forEach(({ title }, number) => expect(found.get(number + 1)).toContain(title));
  });

  describe('options that are yet to come', () => {
    const settings = UPCOMING_OPTIONS.filter(({ path }) => path.endsWith('.settings'));
    const isStatic = (path: string): boolean => /\.(?:static|install)\./.test(path);

    it('are sets of files, or hold settings', () => {
      const files = UPCOMING_OPTIONS.filter((doc) => !settings.includes(doc)).map(({ path }) => path);
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) expect(settings.map((doc) => doc.path)).toContain(`${path}.<name>.settings`);
    });

    it.each(settings)('$path is read by Traefik', async ({ path }) => {
      const option = chosen(path).join('.');
      const wrong = isStatic(path)
        ? 'entryPoints.web = { address = ":80"; addres = ":81"; };'
        : 'http.routers.r = { rule = "Host(`h.example.org`)"; service = "s"; servic = "s"; };';
      const found = await messages('unknown-traefik-key', '25.11', [
        '{ services.traefik.enable = true;',
        `  ${option}.${wrong}`,
        '}',
      ]);
      expect([...found.keys()]).toEqual([1]);
      expect(found.get(1)).toMatch(isStatic(path) ? /`?address`?/ : /`?service`?/);
    });

    it.each(settings)('$path knows its keys, and is not offered', async ({ path }) => {
      const names = chosen(path);
      const [set, key] = isStatic(path) ? ['entryPoints.web', 'address'] : ['http.routers.r', 'service'];
      const lines = [
        '{',
        `  ${names.join('.')}.${set}.${key} = "";`,
        `  ${names.join('.')}.${set}.${key.slice(0, 2)} = "";`,
        `  services.traefik.${(names[2] ?? '').slice(0, 2)} = "";`,
        '}',
      ];
      const client = await session('25.11', lines);
      const at = (line: number, text: string): { textDocument: { uri: string }; position: Position } => ({
        textDocument: { uri: MODULE },
        position: { line, character: (lines[line] ?? '').lastIndexOf(text) + text.length },
      });
      const hover = await client.connection.sendRequest(HoverRequest.type, at(1, `.${key.slice(0, 2)}`));
      expect(MarkupContent.is(hover?.contents) ? hover.contents.value : '').toContain(`.${key}`);
      const labels = async (line: number, text: string): Promise<string[]> => {
        const answer = await client.connection.sendRequest(CompletionRequest.type, at(line, text));
        return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(({ label }) => label);
      };
      expect(await labels(2, `.${key.slice(0, 2)}`)).toContain(key);
      const beside = await labels(3, `.${(names[2] ?? '').slice(0, 2)}`);
      expect(beside).not.toContain(names[2]);
    });
  });
});
