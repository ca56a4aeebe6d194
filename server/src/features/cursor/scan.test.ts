import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testParser } from '../../eval/testing';
import type { AttrName, Binding, Expr } from '../../nix/syntax';
import { bindingsAround, scanBefore } from './scan';
import { writtenPlace } from './written-path';

const HOMELAB = fileURLToPath(new URL('../../../../examples/homelab/', import.meta.url));

type Segments = readonly (string | null)[];
interface Expected {
  readonly at: AttrName;
  readonly path: string;
}

/** The paths of all attributes by the syntax tree alone. */
function attributesOf(expr: Expr): Expected[] {
  const found: Expected[] = [];
  const visit = (node: Expr, from: boolean, path: Segments, inMerge = false): void => {
    switch (node.kind) {
      case 'attrs':
        for (const binding of node.bindings) bound(binding, from, path);
        return;
      case 'let':
        for (const binding of node.bindings) if (binding.kind === 'binding') visit(binding.value, false, []);
        if (node.body !== null) visit(node.body, from, path);
        return;
      case 'list':
        for (const element of node.elements) visit(element, from, inMerge ? path : [...path, '*']);
        return;
      case 'lambda':
      case 'with':
      case 'assert':
        visit(node.body, from, path);
        return;
      case 'if':
        visit(node.consequence, from, path);
        visit(node.alternative, from, path);
        return;
      case 'binary':
        visit(node.left, from, path);
        visit(node.right, from, path);
        return;
      case 'apply': {
        const [head, first, second] = spine(node);
        const name =
          head?.kind === 'select' ? head.path.at(-1)?.text : head?.kind === 'variable' ? head.name : '';
        if (name === 'mkMerge' && first !== undefined) visit(first, from, path, true);
        else if (name === 'mkIf' && second !== undefined) visit(second, from, path);
        else for (const argument of [first, second]) if (argument !== undefined) visit(argument, false, []);
        return;
      }
      default:
    }
  };
  const bound = (binding: Binding, from: boolean, path: Segments): void => {
    if (binding.kind === 'inherit') return;
    let here = path;
    for (const name of binding.path) {
      here = [...here, name.text];
      found.push({ at: name, path: show(from, here) });
    }
    visit(binding.value, from, here);
  };
  visit(expr, true, []);
  return found;
}

function spine(expr: Expr): Expr[] {
  return expr.kind === 'apply' ? [...spine(expr.fn), expr.argument] : [expr];
}

function show(fromFile: boolean, segments: Segments): string {
  return `${fromFile ? '' : '?'}${segments.map((name) => name ?? '${}').join('.')}`;
}

/** The path that the scan finds when everything behind the name is not there. */
function scannedPath(text: string, end: number, broken: boolean): string {
  const { frames } = scanBefore(text, end, broken);
  const { path } = writtenPlace(frames);
  return show(path.fromFile, [
    ...path.segments,
    ...(frames.at(-1)?.path ?? []).map(({ text: name }) => name),
  ]);
}

const FORMS = `
{ config, lib, ... }@args:
let
  shared = { autoStart = true; };
  make = name: { containers.\${name}.autoStart = true; };
in
with lib;
assert true;
{
  imports = [ ({ pkgs, ... }: { containers.inline.autoStart = true; }) ./other.nix ];
  containers.a.hostAddress = "10.0.0.1";
  containers = {
    b = { localAddress = "1"; config = { config, ... }: { services.x.enable = true; }; };
    "c d".bindMounts."/a/b" = { isReadOnly = if a then { x = 1; } else { y = 2; }; };
    d = shared // { ephemeral = true; forwardPorts = [ { hostPort = 80; } { hostPort = 81; } ]; };
    e = lib.mkIf (config.x == "}") { autoStart = true; };
    f = lib.mkMerge [ { autoStart = true; } (mkIf config.y { ephemeral = true; }) ];
    g = let inner = { z = 1; }; in { config.services.y = { port = 1; }; };
    h = { text = ''
      { a = 1; \${toString { b = 2; }} ''\${ no } '';
      after = "\${"\${"{"}"}"; last = 1; };
    i = helper { unknown = { deep = 1; }; };
    \${name}.autoStart = true;
    j = rec { a = 1; /* { */ b = 2; # {
      c = x: y: { d = 3; }; };
    k = { inherit (config.containers.a) hostAddress; m = a."b c".d or { e = 1; }; };
  };
}
`;

