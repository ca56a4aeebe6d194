import { expect, it } from 'vitest';
import { libValue } from './index';
import { PARTS, SHOWN } from './names';
import { examples, printed } from './testing';

it('has every name of nixpkgs, and says which one it does not evaluate', async () => {
  const names = libValue().entries;
  for (const [part, shown] of Object.entries(SHOWN))
    for (const name of shown) expect(names.has(name), `${part}.${name}`).toBe(true);
  for (const part of Object.keys(PARTS)) {
    if (!part.includes('.')) expect(names.has(part), part).toBe(true);
  }
  expect(await printed('lib.debug.throwTestFailures')).toBe(
    '«unknown: `lib.debug.throwTestFailures` is not something this tool evaluates»',
  );
  expect(await printed('lib.mdDoc')).toBe('«unknown: `lib.mdDoc` is not in every release of nixpkgs»');
});

examples('what nixpkgs does not have is missing', [
  ['lib.nosuch', "error: attribute 'nosuch' missing"],
  ['lib.strings.nosuch', "error: attribute 'nosuch' missing"],
  ['lib.nosuch or 1', '1'],
  ['lib ? mapAttrs && lib.strings ? toUpper && !(lib.lists ? toUpper)', 'true'],
]);

examples('folds of long lists do not nest', [
  ["foldl' (a: b: a + b) 0 (range 1 50000)", '1250025000'],
  ['foldr (a: b: a + b) 0 (range 1 20000)', '200010000'],
  ['foldl (a: b: a + b) 0 (range 1 20000)', '200010000'],
  ['length (foldr (a: b: [ a ] ++ b) [ ] (range 1 2000))', '2000'],
  ['foldr (a: b: if a == 3 then "found" else b) (throw "not needed") (range 1 20000)', '"found"'],
  ['length (unique (map toString (range 1 5000)))', '5000'],
]);
