import { describe, expect, test } from 'vitest';
import { printedShape, printedText } from '../testing';

describe('strings', () => {
  test.each([
    [
      'map toString [ null true false 1 (-1) "a" [ 1 [ 2 3 ] ] { __toString = self: self.name; name = "n"; } { outPath = "/o"; } ./a ]',
      '[ "" "1" "" "1" "-1" "a" "1 2 3" "n" "/o" "/a" ]',
    ],
    ['toString [ 1 [ ] 2 ]', '"1 2"'],
    ['toString [ [ ] 1 ]', '"1"'],
    ['builtins.stringLength "aé😀"', '7'],
    ['builtins.substring 1 2 "nixos"', '"ix"'],
    ['builtins.substring 2 (-1) "nixos"', '"xos"'],
    ['builtins.substring 9 1 "nixos"', '""'],
    ['builtins.substring 1 2 "aéb"', '"é"'],
    ['builtins.concatStringsSep ", " [ "a" "b" { outPath = "c"; } ]', '"a, b, c"'],
    ['builtins.replaceStrings [ "oo" "a" ] [ "a" "i" ] "foobar"', '"fabir"'],
    ['builtins.replaceStrings [ "" ] [ "." ] "ab"', '".a.b."'],
    ['builtins.replaceStrings [ "a" "ab" ] [ "1" "2" ] "ab"', '"1b"'],
    ['builtins.replaceStrings [ "x" ] [ (throw "not needed") ] "ab"', '"ab"'],
    ['builtins.unsafeDiscardStringContext "a"', '"a"'],
    ['builtins.hasContext "a"', 'false'],
    ['builtins.getContext "a"', '{ }'],
    ['toString (a: a)', 'error: cannot coerce a function to a string'],
    ['"${1}"', 'error: cannot coerce an integer to a string'],
    ['builtins.substring (-1) 1 "a"', "error: negative start position in 'substring'"],
    [
      'builtins.replaceStrings [ "a" ] [ ] "a"',
      "error: 'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
    ],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});

describe('regular expressions', () => {
  test.each([
    ['builtins.match "ab" "abc"', 'null'],
    ['builtins.match "a(b)(c)" "abc"', '[ "b" "c" ]'],
    ['builtins.match "([0-9]+)\\\\.([0-9]+)" "10.24"', '[ "10" "24" ]'],
    ['builtins.match "(a)|(b)" "b"', '[ null "b" ]'],
    ['builtins.match "(a|ab)(c|bcd)(d*)" "abcd"', '[ "a" "bcd" "" ]'],
    ['builtins.match "[[:space:]]*([^[:space:]]+)[[:space:]]*" "  x\\n"', '[ "x" ]'],
    ['builtins.match "[]a-]+" "]-a"', '[ ]'],
    ['builtins.match "a{2,3}" "aaaa"', 'null'],
    ['builtins.match "(a{2}){2}" "aaaa"', '[ "aa" ]'],
    ['builtins.match "\\\\$[.]\\\\*" "$.*"', '[ ]'],
    ['builtins.match "." "é"', 'null'],
    ['builtins.match "(.*)" "é\\n"', '[ "é\\n" ]'],
    ['builtins.match "(a*)*" "aa"', '[ "" ]'],
    ['builtins.split "(a)b" "abc"', '[ "" [ "a" ] "c" ]'],
    ['builtins.split "([ac])" "abc"', '[ "" [ "a" ] "b" [ "c" ] "" ]'],
    ['builtins.split "(a)|(c)" "abc"', '[ "" [ "a" null ] "b" [ null "c" ] "" ]'],
    ['builtins.split "a|ab" "xabx"', '[ "x" [ ] "x" ]'],
    ['builtins.split "x" "abc"', '[ "abc" ]'],
    ['builtins.split "" "ab"', '[ "" [ ] "a" [ ] "b" [ ] "" ]'],
    ['builtins.split "b*" "abba"', '[ "" [ ] "a" [ ] "" [ ] "a" [ ] "" ]'],
    ['builtins.split "^a" "aaa"', '[ "" [ ] "aa" ]'],
    ['builtins.split "a$" "aaa"', '[ "aa" [ ] "" ]'],
    ['builtins.split "\\\\." "10.0.0.1"', '[ "10" [ ] "0" [ ] "0" [ ] "1" ]'],
    ['builtins.split "[[:upper:]]+" "aBCd"', '[ "a" [ ] "d" ]'],
    ['builtins.match "(" "a"', "error: invalid regular expression '('"],
    ['builtins.match "*a" "a"', "error: invalid regular expression '*a'"],
    ['builtins.match "[[:nope:]]" "a"', "error: invalid regular expression '[[:nope:]]'"],
    ['builtins.match "[b-a]" "a"', "error: invalid regular expression '[b-a]'"],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));

  test('a nested repetition ends in unknown instead of running forever', async () => {
    const long = 'builtins.concatStringsSep "" (builtins.genList (_: "a") 60)';
    expect(await printedText(`builtins.match "((a+)+)+b" (${long})`)).toBe(
      '«unknown: a regular expression takes too long»',
    );
  });

  test('a group repeated over a long text ends in unknown instead of exhausting the stack', async () => {
    const long = 'builtins.concatStringsSep "" (builtins.genList (_: "ab") 50000)';
    expect(await printedShape(`builtins.match "(a|b)*" (${long})`)).toBe('?');
    expect(await printedText(`builtins.match ".*b" (${long})`)).toBe('[ ]');
  });
});

describe('strings with unknowns', () => {
  test.each([
    ['"${x}"', '?'],
    ['"${./a}"', '?'],
    ['toString ./a', '"/a"'],
    ['builtins.substring 0 1 "é"', '?'],
    ['builtins.concatStringsSep "," ([ "a" ] ++ x)', '?'],
    ['builtins.replaceStrings [ "a" ] [ x ] "b"', '"b"'],
    ['builtins.replaceStrings [ "a" ] [ x ] "a"', '?'],
    ['builtins.appendContext "a" { }', '?'],
  ])('%s', async (text, shape) => expect(await printedShape(text, { '/a': '' })).toBe(shape));
});
