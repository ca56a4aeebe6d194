/**
 * Makes every page of this context load an extension from its folder, and optionally run a test suite in its
 * extension host. Put into the page's own configuration, because the address's `payload` is ignored by newer
 * VS Codes, and an intercepted page loses its WebSockets.
 * @param {import('playwright-core').Page} page
 * @param {{ extension: string, tests?: string }} uris
 */
export async function loadDevelopmentExtension(page, { extension, tests }) {
  const options = {
    extensions: [components(extension)],
    ...(tests === undefined ? {} : { extensionTestsPath: components(tests) }),
  };
  await page.addInitScript((added) => {
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      const meta = document.getElementById('vscode-workbench-web-configuration');
      if (meta === null) return;
      const configuration = JSON.parse(meta.getAttribute('data-settings') ?? '{}');
      configuration.developmentOptions = { ...configuration.developmentOptions, ...added };
      meta.setAttribute('data-settings', JSON.stringify(configuration));
    });
  }, options);
}

function components(uri) {
  const { protocol, host, pathname } = new URL(uri);
  return { $mid: 1, scheme: protocol.slice(0, -1), authority: host, path: decodeURIComponent(pathname) };
}
