import { expect, it } from 'vitest';
import { shortInterfaceName } from './interface-names';

it('keeps a name of at most 15 characters', () => {
  expect(shortInterfaceName('ve-vaultwarden1')).toBe('ve-vaultwarden1');
});

it('shortens a longer one to what nspawn calls it', () => {
  expect(shortInterfaceName('ve-changedetection')).toBe('ve-changede2KnI');
});
