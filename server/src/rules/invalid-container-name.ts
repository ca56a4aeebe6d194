import { locate } from '../homelab/homelab';
import { containerReferences } from '../homelab/references';
import type { Container, Host } from '../homelab/model';
import { isPlainAttrName, writeAttrName } from '../nix/write';
import { containerSpot, fixOf } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A name that cannot be a host name, a machine name and an interface's name at once. */
export const invalidContainerName = perContainer({
  id: 'invalid-container-name',
  severity: 'error',
  description: "A container's name has characters that NixOS or systemd refuses.",
  *look(homelab, host, container) {
    const problem = problemOf(container);
    const at = problem === null ? null : containerSpot(homelab, container);
    if (problem === null || at === null) return;
    const better = mended(container.name);
    const free = !host.containers.some(({ name }) => name === better);
    yield finding(invalidContainerName, {
      at,
      host,
      message: `"${container.name}" cannot be a container's name: ${problem}.${better === null ? '' : ` Call it ${better}.`}`,
      fixes: [better === null || !free ? null : renamed(homelab, host, container, better)],
    });
  },
});

function problemOf({ name }: Container): string | null {
  if (name.includes('_')) return 'NixOS refuses `_`, since it is no part of a host name';
  if (name.length > 63) return 'a host name has at most 63 characters';
  const wrong = /[^A-Za-z0-9-]/.exec(name)?.[0];
  if (wrong !== undefined)
    return `\`${wrong}\` is no part of a host name, which has only letters, digits and \`-\``;
  return /^-|-$/.test(name) ? 'a host name neither begins nor ends with `-`' : null;
}

function mended(name: string): string | null {
  const better = name
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return better === '' || better === name ? null : better;
}

/** Renames it wherever it is written by name; not where a definition computes it, or it is also written otherwise. */
function renamed(homelab: Files, host: Host, { name, definitions }: Container, better: string): Fix | null {
  const references = containerReferences(homelab.files, host.system).filter((found) => found.name === name);
  const places = new Set([...definitions.map(({ nameAt }) => nameAt), ...references.map(({ at }) => at)]);
  const changes = [...places].map((place) => {
    const spot = locate(homelab, place);
    if (spot === null || place?.kind !== 'attr-name' || place.text !== name) return null;
    return { file: spot.file, range: spot.range, newText: writeAttrName(better) };
  });
  return isPlainAttrName(better) || /^\d/.test(better) ? fixOf(`Rename it to ${better}`, ...changes) : null;
}
