import type { ParsedFiles } from '../eval/evaluation';
import type { Container, Listener } from '../homelab/model';
import { writeAttrName, writeString } from '../nix/write';
import type { ServiceDoc } from '../schema/service';
import type { TextChange } from './edit-plan';
import { argumentAt } from './module-argument';
import { guestSet, putGuestSetting, type WrittenSet } from './settings';

/**
 * Makes a service of a guest listen on an address; null where its option is not of a kind that can be written.
 * @param address the container's own address, or one that stands for all of them
 */
export function putListenAddress(
  files: ParsedFiles,
  container: Container,
  row: ServiceDoc,
  listener: Listener,
  address: string,
): TextChange | null {
  const { option, form } = row.address;
  if (option === null || /[<*]/.test(option) || /\.enable[^.]*$/.test(option)) return null;
  const own = guestSet(files, container);
  if (own === null) return null;
  const { address: now, port } = listener;
  if (now.kind === 'known' && now.literal?.kind === 'string' && now.definition !== null) {
    const file = files.parsed(now.literal.anchor.source);
    const range = file?.rangeOf(now.literal) ?? null;
    const written = file === null || range === null ? null : file.text.slice(range.start, range.end);
    if (file === null || range === null || written === null || written.includes('${')) return null;
    const newText = written.includes(now.value) ? written.replace(now.value, address) : writeString(address);
    return form === 'endpoint' && newText === writeString(address)
      ? null
      : { file: file.path, range, newText };
  }
  if (now.kind === 'known' && now.definition !== null) return null;
  const value =
    form === 'endpoint'
      ? port.kind === 'known'
        ? writeString(`${address.includes(':') ? `[${address}]` : address}:${port.value}`)
        : null
      : addressExpression(own, container, address);
  return value === null ? null : putGuestSetting(files, container, option.split('.'), value);
}

/** `config.containers.NAME.localAddress` where `config` is the host's there and holds just this; else the address itself. */
function addressExpression(own: WrittenSet, container: Container, address: string): string {
  const { localAddress, name } = container;
  const isOwn = localAddress.kind === 'known' && localAddress.value === address;
  return isOwn && argumentAt(own.file, own.set, 'config') === 'taken'
    ? `config.containers.${writeAttrName(name)}.localAddress`
    : writeString(address);
}
