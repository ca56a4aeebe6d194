import { systemOf } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { mountsOf } from '../homelab/bind-mounts';
import { locate } from '../homelab/homelab';
import { optionThunk, setOf } from '../homelab/read';
import { baseName } from '../nix/paths';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A path of the repository as a mount's source is copied into the store, where everybody may read it. */
export const secretInStore = perContainer({
  id: 'secret-in-store',
  severity: 'warning',
  description: 'A secret of the repository is mounted by way of the Nix store.',
  *look(homelab, host, container) {
    const mounts = setOf(optionThunk(container.system, ['bindMounts']));
    const known = new Map(mountsOf(container).items.map((mount) => [mount.name, mount.target]));
    for (const [name, { value }] of mounts?.entries ?? []) {
      const mount = systemOf(inspect(value));
      const definitions =
        mount === null ? null : attempt(() => mount.option(['hostPath'])?.definitions() ?? []);
      const [definition] = Array.isArray(definitions) ? definitions : [];
      const origin = definition?.value.origin;
      const at = locate(homelab, origin ?? null);
      if (origin == null || at === null) continue;
      const path = origin.kind === 'string' ? origin.parts.find((part) => typeof part !== 'string') : origin;
      if (typeof path === 'string' || path?.kind !== 'path' || path.form !== 'relative') continue;
      const file = path.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
      if (origin.kind === 'path') {
        yield finding(secretInStore, {
          at,
          host,
          severity: 'error',
          message: `\`hostPath\` takes a text, and ${file} is a path: the evaluation fails. Write where the file lies on the host, as "/…".`,
        });
      } else if (looksSecret(file)) {
        yield finding(secretInStore, {
          at,
          host,
          message: `${file} is copied into the Nix store by this, where every user and guest of the host may read it. Mount it from a place outside the store, such as a secret of agenix or sops-nix, at ${known.get(name) ?? name}.`,
        });
      }
    }
  },
});

function looksSecret(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return (
    /(?:^|[-_.])(?:key|keys|secret|secrets|token|password|passwd|credentials?|env)(?:[-_.]|$)|\.(?:pem|p12|pfx)$|^id_(?:rsa|ed25519)$/.test(
      name,
    ) &&
    !name.endsWith('.pub') &&
    !name.endsWith('.age')
  );
}
