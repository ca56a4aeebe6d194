import { run, runQuietly, SetupError, which } from './run.mjs';

/** Names under which Chromium is installed. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * What the tests need beyond npm: a program, by any of its names, and Debian's package that has it.
 * @type {{ programs: string[], package: string }[]}
 */
export const TEST_TOOLS = [
  { programs: CHROMIUM, package: 'chromium' },
  { programs: ['rg'], package: 'ripgrep' },
  { programs: ['nix-instantiate'], package: 'nix-bin' },
];

/**
 * Makes sure that programs are there: installs them by apt where that is possible, else says which package to install.
 * @param {{ programs: string[], package: string }[]} tools
 */
export async function ensureSystemTools(tools) {
  const missing = tools.filter(({ programs }) => firstOf(programs) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.package);
  if (process.getuid?.() !== 0 || which('apt-get') === undefined) {
    throw new SetupError(
      `missing: ${packages.join(', ')}. Install with: sudo apt-get install ${packages.join(' ')}`,
    );
  }
  console.log(`apt-get install ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // An unreachable third-party list does not matter as long as the install succeeds.
  await run('apt-get', ['update', '-qq'], { env });
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

/**
 * Path of the first of these programs that is there.
 * @param {string[]} programs
 * @returns {string | undefined}
 */
export function firstOf(programs) {
  for (const program of programs) {
    const file = which(program);
    if (file !== undefined) return file;
  }
  return undefined;
}
