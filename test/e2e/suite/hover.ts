import assert from 'node:assert/strict';
import { closeAll, hoverAt, openAt } from './editor';

describe('Hover', () => {
  afterEach(closeAll);

  const said = async (file: string, marked: string): Promise<string> => {
    const { document, position } = await openAt(file, marked);
    return hoverAt(document.uri, position);
  };

  it('on an option of a container says its type, its default and what to beware of', async () => {
    for (const option of ['autoStart', 'privateNetwork', 'privateUsers', 'timeoutStartSec']) {
      const text = await said('containers/immich.nix', `|${option} =`);
      assert.ok(text.includes(`containers.<name>.${option}`), text);
      assert.match(text, /Type: `.+`\. Default: `.+`\./);
    }
    assert.match(await said('containers/immich.nix', 'hostA|ddress ='), /Pitfall/);
  });

  it('on a container sums it up', async () => {
    const text = await said('containers/immich.nix', 'containers.imm|ich = {');
    for (const fact of ['active', '10.10.10.5', '10.10.10.4', 'TCP 2283', 'photos.nemnix.site'])
      assert.ok(text.includes(fact), `${fact} in: ${text}`);
  });

  it('on a router follows it to the container and its port', async () => {
    const text = await said('containers/immich.nix', 'routers.imm|ich = {');
    for (const fact of ['photos.nemnix.site', 'http://10.10.10.5:2283', 'websecure', 'authelia'])
      assert.ok(text.includes(fact), `${fact} in: ${text}`);
  });

  it('says nothing where there is nothing to say', async () => {
    assert.equal(await said('containers/immich.nix', '# --- Traef|ik'), '');
  });
});
