import { describe, expect, test } from 'vitest';
import { evaluateText, printedShape, printedText } from '../testing';

describe('attribute sets', () => {
  test.each([
    ['builtins.attrNames { b = 1; a = 2; B = 3; "1" = 4; }', '[ "1" "B" "a" "b" ]'],
    ['builtins.attrNames { "ﬀ" = 1; "😀" = 2; }', '[ "ﬀ" "😀" ]'],
    ['builtins.attrValues { b = 1; a = 2; }', '[ 2 1 ]'],
    ['builtins.getAttr "a" { a = 1; }', '1'],
    ['builtins.hasAttr "a" { a = throw "not needed"; }', 'true'],
    [
      'builtins.mapAttrs (name: value: "${name}=${toString value}") { a = 1; b = 2; }',
      '{ a = "a=1"; b = "b=2"; }',
    ],
    ['removeAttrs { a = 1; b = 2; } [ "a" "c" ]', '{ b = 2; }'],
    ['builtins.listToAttrs [ { name = "a"; value = 1; } { name = "a"; value = 2; } ]', '{ a = 1; }'],
    ['builtins.intersectAttrs { a = 1; b = 2; } { b = 3; c = 4; }', '{ b = 3; }'],
    ['builtins.catAttrs "a" [ { a = 1; } { b = 2; } { a = 3; } ]', '[ 1 3 ]'],
    [
      'builtins.zipAttrsWith (name: values: [ name ] ++ values) [ { a = 1; } { a = 2; b = 3; } ]',
      '{ a = [ "a" 1 2 ]; b = [ "b" 3 ]; }',
    ],
    ['builtins.unsafeGetAttrPos "b" { a = 1; b = 2; }', '{ column = 40; file = "/test.nix"; line = 1; }'],
    ['builtins.unsafeGetAttrPos "b" { a = 1; }', 'null'],
    ['builtins.getAttr "b" { a = 1; }', "error: attribute 'b' missing"],
    ['builtins.listToAttrs [ { name = "a"; } ]', "error: attribute 'value' missing"],
    ['builtins.attrNames [ ]', 'error: value is a list while a set was expected'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('sets that are partly unknown', () => {
  test.each([
    ['{ a = 1; } // x', '{ a = 1; ? }'],
    ['{ ${x} = 1; b = 2; }', '{ b = 2; ? }'],
    ['builtins.attrNames ({ a = 1; } // x)', '?'],
    ['builtins.attrNames { a = x; }', '[ "a" ]'],
    ['builtins.attrValues ({ b = 1; a = 2; } // x)', '[ 2 1 ? ]'],
    ['builtins.hasAttr "a" ({ a = 1; } // x)', 'true'],
    ['builtins.hasAttr "b" ({ a = 1; } // x)', '?'],
    ['builtins.getAttr "a" ({ a = 1; } // x)', '1'],
    ['builtins.getAttr x { a = 1; }', '?'],
    ['builtins.mapAttrs (name: value: value + 1) ({ a = 1; } // x)', '{ a = 2; ? }'],
    ['builtins.mapAttrs (name: value: x) { a = 1; }', '{ a = ?; }'],
    ['removeAttrs ({ a = 1; b = 2; } // x) [ "a" ]', '{ b = 2; ? }'],
    ['(removeAttrs { a = 1; b = 2; } [ "a" x ]) ? a', 'false'],
    ['(removeAttrs { a = 1; b = 2; } [ "a" x ]) ? b', '?'],
    ['builtins.attrNames (removeAttrs { a = 1; b = 2; } [ x ])', '?'],
    ['builtins.listToAttrs ([ { name = "a"; value = 1; } ] ++ x)', '{ a = 1; ? }'],
    ['builtins.listToAttrs [ { name = "a"; value = 1; } { name = x; value = 2; } ]', '{ a = 1; ? }'],
    ['builtins.listToAttrs [ { name = "a"; value = x; } ]', '{ a = ?; }'],
    ['builtins.intersectAttrs { a = 1; } ({ a = 2; b = 3; } // x)', '{ a = 2; ? }'],
    ['(builtins.intersectAttrs ({ a = 1; } // x) { a = 2; b = 3; c = 4; }) ? b', '?'],
    ['(builtins.intersectAttrs ({ a = 1; } // x) { a = 2; b = 3; }).a', '2'],
    ['(builtins.intersectAttrs ({ a = 1; } // x) { a = 2; b = 3; }) ? z', 'false'],
    ['builtins.catAttrs "a" [ { a = 1; } x { a = 2; } ]', '[ 1 2 ? ]'],
    ['builtins.catAttrs "a" [ { a = 1; } ({ b = 1; } // x) ]', '[ 1 ? ]'],
    ['builtins.zipAttrsWith (name: values: values) [ { a = 1; } x ]', '{ a = [ 1 ? ]; ? }'],
    [
      'builtins.zipAttrsWith (name: values: values) [ { a = 1; b = x; } { a = 2; } ]',
      '{ a = [ 1 2 ]; b = [ ? ]; }',
    ],
  ])('%s', async (text, shape) => expect(await printedShape(text)).toBe(shape));
});

describe('provenance', () => {
  test('a builtin that passes a value on passes the literal that wrote it', async () => {
    const value = await evaluateText(
      'builtins.head (builtins.catAttrs "a" [ (removeAttrs { a = "10.0.0.1"; b = 1; } [ "b" ]) ])',
    );
    expect(value).toMatchObject({ text: '10.0.0.1', origin: { kind: 'string', parts: ['10.0.0.1'] } });
  });

  test('a name that comes from a set is written where the attribute is', async () => {
    const value = await evaluateText('builtins.head (builtins.attrNames { web = 1; })');
    expect(value).toMatchObject({ text: 'web', origin: { kind: 'attr-name', text: 'web' } });
  });

  test('an attribute of listToAttrs is written where its name is', async () => {
    const value = await evaluateText(
      'builtins.listToAttrs (map (name: { inherit name; value = 1; }) [ "web" ])',
    );
    if (!('type' in value) || value.type !== 'attrs') throw new Error('no set');
    expect(value.entries.get('web')?.at).toMatchObject({ kind: 'string', parts: ['web'] });
  });
});
