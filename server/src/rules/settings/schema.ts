import type { Rule } from '../rule';
import { LEVELS } from './levels';

/** JSON schemas of what may be said of rules, for editors to complete and check. */

const LEVEL_DESCRIPTIONS = LEVELS.map((level) =>
  level === 'off' ? 'Is not reported.' : `Counts as ${level}.`,
);

/** The setting `nixos-containers.rules` of the extension. */
export function rulesSetting(rules: readonly Rule[]): object {
  return {
    type: 'object',
    scope: 'window',
    default: {},
    propertyNames: {
      enum: rules.map(({ id }) => id),
      enumDescriptions: rules.map(({ description }) => description),
    },
    additionalProperties: { type: 'string', enum: LEVELS, enumDescriptions: LEVEL_DESCRIPTIONS },
    markdownDescription:
      'How the findings of a rule count: `error`, `warning`, `information`, `hint` or `off`. What a `.nixos-containers.json` says of a rule goes before it, and holds for other editors and the command line too.',
  };
}

/** The schema of `.nixos-containers.json`. */
export function settingsFileSchema(rules: readonly Rule[]): object {
  const properties = rules.map(({ id, description, severity, off }) => [
    id,
    { description, default: off === true ? 'off' : severity, allOf: [{ $ref: '#/definitions/level' }] },
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of NixOS Containers',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      rules: {
        description:
          'How the findings of rules count in this folder and below; rules that are not named are as they come.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(properties) as object,
      },
    },
    definitions: { level: { type: 'string', enum: LEVELS, enumDescriptions: LEVEL_DESCRIPTIONS } },
  };
}
