import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { plainSecrets, type PlainSecret } from '../homelab/plain-secrets';
import type { ModuleSystem } from '../eval/modules/system';
import { finding, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** A password or token in a service's settings: everybody on the host, and every guest, may read it in the store. */
export const plaintextSecret = perHost({
  id: 'plaintext-secret',
  severity: 'warning',
  description: 'A password or token is written into the configuration.',
  *look(homelab, host) {
    yield* ofSystem(homelab, host, host.system, '');
    for (const { guest, status, name } of host.containers)
      if (guest !== null && status === 'active') yield* ofSystem(homelab, host, guest.system, ` of ${name}`);
  },
});

function* ofSystem(homelab: Files, host: Host, system: ModuleSystem, owner: string): Generator<Finding> {
  for (const secret of plainSecrets(system)) {
    const at = locate(homelab, secret.at);
    if (at === null) continue;
    const elsewhere = secret.literal === secret.at ? null : secret.literal;
    yield finding(plaintextSecret, {
      at,
      host,
      severity: secret.weak ? 'information' : 'warning',
      message: `\`${optionName(secret)}\`${owner} is written out here, so it lies in the Nix store, where every user of the host and every guest can read it. Give it as a file outside the store, such as a secret of agenix or sops-nix.`,
      related: [elsewhere === null ? null : related(homelab, elsewhere, 'the text itself')],
    });
  }
}

function optionName({ path }: PlainSecret): string {
  return path.filter((step) => step !== '*').join('.');
}
