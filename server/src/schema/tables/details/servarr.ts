import type { OptionDoc } from '../../option';
import { account, packageOf, rowsOf, type Rows } from './row';

/** Sonarr and its kin, beside where they listen. */

const SERVARR = ['sonarr', 'radarr', 'lidarr', 'readarr', 'prowlarr'] as const;

/** Source of `settings` and `environmentFiles`: services/misc/servarr/settings-options.nix. */
function settingsOf(name: string): Rows {
  const variable = `${name.toUpperCase()}__SECTION__KEY`;
  return {
    settings: {
      type: 'attribute set of attribute set of (null, boolean, integer, floating point number or string)',
      default: {},
      description: `Settings by section, handed over as environment variables \`${variable}\`.`,
      pitfall:
        'They lie readable in the Nix store: a secret, such as the API key, belongs into `environmentFiles`.',
      example: '{ server.urlbase = "/tv"; auth.method = "External"; }',
    },
    'settings.update.mechanism': {
      type: 'null or one of "external", "builtIn", "script"',
      default: 'external',
      description: 'How updates are made. On NixOS they come with the package.',
    },
    'settings.update.automatically': {
      type: 'boolean',
      default: false,
      description: 'Whether it downloads and installs updates by itself.',
    },
    'settings.log.analyticsEnabled': {
      type: 'boolean',
      default: false,
      description: 'Whether it reports anonymously how it is used.',
    },
    environmentFiles: {
      type: 'list of absolute path',
      default: [],
      description: `Files with lines \`${variable}=value\`, for secrets. They are read when the service starts.`,
    },
  };
}

export const SERVARR_DETAILS: readonly OptionDoc[] = [
  ...SERVARR.flatMap((name) =>
    rowsOf(name, `misc/servarr/${name}.nix`, {
      ...packageOf(name),
      // Prowlarr's user is made anew at each start.
      ...(name === 'prowlarr' ? {} : account(name)),
      ...settingsOf(name),
    }),
  ),
  ...rowsOf('bazarr', 'misc/bazarr.nix', { ...packageOf('bazarr'), ...account('bazarr') }),
];
