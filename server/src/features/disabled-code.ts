import { locate, type Homelab, type Project } from '../homelab/homelab';
import type { DisabledModule } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { isUsedOtherwise } from '../rules/not-imported';
import { indexOf } from './homelab-index';

/**
 * The parts of a file that take no effect: all of a module that no host imports, and containers that a condition
 * switches off on every host. UTF-16 offsets, in the order of the text, none inside another.
 */
export function disabledCode(homelab: Homelab, file: SourceFile): Range[] {
  const unused = unusedModule(homelab, file.path);
  if (unused === null) return withoutNested(switchedOff(homelab, file));
  const whole = file.root.expression === null ? null : file.rangeOf(file.root.expression);
  return whole === null || !isLeftOut(homelab, unused.project, unused.module) ? [] : [whole];
}

/** A module that no host imports, as far as is known. */
function unusedModule(homelab: Homelab, path: string): { project: Project; module: DisabledModule } | null {
  if (indexOf(homelab).roleOf(path)?.imported === true) return null;
  for (const project of homelab.projects) {
    const module = project.disabled.find(({ file }) => file === path);
    if (module !== undefined) return { project, module };
  }
  return null;
}

/** Whether no host imports a module on purpose: not where the imports of a host are not all known, or it may be for others. */
function isLeftOut(
  homelab: Homelab,
  { problem, hosts }: Project,
  { file, commentedImport }: DisabledModule,
): boolean {
  if (commentedImport !== null) return true;
  const known = problem === null && hosts.length > 0 && hosts.every(({ incomplete }) => incomplete === null);
  return known && !isUsedOtherwise(homelab, file);
}

/** Where a file writes containers that are disabled wherever it writes them. */
function switchedOff(homelab: Homelab, file: SourceFile): Range[] {
  const ranges = new Map<number, Range>();
  const running = new Set<number>();
  for (const { container } of indexOf(homelab).containersIn(file.path)) {
    for (const { nameAt, value, file: own } of container.definitions) {
      if (own !== file.path) continue;
      const name = locate(homelab, nameAt);
      const whole = locate(homelab, value);
      if (name?.file !== file.path || whole?.file !== file.path) continue;
      const { start } = name.range;
      if (container.status === 'disabled') ranges.set(start, { start, end: whole.range.end });
      else running.add(start);
    }
  }
  return [...ranges].flatMap(([start, range]) => (running.has(start) || range.end <= start ? [] : [range]));
}

function withoutNested(ranges: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start))
    if (range.start >= (kept.at(-1)?.end ?? 0)) kept.push(range);
  return kept;
}
