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

  it('nothing of options that are there', async () => {
    expect(await hovered('{ services.grafana.ena$0ble = true; }')).not.toContain('It is called');
  });
});
