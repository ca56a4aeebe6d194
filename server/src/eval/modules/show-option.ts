import { writeAttrName } from '../../nix/write';

/** An option's path as NixOS' messages show it: placeholders stay bare. Source: nixpkgs lib/options.nix `showOption`. */
export function showOption(path: readonly string[]): string {
  return path.map((part) => (part === '*' || /^<.*>$/s.test(part) ? part : writeAttrName(part))).join('.');
}
