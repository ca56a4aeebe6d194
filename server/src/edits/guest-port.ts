import type { ParsedFiles } from '../eval/evaluation';
import type { Container, Guest } from '../homelab/model';
import type { TextChange } from './edit-plan';
import { insertElement } from './list-insertion';
import { bindingAround, containerSet, guestSet, putGuestSetting } from './settings';
import { bindingIn } from './syntax-search';

/** Opens a port in a guest's firewall: in its list, or in a new one. Null where that is written in another way. */
export function openGuestPort(
  files: ParsedFiles,
  container: Container,
  guest: Guest,
  protocol: 'tcp' | 'udp',
  port: number,
): TextChange | null {
  const option = `allowed${protocol.toUpperCase()}Ports`;
  const path = ['networking', 'firewall', option];
  const own = guestSet(files, container);
  const outer = containerSet(files, container);
  const inside = bindingIn(own?.set ?? null, path);
  const binding = inside ?? bindingIn(outer?.set ?? null, ['config', ...path]);
  const holder = inside === null ? outer?.file : own?.file;
  if (holder !== undefined && binding !== null) {
    if (binding.value.kind !== 'list') return null;
    return insertElement(holder, binding.value, [], '', String(port))?.change ?? null;
  }
  const listed = guest[protocol].ports.items.find(({ at }) => at?.kind === 'int')?.at ?? null;
  const file = listed === null ? null : files.parsed(listed.anchor.source);
  const around = file === null ? null : bindingAround(file, listed);
  if (file !== null && around?.value.kind === 'list' && around.path.at(-1)?.text === option)
    return insertElement(file, around.value, [], '', String(port))?.change ?? null;
  return putGuestSetting(files, container, path, `[ ${port} ]`);
}
