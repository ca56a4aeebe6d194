import { describe, expect, it } from 'vitest';
import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';
import { inFixture } from '../../../test/engine/navigation';
import { signatureHelp } from './signature-help';

/** The signature at `$0` with the active parameter in brackets; null where there is none. */
async function signature(text: string): Promise<string | null> {
  const { homelab, file, offset } = await inFixture(text);
  const help = signatureHelp(homelab, file, offset, MarkupKind.Markdown);
  const [one] = help?.signatures ?? [];
  const active = one?.parameters?.[help?.activeParameter ?? -1]?.label;
  if (one === undefined || !Array.isArray(active)) return null;
  const [start, end] = active;
  return `${one.label.slice(0, start)}[${one.label.slice(start, end)}]${one.label.slice(end)}`;
}

const inModule = (expression: string, before = ''): Promise<string | null> =>
  signature(`#- /a.nix\n{ config, lib, pkgs, ... }: ${before} {\n  a = ${expression};\n  b = 1;\n}\n`);

describe('functions of lib', () => {
  it.each([
    ['the first argument', 'lib.mkIf $0', 'mkIf [condition] content'],
    ['the first argument, half typed', 'lib.mkIf con$0', 'mkIf [condition] content'],
    ['the next argument', 'lib.mkIf config.x $0', 'mkIf condition [content]'],
    ['an argument in parentheses', 'lib.mkIf (config.x$0) { }', 'mkIf [condition] content'],
    ['a selection is one argument', 'lib.optionalString config.a.b $0"x"', 'optionalString condition [text]'],
    ['an element of a list', 'lib.concatStringsSep "," [ "a" $0 ]', 'concatStringsSep separator [texts]'],
    ['the innermost call', 'lib.mkIf (lib.hasPrefix "a" $0) 1', 'hasPrefix prefix [text]'],
    ['behind an operator', '[ 1 ] ++ lib.optionals $0', 'optionals [condition] elements'],
    ['inside an interpolation', '"a${lib.removeSuffix "/24" $0}"', 'removeSuffix suffix [text]'],
    ['a part of lib', 'lib.strings.removeSuffix $0', 'removeSuffix [suffix] text'],
    ['a function of the language', 'map $0', 'map [function] list'],
    ['a function of builtins', 'builtins.listToAttrs $0', 'listToAttrs [pairs]'],
    ['one with a quote in its name', "lib.mapAttrs' $0", "mapAttrs' [function] attributes"],
  ])('%s', async (_what, expression, expected) => {
    expect(await inModule(expression)).toBe(expected);
  });

  it.each([
    ['with lib', 'with lib;', 'mkIf $0'],
    ['inherit (lib)', 'let inherit (lib) mkIf; in', 'mkIf $0'],
    ['another name for lib', 'let l = lib; in', 'l.mkIf $0'],
    ['another name for the function', 'let when = lib.mkIf; in', 'when $0'],
    ['a with inside', 'let x = 1; in', 'with lib; mkIf $0'],
  ])('by scope: %s', async (_what, before, expression) => {
    expect(await inModule(expression, before)).toBe('mkIf [condition] content');
  });

  it.each([
    ['a function of one’s own that is called so', 'let mkIf = a: b: a; in', 'mkIf $0'],
    ['no function at all', '', 'config.mkIf $0'],
    ['a name that nothing binds', '', 'mkIf $0'],
    ['a lib of one’s own', 'let lib = { mkIf = a: a; }; in', 'lib.mkIf $0'],
    ['behind the last argument', '', 'lib.mkForce 1 $0'],
    ['while the name is written', '', 'lib.mkI$0'],
    ['in the set that it is given', '', 'lib.mkIf true { c = $0 }'],
    ['in a text', '', 'lib.optionalString true "a $0b"'],
    ['in a comment', '', 'lib.mkIf /* $0 */'],
  ])('nothing: %s', async (_what, before, expression) => {
    expect(await inModule(expression, before)).toBeNull();
  });

  it('counts what was given before', async () => {
    expect(await inModule('low $0', 'let low = lib.mkOverride 1200; in')).toBe(
      'mkOverride priority [content]',
    );
  });

  it('in a helper that is called with lib, and in half a file', async () => {
    expect(
      await signature('#- /a.nix\n{ }\n#- /h.nix\n{ lib, name }: { x = lib.genAttrs [ name ] $0; }\n'),
    ).toBe('genAttrs names [function]');
    expect(await signature('#- /a.nix\n{ config, lib, ... }: {\n  a = lib.mkIf $0')).toBe(
      'mkIf [condition] content',
    );
  });
});

const inRule = (rule: string, more = '', flake = ''): Promise<string | null> =>
  signature(
    `${flake}#- /a.nix\n{ domain, ... }: {\n  services.traefik.dynamicConfigOptions.http.routers.web = { ${more} rule = "${rule}"; };\n}\n`,
  );

describe('matchers of rules', () => {
  it.each([
    ['behind the parenthesis', 'Host($0)', 'Host([`name`])'],
    ['inside the argument', 'Host(`a$0`)', 'Host([`name`])'],
    ['behind an interpolation', 'Host(`a.${domain}$0`)', 'Host([`name`])'],
    ['the second argument', 'Header(`X-A`, `$0`)', 'Header(`name`, [`value`])'],
    ['one that may be left out', 'Query(`a`, $0', 'Query(`key`, [`value`])'],
    ['the second matcher', 'Host(`a`) && (PathPrefix(`/b$0`))', 'PathPrefix([`path`])'],
    ['in another spelling', 'pathprefix($0', 'PathPrefix([`path`])'],
  ])('%s', async (_what, rule, expected) => {
    expect(await inRule(rule)).toBe(expected);
  });

  it.each([
    ['between matchers', 'Host(`a`) $0&& Path(`/b`)'],
    ['in a group', '($0Host(`a`))'],
    ['one too many', 'Host(`a`, `$0`)'],
    ['an unknown matcher', 'Hosts(`$0`)'],
  ])('nothing: %s', async (_what, rule) => {
    expect(await inRule(rule)).toBeNull();
  });

  it('are those of version 2 where that is what Traefik reads', async () => {
    expect(await inRule('Host(`a`, `$0`)', 'ruleSyntax = "v2";')).toBe('Host(`name`, […])');
    expect(await inRule('Headers(`$0`)', 'ruleSyntax = "v2";')).toBe('Headers([`name`], `value`)');
    expect(await inRule('Headers(`$0`)')).toBeNull();
  });

  it('say what they match', async () => {
    const { homelab, file, offset } = await inFixture(
      '#- /a.nix\n{ services.traefik.dynamicConfigOptions.http.routers.a.rule = "Path($0"; }\n',
    );
    const help = signatureHelp(homelab, file, offset, MarkupKind.Markdown);
    expect((help?.signatures[0]?.documentation as MarkupContent).value).toBe('The path is exactly this one.');
  });
});
