import type { OptionDoc } from '../../option';

/** Options of one service, by their path below it. */
export type Rows = Readonly<Record<string, Omit<OptionDoc, 'path' | 'source'>>>;

export const PORT = '16 bit unsigned integer; between 0 and 65535 (both inclusive)';

/**
 * The rows of a service.
 * @param module below nixos/modules/services of nixpkgs; each row was compared with what NixOS' list of options has of it
 */
export function rowsOf(service: string, module: string, rows: Rows): OptionDoc[] {
  const source = `nixpkgs nixos/modules/services/${module}`;
  return Object.entries(rows).map(([path, row]) => ({ path: `services.${service}.${path}`, ...row, source }));
}

/** The user and the group that a service runs as. */
export function account(user: string, group = user): Rows {
  const made = 'NixOS makes it where it is the default.';
  return {
    user: { type: 'string', default: user, description: `The user that the service runs as. ${made}` },
    group: { type: 'string', default: group, description: `The group that the service runs as. ${made}` },
  };
}

/** The package of a service. */
export function packageOf(name: string): Rows {
  return {
    package: { type: 'package', defaultText: `\`pkgs.${name}\``, description: 'The package to use.' },
  };
}

/** Several sets of rows as one. */
export function together(sets: readonly Rows[]): Rows {
  return Object.fromEntries(sets.flatMap((rows) => Object.entries(rows)));
}
