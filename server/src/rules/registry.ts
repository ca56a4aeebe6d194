import { addressIsHostAddress } from './address-is-host-address';
import { duplicateAddress } from './duplicate-address';
import { invalidAddress } from './invalid-address';
import { missingImport } from './missing-import';
import { notImported } from './not-imported';
import type { Rule } from './rule';
import { syntaxError } from './syntax-error';
import { unknownContainer } from './unknown-container';

/** Every rule, by id in order. */
export const RULES: readonly Rule[] = [
  addressIsHostAddress,
  duplicateAddress,
  invalidAddress,
  missingImport,
  notImported,
  syntaxError,
  unknownContainer,
];
