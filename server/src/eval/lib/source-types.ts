import { bool, record, string } from '../construct';
import { ready } from '../thunk';
import type { LibTable } from './support';

/** nixpkgs lib/source-types.nix: what a package is made from. */
export const sourceTypes: LibTable = Object.fromEntries(
  ['fromSource', 'binaryNativeCode', 'binaryBytecode', 'binaryFirmware', 'obfuscatedCode'].map((name) => [
    name,
    ready(record({ shortName: string(name), isSource: bool(name === 'fromSource') })),
  ]),
);
