import { bindingOf, removeBinding } from '../edits/settings';
import type { Origin } from '../eval/value';
import { textOf, textsOf } from '../homelab/networks';
import { optionThunk } from '../homelab/read';
import { factSpot, fixOf } from './places';
import { finding, related } from './rule';
import { perContainer } from './scopes';

/** A guest is in an existing network namespace, or in one of its own. */
export const networkNamespaceConflict = perContainer({
  id: 'network-namespace-conflict',
  severity: 'error',
  description: '`networkNamespace` is set together with `privateNetwork` or `interfaces`.',
  *look(homelab, host, container) {
    const namespace = textOf(container, 'networkNamespace');
    const { privateNetwork } = container;
    const at = factSpot(homelab, namespace);
    if (namespace.kind !== 'known' || at === null) return;
    const own = privateNetwork.kind === 'known' && privateNetwork.value ? 'privateNetwork = true' : null;
    const moved = textsOf(container, 'interfaces').items.length > 0 ? 'interfaces' : null;
    const other = own ?? moved;
    if (other === null) return;
    const origin: Origin =
      own !== null && privateNetwork.kind === 'known'
        ? privateNetwork.definition
        : (optionThunk(container.system, ['interfaces'])?.origin ?? null);
    const found = bindingOf(homelab.files, origin, own === null ? 'interfaces' : 'privateNetwork');
    yield finding(networkNamespaceConflict, {
      at,
      host,
      message: `${container.name} cannot join ${namespace.value} and have \`${other}\` too: the evaluation fails (NixOS says "value is a string while a set was expected"). Leave one of them out.`,
      related: [related(homelab, origin, `\`${other}\``)],
      fixes: [
        found === null
          ? null
          : fixOf(
              `Remove ${own === null ? 'interfaces' : 'privateNetwork'}`,
              removeBinding(found.file, found.binding),
            ),
      ],
    });
  },
});
