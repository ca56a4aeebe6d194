import { CompletionItemTag } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { hoveredAt } from '../../../test/engine/hovered';

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('former options (%s)', (_, lineEnd) => {
  const hovered = (text: string): Promise<string | null> => hoveredAt(`#- /web.nix\n${text}`, lineEnd);

  it.each([
    ['with dots', '{ containers.web.config.services.grafana.por$0t = 3000; }'],
    ['in sets', '{ containers.web = { config = { services = { grafana = { po$0rt = 3000; }; }; }; }; }'],
    [
      'mixed',
      '{ lib, ... }: { containers.web.config = lib.mkIf true { services.grafana = { po$0rt = 3000; }; }; }',
    ],
    ['at the host', '{ services.grafana.po$0rt = 3000; }'],
    ['half-typed', '{ services.grafana.po$0rt = '],
  ])('hover says what an old name is called now, %s', async (_what, text) => {
    const said = await hovered(text);
    expect(said).toContain('It is called `services.grafana.settings.server.http_port` since NixOS 22.11.');
  });

  it('hover says so of what stands inside one', async () => {
    expect(await hovered('{ services.bitwarden_rs.ena$0ble = true; }')).toContain(
      'It is called `services.vaultwarden` since NixOS 22.05.',
    );
  });

  it('hover says what to do where nothing takes its place', async () => {
    expect(await hovered('{ hardware.opengl.driSup$0port = true; }')).toContain(
      'NixOS has no such option since NixOS 24.11. Delete it',
    );
  });

  it('hover knows the old names of a service’s own table', async () => {
    expect(await hovered('{ services.ollama.listenAddr$0ess = "x"; }')).toContain(
      'It is called `services.ollama.host`.',
    );
  });

  it('completion offers one last, struck through, to whoever has begun to write it', async () => {
    const { list, item } = await completeAt('#- /web.nix\n{ services.grafana.po$0 }', lineEnd);
    const found = list.items.find(({ label }) => label === 'port');
    expect(found?.tags).toEqual([CompletionItemTag.Deprecated]);
    expect(list.items.at(-1)?.label).toBe('port');
    expect(JSON.stringify(item('port').documentation)).toContain(
      'services.grafana.settings.server.http_port',
    );
    const { labels } = await completeAt('#- /web.nix\n{ services.grafana.$0 }', lineEnd);
    expect(labels).not.toContain('port');
  });

  it('keys of the dynamic configuration inside the static one', async () => {
    const text = (key: string): string =>
      `{ services.traefik.staticConfigOptions.tls.options.default = { ${key} }; }`;
    expect(await hovered(text('sni$0Strict = true;'))).toMatch(
      /^Traefik does not read `tls` from `staticConfigOptions` and says nothing of it: it belongs into `dynamicConfigOptions`\./,
    );
    expect(await hovered(text('sni$0Strict = true;'))).toContain(
      '`services.traefik.dynamicConfigOptions.tls.options.<name>.sniStrict`',
    );
    const { list } = await completeAt(`#- /web.nix\n${text('sn$0')}`, lineEnd);
    expect(list.items.find(({ label }) => label === 'sniStrict')).toMatchObject({
      tags: [CompletionItemTag.Deprecated],
      detail: 'Traefik ignores it here',
    });
    const { labels } = await completeAt(
      '#- /web.nix\n{ services.traefik.staticConfigOptions = { tl$0 }; }',
      lineEnd,
    );
    expect(labels).not.toContain('tls');
  });

  it('completion offers a set of former options too', async () => {
    const { list } = await completeAt('#- /web.nix\n{ services.grafana = { se$0 }; }', lineEnd);
    expect(list.items.filter(({ label }) => label === 'security')).toMatchObject([{ detail: 'options' }]);
    const inside = await completeAt('#- /web.nix\n{ services.grafana.auth.an$0 }', lineEnd);
    expect(inside.labels).toContain('anonymous');
  });

  it.each([
    ['a key', 'experimental.htt$0p3 = true;', 'HTTP/3 is turned on at the entry point'],
    ['a key in another case', 'Experimental.HTT$0P3 = true;', 'HTTP/3 is turned on at the entry point'],
    ['a key below a chosen name', 'entryPoints.web.enableHTT$0P3 = true;', 'HTTP/3 is turned on by'],
    ['what stands inside one', 'tracing.jaeger.samplingServer$0URL = "x";', 'Send traces by OpenTelemetry'],
    ['a key at the root', 'pi$0lot.token = "x";', 'there is no Traefik Pilot any more'],
  ])('hover says what became of %s of Traefik', async (_what, key, words) => {
    const said = await hovered(`{ services.traefik.staticConfigOptions = { ${key} }; }`);
    expect(said).toContain('Traefik has it no more since 3.0, and refuses to start with it.');
    expect(said).toContain(words);
  });

  it('completion offers a former key of Traefik last, struck through, to whoever has begun to write it', async () => {
    const at = (key: string): string =>
      `#- /web.nix\n{ containers.proxy.config.services.traefik.staticConfigOptions = { ${key} }; }`;
    const { list } = await completeAt(at('experimental = { ht$0 };'), lineEnd);
    expect(list.items.find(({ label }) => label === 'http3')).toMatchObject({
      tags: [CompletionItemTag.Deprecated],
      detail: 'a former key',
    });
    expect((await completeAt(at('experimental = { $0 };'), lineEnd)).labels).not.toContain('http3');
    expect((await completeAt(at('entryPoints.web = { ena$0 };'), lineEnd)).labels).toContain('enableHTTP3');
  });

  it('nothing of options that are there', async () => {
    expect(await hovered('{ services.grafana.ena$0ble = true; }')).not.toContain('It is called');
  });
});
