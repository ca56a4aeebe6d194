import { describe, expect, test } from 'vitest';
import { printedShape, printedText } from '../testing';

describe('JSON', () => {
  test.each([
    [
      'builtins.toJSON { b = [ 1 2.5 null true ]; a = "x\\n\\"é"; }',
      String.raw`"{\"a\":\"x\\n\\\"é\",\"b\":[1,2.5,null,true]}"`,
    ],
    ['builtins.toJSON { __toString = self: "t"; }', String.raw`"\"t\""`],
    ['builtins.toJSON { outPath = [ 1 ]; }', '"[1]"'],
    ['builtins.toJSON (a: a)', 'error: cannot convert a function to JSON'],
    [
      `builtins.fromJSON ''{ "a": [ 1, -2.5e1, true, null, "\\u00e9\\/" ], "b": {} }''`,
      '{ a = [ 1 -25 true null "é/" ]; b = { }; }',
    ],
    [`builtins.fromJSON ''{ "a": 1, "a": 2 }''`, '{ a = 2; }'],
    ['builtins.fromJSON "9223372036854775807"', '9223372036854775807'],
    ['builtins.typeOf (builtins.fromJSON "1.0")', '"float"'],
    ['builtins.fromJSON "[1,]"', 'error: failed to parse JSON'],
    ['builtins.fromJSON "{} 1"', 'error: failed to parse JSON'],
    ['builtins.fromJSON "01"', 'error: failed to parse JSON'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));

  test.each([
    ['builtins.toJSON [ x ]', '?'],
    ['builtins.toJSON ({ a = 1; } // x)', '?'],
    ['builtins.fromJSON x', '?'],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});

describe('TOML', () => {
  const toml = (text: string): string => `fromTOML ''${text}''`;
  test.each([
    [
      toml('a = 1\nb.c = "x\\t\\u00e9"\n"d e" = [ 1, [ true ], ]  # end'),
      '{ a = 1; b = { c = "x\\té"; }; "d e" = [ 1 [ true ] ]; }',
    ],
    [
      toml('[hosts.web]\naddress = "10.0.0.2"\n[hosts]\ncount = 0x1F\n[hosts.db]\nopen = false'),
      '{ hosts = { count = 31; db = { open = false; }; web = { address = "10.0.0.2"; }; }; }',
    ],
    [
      toml('[[r]]\nn = 1\n[r.sub]\nk = 1\n[[r]]\nn = 2'),
      '{ r = [ { n = 1; sub = { k = 1; }; } { n = 2; } ]; }',
    ],
    [
      toml('p = { x = 1, y.z = 2 }\nf = [ 1.5, -1e3, 1_000 ]'),
      '{ f = [ 1.5 -1000 1000 ]; p = { x = 1; y = { z = 2; }; }; }',
    ],
    [toml('b = \'c\\d\'\na = """\nx \\\n   y"""'), '{ a = "x y"; b = "c\\\\d"; }'],
    [toml('a = 1\na = 2'), 'error: while parsing TOML: syntax error'],
    [toml('a = 1 b = 2'), 'error: while parsing TOML: syntax error'],
    [toml('p = { x = 1 }\n[p]\ny = 1'), 'error: while parsing TOML: syntax error'],
    [toml('a = 1979-05-27'), 'error: while parsing TOML: Dates and times are not supported'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('XML', () => {
  test('of a function and a set', async () => {
    const lines = [
      "<?xml version='1.0' encoding='utf-8'?>",
      '<expr>',
      '  <attrs>',
      '    <attr name="f">',
      '      <function>',
    ];
    lines.push(
      '        <attrspat ellipsis="1" name="args">',
      '          <attr name="port" />',
      '        </attrspat>',
      '      </function>',
    );
    lines.push(
      '    </attr>',
      '    <attr name="s">',
      '      <string value="&lt;&quot;&gt;" />',
      '    </attr>',
      '  </attrs>',
      '</expr>',
      '',
    );
    const printed = await printedText(`builtins.toXML { s = "<\\">"; f = args@{ port, ... }: 1; }`);
    expect(JSON.parse(printed)).toBe(lines.join('\n'));
  });
});

describe('hashes', () => {
  test.each([
    [
      'map (a: builtins.substring 0 8 (builtins.hashString a "web")) [ "md5" "sha1" "sha256" "sha512" ]',
      '[ "2567a5ec" "ca84d134" "4b5e57f6" "cbead8fe" ]',
    ],
    ['builtins.hashString "md5" ""', '"d41d8cd98f00b204e9800998ecf8427e"'],
    [
      'builtins.hashString "sha256" (builtins.concatStringsSep "" (builtins.genList (_: "0123456789") 12))',
      '"08642f0525963875af954100280fe3009293fa7e19c273444f31464c9b089243"',
    ],
    [
      'builtins.convertHash { hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; toHashFormat = "nix32"; }',
      '"0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"',
    ],
    [
      'builtins.convertHash { hash = "md5:3y8bwfr609h3lh9ch0izcqq7fl"; toHashFormat = "base16"; }',
      '"d41d8cd98f00b204e9800998ecf8427e"',
    ],
    ['placeholder "out"', '"/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9"'],
    [
      'builtins.hashString "md4" ""',
      "error: unknown hash algorithm 'md4', expect 'md5', 'sha1', 'sha256', or 'sha512'",
    ],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});
