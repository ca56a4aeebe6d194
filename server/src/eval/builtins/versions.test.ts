import { describe, expect, test } from 'vitest';
import { printedText } from '../testing';

describe('versions', () => {
  test.each([
    ['builtins.compareVersions "1.0" "2.3"', '-1'],
    ['builtins.compareVersions "2.3" "2.3"', '0'],
    ['builtins.compareVersions "2.10" "2.9"', '1'],
    ['builtins.compareVersions "2.3pre1" "2.3"', '-1'],
    ['builtins.compareVersions "2.3" "2.3.1"', '-1'],
    ['builtins.compareVersions "2.3a" "2.3.1"', '-1'],
    ['builtins.compareVersions "2.3a" "2.3b"', '-1'],
    ['builtins.compareVersions "24.11" "24.05"', '1'],
    ['builtins.splitVersion "1.2.3pre4-rc_5"', '[ "1" "2" "3" "pre" "4" "rc_" "5" ]'],
    ['builtins.parseDrvName "nix-js-0.12pre12876"', '{ name = "nix-js"; version = "0.12pre12876"; }'],
    ['builtins.parseDrvName "hello"', '{ name = "hello"; version = ""; }'],
    ['builtins.compareVersions "1" 2', 'error: value is an integer while a string was expected'],
  ])('%s', async (text, printed) => expect(await printedText(text)).toBe(printed));
});
