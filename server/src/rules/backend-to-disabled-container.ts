import { isEditProblem } from '../edits/edit-plan';
import { planFlakeImport } from '../edits/flake-import';
import { deadBackends, disabledByAddress, isElsewhere } from '../homelab/dead-backends';
import type { Homelab } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import { backendSpot } from './backend-places';
import { inParentheses } from './places';
import { fileName, finding, related, type Fix, type Rule } from './rule';

/** A route to the address of a container that does not run: its module is not imported, or switched off. */
export const backendToDisabledContainer: Rule = {
  id: 'backend-to-disabled-container',
  severity: 'warning',
  description: 'A route goes to the address of a container that is not imported or is switched off.',
  *check(homelab) {
    for (const host of homelab.hosts)
      for (const { route, backend, address } of deadBackends(host)) {
        const [container, ...others] = disabledByAddress(host).get(address) ?? [];
        if (container === undefined || isElsewhere(homelab.hosts, host, address)) continue;
        const at = backendSpot(homelab, host, backend, null);
        if (at === null) continue;
        const [definition] = container.definitions;
        const named = [container, ...others].map(({ name }) => name).join(' or ');
        yield finding(backendToDisabledContainer, {
          at,
          host,
          message: `${route.router} reaches nothing: ${address} is the address of ${named}${inParentheses(homelab, host, definition?.nameAt ?? null)}, which does not run: ${container.because ?? 'no host imports it'}. Remove the route, or let the container run again.`,
          related: [related(homelab, definition?.nameAt ?? null, `${container.name}, which does not run`)],
          fixes: [others.length > 0 ? null : importAgain(homelab, host, container)],
        });
      }
  },
};

/** Imports a module again that nobody imports; null for a container that is switched off in another way. */
export function importAgain(homelab: Homelab, host: Host, { definitions }: Container): Fix | null {
  const [definition] = definitions;
  const isLeftOut = homelab.projects.some(({ disabled }) =>
    disabled.some(({ file }) => file === definition?.file),
  );
  if (definition === undefined || !isLeftOut) return null;
  const plan = planFlakeImport(homelab, {
    file: definition.file,
    ...(host.name === null ? {} : { host: host.name }),
  });
  return isEditProblem(plan) || plan.changes.length === 0
    ? null
    : { title: `Import ${fileName(definition.file, host)} again`, changes: plan.changes };
}
