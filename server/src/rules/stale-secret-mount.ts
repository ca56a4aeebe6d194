import { mountsOf } from '../homelab/bind-mounts';
import { locate } from '../homelab/homelab';
import { factSpot } from './places';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A decrypted secret as a file mount: the guest keeps the file of the generation it was started with. */
export const staleSecretMount = perContainer({
  id: 'stale-secret-mount',
  severity: 'information',
  description: 'A decrypted secret is mounted as a file, and the guest keeps the old one when it changes.',
  *look(homelab, host, container) {
    for (const { hostPath, source, at } of mountsOf(container).items) {
      const tool = source === null ? null : toolOf(source);
      const spot = factSpot(homelab, hostPath) ?? locate(homelab, at);
      if (source === null || tool === null || spot === null) continue;
      yield finding(staleSecretMount, {
        at: spot,
        host,
        message: `${container.name} keeps this file as it was when it started: ${tool} writes its secrets to a new folder at each activation, and ${source} then leads there, but the mount does not. Restart ${container.name} when the secret changes, or mount the key and let the guest decrypt its secrets.`,
      });
    }
  },
});

function toolOf(path: string): string | null {
  if (/^\/run\/agenix\/./.test(path)) return 'agenix';
  return /^\/run\/secrets(?:-for-users)?\/./.test(path) ? 'sops-nix' : null;
}
