import { bindingAround } from '../edits/settings';
import { mountsOf, type Mount } from '../homelab/bind-mounts';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { asString, optionThunk, readList } from '../homelab/read';
import { writeString } from '../nix/write';
import { fixOf, relatedFact } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A folder of the host in a guest with users of its own: to those it belongs to nobody. */
export const unmappedBindMount = perContainer({
  id: 'unmapped-bind-mount',
  severity: 'warning',
  incomplete: true,
  description: 'A writable bind mount of a guest with its own users is not mapped to them.',
  *look(homelab, host, container) {
    const { privateUsers } = container;
    if (privateUsers.kind !== 'known' || !shiftsUsers(privateUsers.value)) return;
    for (const mount of mountsOf(container).items) {
      const spot = locate(homelab, mount.at);
      if (spot === null || mount.source === null || mount.flags.includes('idmap')) continue;
      const secret = isPrivateKey(mount.source);
      const writable =
        privateUsers.value === 'pick' && mount.isReadOnly.kind === 'known' && !mount.isReadOnly.value;
      if ((!writable && !secret) || isPrepared(host, mount.source)) continue;
      const effect = secret
        ? 'so the guest cannot read this key, which only root of the host may'
        : 'so nothing in the guest can write there';
      yield finding(unmappedBindMount, {
        at: spot,
        host,
        message: `${mount.source} belongs to nobody in ${container.name}: with \`privateUsers = ${JSON.stringify(privateUsers.value)}\` the guest's users are others than the host's, ${effect}. Map it with \`bindMounts."${mount.target}:idmap"\`, or give the folder to the guest's users.`,
        related: [relatedFact(homelab, privateUsers, 'the guest has users of its own')],
        fixes: [mapped(homelab, mount)],
      });
    }
  },
});

/**
 * Whether the guest's users are others than the host's. Source: nixos-containers.nix, `privateUsers`; 0 is the host's own
 * range. Who writes a number knows it, and may have given a folder to those users on the disk: only a range that is
 * picked when the guest starts cannot be prepared for. A key is root's in any case.
 */
function shiftsUsers(value: string | number): boolean {
  if (typeof value === 'number') return value > 0;
  return value === 'pick' || (/^\d+$/.test(value) && Number(value) > 0);
}

function isPrivateKey(path: string): boolean {
  return /\/ssh_host_[a-z0-9]+_key$/.test(path);
}

/** Whether the host says something about the folder's owner, or may. */
function isPrepared({ system }: Host, path: string): boolean {
  const rules = readList(optionThunk(system, ['systemd', 'tmpfiles', 'rules']), asString);
  return rules.items.some(
    (rule) => rule.kind === 'unknown' || (rule.kind === 'known' && rule.value.split(/\s+/)[1] === path),
  );
}

/** Adds `:idmap` to the mount's name, and writes out the host's path, which was the name before. */
function mapped(homelab: Files, { at, target, source, hostPath, mountPoint, name }: Mount): Fix | null {
  const spot = locate(homelab, at);
  const file = spot === null ? null : homelab.files.parsed(spot.file);
  if (spot === null || file === null || at?.kind !== 'attr-name' || at.text !== name || source === null)
    return null;
  if (mountPoint.kind === 'known' && mountPoint.definition !== null && mountPoint.file !== '') return null;
  const rename = { file: spot.file, range: spot.range, newText: writeString(`${target}:idmap`) };
  if (hostPath.kind === 'known') return fixOf('Add :idmap', rename);
  const binding = bindingAround(file, at);
  const last = binding?.path[binding.path.length - 1];
  if (binding?.value.kind !== 'attrs' || last !== at) return null;
  const range = file.rangeOf(binding.value);
  if (range === null || file.text[range.start] !== '{') return null;
  return fixOf('Add :idmap', rename, {
    file: spot.file,
    range: { start: range.start + 1, end: range.start + 1 },
    newText: ` hostPath = ${writeString(source)};`,
  });
}
