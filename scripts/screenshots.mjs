// npm run screenshots: makes the pictures of the README, docs/images/*.png, from real VS Code with the example homelab.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { containerFile, copyHomelab } from '../test/e2e/homelab.mjs';
import { packExtension } from './package.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { endingWithStatus, root, run, SetupError } from './setup/run.mjs';
import { launchChromium } from './vscode/chromium.mjs';
import { startCodeServer } from './vscode/code-server.mjs';
import { TEST_SETTINGS } from './vscode/settings.mjs';
import { vsixPath } from './vsix-path.mjs';

const IMAGES = path.join(root, 'docs/images');
const LIMIT = 150 * 1024;

/** A window with nothing in it that a picture is not about. */
const PICTURE_SETTINGS = {
  ...TEST_SETTINGS,
  'breadcrumbs.enabled': false,
  'editor.fontSize': 13,
  'editor.guides.indentation': false,
  'editor.links': false,
  'editor.matchBrackets': 'never',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.scrollbar.horizontal': 'hidden',
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.statusBar.visible': false,
};

/** The pictures: how large the window is for each, and what is done in it first. */
const PICTURES = {
  conflict: {
    width: 1000,
    height: 560,
    async show(workbench, homelab) {
      const immich = await containerFile(homelab, 'immich');
      const vaultwarden = await containerFile(homelab, 'vaultwarden');
      const file = path.join(homelab, immich.file);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll(`"${immich.address}"`, `"${vaultwarden.address}"`));
      await workbench.openFile(immich.file);
      await workbench.serverIsReady();
      await workbench.goTo(immich.line, immich.column);
      await workbench.squiggles('error').first().waitFor();
      await workbench.openProblems();
      await workbench.problems(`vaultwarden.nix[Ln ${vaultwarden.line},`).first().waitFor();
      await workbench.focusEditor();
      await workbench.openQuickFixes();
    },
  },

  hover: {
    width: 900,
    height: 560,
    async show(workbench, homelab) {
      const file = 'containers/immich.nix';
      await workbench.openFile(file);
      await workbench.serverIsReady();
      await workbench.goTo(...(await placeIn(homelab, file, 'containers.imm|ich = {')));
      await workbench.scrollToTop('{ config, domain, ... }: {');
      await (await workbench.hover()).filter({ hasText: 'Open ports' }).waitFor();
    },
  },

  lens: {
    width: 900,
    height: 510,
    async show(workbench, homelab) {
      await workbench.openFile('flake.nix');
      await workbench.goTo(...(await placeIn(homelab, 'flake.nix', './containers/immich.nix|')));
      await workbench.lens('photos.nemnix.site').waitFor();
    },
  },

  'add-container': {
    width: 900,
    height: 440,
    async show(workbench) {
      await workbench.openFile('containers/immich.nix');
      await workbench.serverIsReady();
      await workbench.startCommand('NixOS Containers: Add Container');
      await workbench.question('The name of the container').waitFor();
      await workbench.typeAnswer('jellyfin');
      await workbench.accept();
      await workbench.question('jellyfin usually does on 8096').waitFor();
    },
  },
};

await endingWithStatus(async () => {
  if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) throw new SetupError('the build failed');
  await packExtension();
  await mkdir(IMAGES, { recursive: true });
  const { Workbench } = await importTypeScript('test/e2e/ui/workbench.ts');
  const server = await startCodeServer({
    ...(await ensureCodeServer()),
    vsix: [vsixPath()],
    settings: PICTURE_SETTINGS,
  });
  const browser = await launchChromium();
  try {
    for (const [name, picture] of Object.entries(PICTURES)) await take(name, picture);
  } finally {
    await browser.close();
    await server.stop();
  }

  async function take(name, { width, height, show }) {
    const homelab = await copyHomelab();
    // Narrow, because a README is; fine, because its reader's screen may be.
    const workbench = await Workbench.open(browser, server.url({ folder: homelab.folder }), {
      viewport: { width, height },
      deviceScaleFactor: 1.5,
    });
    try {
      await workbench.command('View: Toggle Primary Side Bar Visibility');
      await show(workbench, homelab.folder);
      const file = path.join(IMAGES, `${name}.png`);
      await workbench.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      const { size } = await stat(file);
      console.log(`${path.relative(root, file)}: ${size} bytes`);
      if (size > LIMIT) throw new SetupError(`${file} has ${size} bytes, more than ${LIMIT}`);
    } catch (error) {
      await workbench.screenshot('failure');
      throw error;
    } finally {
      await workbench.page.context().close();
      await homelab.remove();
    }
  }
});

/** Line and column, from 1, where `|` stands in a piece of a file's text. */
async function placeIn(homelab, file, marked) {
  const text = await readFile(path.join(homelab, file), 'utf8');
  const start = text.indexOf(marked.replace('|', ''));
  if (start < 0) throw new Error(`${marked} is not in ${file}`);
  const lines = text.slice(0, start + marked.indexOf('|')).split('\n');
  return [lines.length, lines.at(-1).length + 1];
}

/** Loads a TypeScript module of the tests; what it imports from scripts/ stays where it is. */
async function importTypeScript(file) {
  const outfile = path.join(root, 'test/e2e/out', `${path.basename(file, '.ts')}.mjs`);
  const scriptsStay = {
    name: 'scripts stay',
    setup(build) {
      build.onResolve({ filter: /\.mjs$/ }, ({ path: to, resolveDir }) => ({
        path: pathToFileURL(path.resolve(resolveDir, to)).href,
        external: true,
      }));
    },
  };
  await esbuild.build({
    entryPoints: [path.join(root, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [scriptsStay],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
