import type { ParsedFiles } from '../eval/evaluation';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { ListExpr } from '../nix/syntax';
import type { ImportList } from './import-lists';
import { attrsBelow, bindingIn, bindingOfName, partsOf } from './syntax-search';

/**
 * Where a host without container modules takes new ones: the list with most of its modules in the file that declares it,
 * else the `modules`, or the `imports`, written in its declaration; null where there is none that is written out.
 * @param lists the lists that give modules to this host alone
 */
export function declaredList(
  files: ParsedFiles,
  lists: readonly ImportList[],
  host: Host,
): { file: SourceFile; list: ListExpr } | null {
  const own = lists.filter(({ file }) => file.path === host.file);
  const [first] = [...(own.length > 0 ? own : lists)].sort((a, b) => b.entries.length - a.entries.length);
  if (first !== undefined) return first;
  const file = files.parsed(host.file);
  if (file === null) return null;
  const list = listNamed(file, host) ?? null;
  return list === null ? null : { file, list };
}

function listNamed(file: SourceFile, host: Host): ListExpr | undefined {
  if (host.at === null) {
    const imports = bindingIn(attrsBelow(file.root.expression), ['imports'])?.value;
    return imports?.kind === 'list' ? imports : undefined;
  }
  const declaration = bindingOfName(file, host.at);
  const inside = declaration === null ? null : file.rangeOf(declaration);
  if (inside === null) return undefined;
  const found = partsOf(file).bindings.filter((binding) => {
    const range = file.rangeOf(binding);
    const name = binding.path[binding.path.length - 1]?.text;
    return (
      range !== null &&
      range.start >= inside.start &&
      range.end <= inside.end &&
      name === 'modules' &&
      binding.value.kind === 'list'
    );
  });
  const [only] = found;
  return found.length === 1 && only?.value.kind === 'list' ? only.value : undefined;
}
