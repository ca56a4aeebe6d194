import { expect, it } from 'vitest';
import { record } from '../construct';
import { apply } from '../interpret';
import { printNix } from '../print';
import { evaluationOf } from '../testing';
import { attempt, lazily, ready } from '../thunk';
import { Failure } from '../value';
import { formatsValue } from './formats';
import { libValue } from './index';

/** What an expression with `formats` and the names of `lib` in scope prints as; all that is unknown is `?`. */
async function printed(expression: string): Promise<string> {
  const evaluation = await evaluationOf({ '/test.nix': `{ lib, formats }: with lib; ${expression}` });
  const scope = ready(record({ lib: libValue(), formats: formatsValue() }));
  const value = lazily(() => apply(evaluation.fileThunk('/test.nix').force(), scope, null, evaluation));
  const text = attempt(() => printNix(value));
  if (typeof text === 'string') return text.replace(/«unknown: [^»]*»/g, '?');
  return text instanceof Failure ? `error: ${text.message}` : '?';
}

const merged = (type: string, ...definitions: readonly string[]): string =>
  `(evalModules { modules = [ { options.a = mkOption { type = ${type}; }; } ${definitions
    .map((definition) => `{ a = ${definition}; }`)
    .join(' ')} ]; }).config.a`;

it.each([
  ['(formats.json { }).type.description', '"JSON value"'],
  ['(formats.toml { }).type.description', '"TOML value"'],
  ['(formats.yaml { }).type.description', '"YAML 1.1 value"'],
  [
    merged('(formats.json { }).type', '{ x.y = [ 1 ]; }', '{ x.y = [ 2 ]; x.z = null; }'),
    '{ x = { y = [ 2 1 ]; z = null; }; }',
  ],
  [merged('(formats.yaml { }).type', '{ x = mkDefault 1; }', '{ x = 2; }'), '{ x = 2; }'],
  [merged('(formats.toml { }).type', '{ x = mkIf false 1; y = 2; }'), '{ y = 2; }'],
  [merged('(formats.ini { }).type', '{ s.k = 1; }', '{ s.l = true; }'), '{ s = { k = 1; l = true; }; }'],
  [
    merged('(formats.ini { listsAsDuplicateKeys = true; }).type', '{ s.k = [ 1 2 ]; }'),
    '{ s = { k = [ 1 2 ]; }; }',
  ],
  [merged('(formats.keyValue { }).type', '{ k = "v"; }'), '{ k = "v"; }'],
  ['(formats.json { }).generate "x.json" { a = 1; }', '?'],
  ['formats.hocon { }', '?'],
])('%s', async (expression, expected) => {
  expect(await printed(expression)).toBe(expected);
});

it('refuses lists in an INI section without a way to write them', async () => {
  expect(await printed(merged('(formats.ini { }).type', '{ s.k = [ 1 2 ]; }') + '.s.k')).toContain(
    "error: A definition for option `a.s.k' is not of type `INI atom",
  );
});
