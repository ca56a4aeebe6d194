import { takeArgument } from '../../edits/module-argument';
import type { SourceFile } from '../../nix/source-file';
import type { Frame } from '../cursor/frames';
import { optionPath } from '../cursor/place';
import { writtenPlace } from '../cursor/written-path';
import type { HomelabIndex } from '../homelab-index';
import type { SideEdit } from './candidate';

/** The name by which a place can read the host's configuration. */
export interface ConfigName {
  readonly name: string;
  readonly edits: readonly SideEdit[];
}

/** The name of the host's configuration at a place; null where nothing there stands for it, nor can. */
export function configAt(index: HomelabIndex, file: SourceFile, frames: readonly Frame[]): ConfigName | null {
  const role = index.roleOf(file.path);
  const { configs } = writtenPlace(frames);
  for (const [name, owner] of configs)
    if (owner !== 'other' && optionPath(owner, role)?.length === 0) return { name, edits: [] };
  if (configs.has('config') || role?.prefix.length !== 0) return null;
  const edit = takeArgument(file, 'config');
  return edit === null ? null : { name: 'config', edits: [edit] };
}