const files: [string, string][] = readdirSync(HOMELAB, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.nix'))
  .map((path) => [path, readFileSync(HOMELAB + path, 'utf8')]);

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'the scan of tokens (%s)',
  (_title, lineEnd) => {
    it.each([...files, ['all forms', FORMS] as [string, string]])(
      'agrees with the syntax tree: %s',
      async (path, source) => {
        const text = source.replaceAll('\n', lineEnd);
        const file = (await testParser()).parse(`/${path}`, text);
        expect(file.errors).toEqual([]);
        const attributes = file.root.expression === null ? [] : attributesOf(file.root.expression);
        expect(attributes.length).toBeGreaterThan(0);
        for (const { at, path: expected } of attributes) {
          const end = file.rangeOf(at)?.end ?? 0;
          expect(scannedPath(text, end, false)).toBe(expected);
          expect(scannedPath(text.slice(0, end), end, true), `cut off at ${end}`).toBe(expected);
        }
      },
    );
  },
);

describe('the scan of broken text', () => {
  const pathAtEnd = (text: string): string => scannedPath(text, text.length, true);

  it.each([
    [
      'a missing `;`',
      '{\n  containers.a = {\n    autoStart = true\n    hostAddress = "1";\n    local',
      'containers.a.local',
    ],
    [
      'a missing `;` after a set',
      '{\n  containers.a = {\n    x = 1;\n  }\n  containers.b = {\n    loc',
      'containers.b.loc',
    ],
    [
      'a missing `};`',
      '{\n  containers.a = {\n    x = 1;\n\n  containers.b = {\n    loc',
      'containers.b.loc',
    ],
    [
      'an unclosed string',
      '{\n  containers.a = {\n    hostAddress = "10.0;\n    localAddress = "1";\n    pri',
      'containers.a.pri',
    ],
    ['an unclosed interpolation', '{\n  a = {\n    url = "http://${config.x";\n    b = 1;\n  };\n  c', 'c'],
    ['an unclosed list', '{\n  a.ports = [ 80\n  b.c = 1;\n  d', 'd'],
    ['an unclosed list before `;`', '{\n  a.ports = [ 80;\n  d', 'd'],
    ['an unclosed parenthesis', '{\n  a = lib.mkIf (x {\n    y = 1;\n  };\n  d', 'd'],
    [
      'a name left half-typed',
      '{\n  containers.a = {\n    local\n    privateNetwork = true;\n    eph',
      'containers.a.eph',
    ],
    [
      'a value that is missing',
      '{\n  containers.a = {\n    localAddress =\n    config = {\n      sys',
      'containers.a.config.sys',
    ],
    ['a missing `=`', '{\n  containers.a {\n    loc', 'containers.a.loc'],
    ['a closing bracket too many', '{\n  a = { b = 1; }; };\n  c', '${}'],
  ])('%s', (_title, text, expected) => {
    if (expected === '${}') expect(() => pathAtEnd(text)).not.toThrow();
    else expect(pathAtEnd(text)).toBe(expected);
  });

  it('leaves a string of several lines alone in a file without errors', () => {
    const text = '{ a = "x\n  b = 1;\n"; c';
    expect(scannedPath(text, text.length, false)).toBe('c');
  });

  it('finds the bindings before and behind a place', () => {
    const text = '{ a = { b = 1; c = "";  d.e = [ 2 ]; inherit f; }; g = 1; }';
    const names = bindingsAround(text, text.indexOf('c ='), false).map(({ path }) =>
      path.map((segment) => segment.text).join('.'),
    );
    expect(names).toEqual(['b', 'c', 'd.e', 'f']);
  });
});
