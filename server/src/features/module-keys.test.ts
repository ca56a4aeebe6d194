import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { hoveredAt } from '../../../test/engine/hovered';

/** What the module system itself reads at the root of a module. */
describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('names of modules (%s)', (_, lineEnd) => {
  const at = (text: string): string => `#- /web.nix\n${text}`;

  it.each([
    ['of a host', '{ impo$0rts = [ ]; }'],
    ['of a guest', '{ containers.web.config.impo$0rts = [ ]; }'],
    ['of a guest, in sets', '{ containers.web = { config = { pkgs, ... }: { impo$0rts = [ ]; }; }; }'],
  ])('hover says what it is, at the root %s', async (_what, text) => {
    expect(await hoveredAt(at(text), lineEnd)).toContain('Other modules that belong to this one');
  });

  it.each([
    ['of a host', '{ im$0 }'],
    ['of a guest', '{ containers.web.config.im$0 }'],
    ['of a guest, in sets', '{ containers.web = { config = { pkgs, ... }: { im$0 }; }; }'],
  ])('is offered at the root %s, with its documentation', async (_what, text) => {
    const { item } = await completeAt(at(text), lineEnd, true);
    expect(item('imports').textEdit).toMatchObject({ newText: 'imports = [ $1 ];' });
    expect(JSON.stringify(item('imports').documentation)).toContain('belong to this one');
  });

  it.each([
    ['below the root', '{ networking = { im$0 }; }'],
    ['in a container', '{ containers.web = { im$0 }; }'],
    ['among containers', '{ containers = { im$0 }; }'],
  ])('is not offered %s', async (_what, text) => {
    expect((await completeAt(at(text), lineEnd)).labels).not.toContain('imports');
  });
});
