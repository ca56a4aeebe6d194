import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import { documentSymbols, symbolInformation } from './document-symbol';

const KINDS = new Map(Object.entries(SymbolKind).map(([name, kind]) => [kind, name]));

/** Symbols as indented lines: `kind name · detail`. */
function shown(symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ name, kind, detail, children }) => [
    `${indent}${KINDS.get(kind) ?? ''} ${name}${detail === undefined ? '' : ` · ${detail}`}`,
    ...shown(children ?? [], `${indent}  `),
  ]);
}

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('document symbols (%s)', (_name, lineEnd) => {
  async function symbolsOf(text: string): Promise<{ symbols: DocumentSymbol[]; text: string }> {
    const source = text.replaceAll('\n', lineEnd);
    return { symbols: documentSymbols((await testParser()).parse('/test.nix', source)), text: source };
  }
  const outline = async (text: string): Promise<string[]> => shown((await symbolsOf(text)).symbols);

  it('show the route and the container of a module', async () => {
    const lines = await outline(`{ config, domain, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.immich.loadBalancer.servers = [ { url = "http://10.10.10.5"; } ];
    routers.immich = {
      rule = "Host(\`photos.\${domain}\`)";
      service = "immich";
    };
    middlewares.auth.forwardAuth.address = "http://10.10.10.9";
  };
  containers.immich = {
    autoStart = true;
    hostAddress = "10.10.10.4";
    localAddress = "10.10.10.5";
    extraVeths.lan.localAddress = "10.0.1.2";
    config = { pkgs, ... }: {
      networking.firewall.allowedTCPPorts = [ 2283 ];
      services.immich.port = 2283;
    };
  };
}`);
    expect(lines).toEqual([
      'Module traefik · container',
      '  Namespace config.services.traefik.dynamicConfigOptions.http',
      '    Class immich · service',
      '      Array loadBalancer.servers',
      '        String url · "http://10.10.10.5"',
      '    Interface immich · router · "Host(`photos.${domain}`)"',
      '      String rule · "Host(`photos.${domain}`)"',
      '      String service · "immich"',
      '    Method auth · middleware',
      '      String forwardAuth.address · "http://10.10.10.9"',
      'Module immich · container',
      '  Boolean autoStart · true',
      '  Constant hostAddress · "10.10.10.4"',
      '  Constant localAddress · "10.10.10.5"',
      '  Constant extraVeths.lan.localAddress · "10.0.1.2"',
      '  Namespace config',
      '    Array networking.firewall.allowedTCPPorts',
      '    Number services.immich.port · 2283',
    ]);
  });

  it('know a container at every spelling', async () => {
    const container = (lines: string[]): string[] => lines.filter((line) => line.includes('· container'));
    const spellings = [
      '{ containers.web = { }; }',
      '{ containers = { web = { }; }; }',
      '{ config.containers.web.autoStart = true; }',
      '{ lib, ... }: { config = lib.mkIf true { containers."web" = { }; }; }',
      '{ lib, ... }: lib.mkMerge [ { containers.web = { }; } ]',
      'let a = 1; in { containers.web.localAddress = "10.0.0.2"; }',
      '{ outputs = { nixpkgs, ... }: { x = nixpkgs.lib.nixosSystem { modules = [ { containers.web = { }; } ]; }; }; }',
    ];
    for (const text of spellings) expect([text, container(await outline(text)).length]).toEqual([text, 1]);
    expect(container(await outline('{ virtualisation.oci-containers.containers.web = { }; }'))).toEqual([]);
  });

  it('show what is whole of a broken file', async () => {
    const lines = await outline(`{
  containers.web = {
    localAddress = "10.0.0.2";
    hostAddress =
  };
  containers.db = { localAddress = "10.0.0.4"; };
}`);
    expect(lines).toContain('Module web · container');
    expect(lines).toContain('  Constant localAddress · "10.0.0.2"');
    expect(lines).toContain('Module db · container');
  });

  it('give the name as what is selected, within the whole, behind an emoji too', async () => {
    const { symbols, text } = await symbolsOf('{\n  /* 🏠 */ containers.web = { a = 1; };\n}');
    const line = text.split(lineEnd)[1] ?? '';
    expect(symbols[0]).toMatchObject({
      range: {
        start: { line: 1, character: line.indexOf('containers') },
        end: { line: 1, character: line.length },
      },
      selectionRange: {
        start: { line: 1, character: line.indexOf('web') },
        end: { line: 1, character: line.indexOf('web') + 3 },
      },
    });
  });

  it('are never without a name', async () => {
    const { symbols } = await symbolsOf('{ "" = 1; ${x}.y = 2; "a b" = 3; }');
    expect(shown(symbols)).toEqual(['Number "" · 1', 'Number ${x}.y · 2', 'Number a b · 3']);
  });

  it.each(['', '# nothing', '{', '}', '"', '[[[[', '{ a = '])(
    'are found or not in %j, and nothing fails',
    async (text) => {
      expect(Array.isArray(await outline(text))).toBe(true);
    },
  );

  it('are a plain list for editors that show no tree', async () => {
    const { symbols } = await symbolsOf('{ containers.web.localAddress = "10.0.0.2"; }');
    expect(
      symbolInformation(symbols, 'file:///a.nix').map(({ name, containerName }) => [name, containerName]),
    ).toEqual([
      ['web', undefined],
      ['localAddress', 'web'],
    ]);
  });
});
