import type { ParsedFiles } from '../eval/evaluation';
import type { Container, Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr, ValueBinding } from '../nix/syntax';
import { attrsBelow, bindingIn, bindingOfName } from './syntax-search';

/** A container of the homelab, whose module shows how modules are written here. */
export interface ContainerNeighbour {
  readonly container: Container;
  readonly file: SourceFile;
  /** `containers.<name> = …`, or `<name> = …` inside `containers`. */
  readonly binding: ValueBinding;
  readonly body: AttrSetExpr;
  /** What stands in its `config`, where that is a set or a function that gives one. */
  readonly config: AttrSetExpr | null;
  /** Whether its file defines no other container in full. */
  readonly alone: boolean;
}

/** The containers of a host that are written out in full in one place: active ones first. */
export function neighboursOf(files: ParsedFiles, host: Host): ContainerNeighbour[] {
  const found: Omit<ContainerNeighbour, 'alone'>[] = [];
  const ordered = [...host.containers].sort(
    (a, b) => Number(a.status === 'disabled') - Number(b.status === 'disabled'),
  );
  for (const container of ordered) {
    for (const { nameAt, options } of container.definitions) {
      if (options.length < 2 || nameAt === null) continue;
      const file = files.parsed(nameAt.anchor.source);
      const binding = file === null ? null : bindingOfName(file, nameAt);
      const body = binding === null ? null : attrsBelow(binding.value);
      if (file === null || binding === null || body === null) continue;
      const config = attrsBelow(bindingIn(body, ['config'])?.value ?? null);
      found.push({ container, file, binding, body, config });
    }
  }
  return found.map((neighbour) => ({
    ...neighbour,
    alone: found.filter(({ file }) => file === neighbour.file).length === 1,
  }));
}
