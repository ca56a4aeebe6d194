import { describe, expect, it } from 'vitest';
import { testRule } from '../../../test/engine/rule-suite';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { invalidSettings } from './invalid-settings';

const file = (json: string, name = '/.nixos-containers.json'): string =>
  `\n#- ${name}\n${json}\n#- /a.nix\n{ }\n`;

testRule(invalidSettings, {
  finds: {
    'a rule that does not exist': file(`{
  "rules": { "duplicate-adress": "warning", "no-such-thing-at-all": "off" }
#            ^^^^^^^^^^^^^^^^^^ warning invalid-settings
#                                           ^^^^^^^^^^^^^^^^^^^^^^ warning invalid-settings
}`),
    'a level that does not exist': file(`{ "rules": {
  "duplicate-address": "warn",
#                      ^^^^^^ warning invalid-settings
  "missing-nat": 0,
#                ^ warning invalid-settings
  "missing-import": { "severity": "off" }
#                   ^^^^^^^^^^^^^^^^^^^^^ warning invalid-settings
} }`),
    'another key than rules': file(`{ "rule": { } }
# ^^^^^^ warning invalid-settings`),
    'a rule that is set twice': file(`{ "rules": {
  "missing-nat": "off",
  "missing-nat": "hint"
# ^^^^^^^^^^^^^ warning invalid-settings
} }`),
    'what is not JSON': file(`{
  "rules": { "missing-nat": "off", }
#                                  ^ warning invalid-settings
}`),
    'a comment, which JSON has not': file(`{
  // what we do not want
# ^ warning invalid-settings
  "rules": { }
}`),
    'what is no object': file(` [ ]
#^^^ warning invalid-settings`),
    'rules that are no object': file(`{ "rules": "off" }
#          ^^^^^ warning invalid-settings`),
  },
  silent: {
    'nothing wrong': file(
      '{ "$schema": "https://example.org/schema.json", "rules": { "missing-nat": "off" } }',
    ),
    'no file': '\n#- /a.nix\n{ }\n',
    'a file of another name': file('{ "rules": 1 }', '/settings.json'),
    'one that no Nix file is below': file('{ "rules": 1 }', '/docs/.nixos-containers.json'),
  },
  mends: {
    'a misspelt rule': {
      fixture: file('{ "rules": { "duplicate-adress": "off" } }'),
      fix: /Write duplicate-address/,
      leaves: ['{ "rules": { "duplicate-address": "off" } }'],
    },
    'a misspelt level': {
      fixture: file('{ "rules": { "missing-nat": "warnign" } }'),
      fix: /Write warning/,
      leaves: ['"missing-nat": "warning"'],
    },
  },
  says: {
    'what was meant': {
      fixture: file('{ "rules": { "duplicate-adress": "offf" } }'),
      message: /There is no rule duplicate-adress\. Did you mean duplicate-address\?\n[^]*Did you mean off\?/,
    },
  },
});

describe('an empty settings file', () => {
  it('says nothing yet, which is told when typing pauses', async () => {
    const { findings } = await findingsOf(parseFixture(file('')), [invalidSettings]);
    expect(findings.map(({ incomplete }) => incomplete)).toEqual([true]);
  });
});
