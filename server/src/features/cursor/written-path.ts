import type { Frame, Role } from './frames';

/**
 * An attribute path as a file writes it, from the file's outermost set, or from an expression whose place in the
 * configuration cannot be told. A segment is null where it is computed, `*` for the elements of a list.
 */
export interface WrittenPath {
  /** Whether the path begins at the file's own value. */
  readonly fromFile: boolean;
  readonly segments: readonly (string | null)[];
}

/** What stands at no place of a configuration that can be told. */
export const NOWHERE: WrittenPath = { fromFile: false, segments: [] };

/** Functions that give back one of their arguments, as far as the place of its attributes goes; by argument. */
const TRANSPARENT: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    mkIf: [1],
    mkMerge: [0],
    mkForce: [0],
    mkDefault: [0],
    mkVMOverride: [0],
    mkImageMediaOverride: [0],
    mkOptionDefault: [0],
    mkOverride: [1],
    mkOrder: [1],
    mkBefore: [0],
    mkAfter: [0],
    mkAssert: [2],
    optionalAttrs: [1],
    recursiveUpdate: [0, 1],
    mergeAttrs: [0, 1],
    traceVal: [0],
    id: [0],
  }),
);

/** Functions that make the values of a set: what their function gives stands under any name. */
const MAKES_VALUES: ReadonlyMap<string, number> = new Map([
  ['genAttrs', 1],
  ['mapAttrs', 0],
]);

/** Where an opened thing stands, relative to what surrounds it: null where that cannot be told. */
export function stepInto(role: Role, parentIsMergeList: boolean): readonly (string | null)[] | null {
  switch (role.kind) {
    case 'value':
    case 'name':
      return [];
    case 'element':
      return parentIsMergeList ? [] : ['*'];
    case 'argument':
      if (TRANSPARENT.get(role.head)?.includes(role.index) === true) return [];
      return MAKES_VALUES.get(role.head) === role.index ? [null] : null;
  }
}

/** Whether the elements of a list are merged into one value: `mkMerge [ … ]`, `mkMerge ([ … ] ++ …)`. */
export function isMergeList(role: Role, insideMerge: boolean): boolean {
  return role.kind === 'argument' ? role.head === 'mkMerge' && role.index === 0 : insideMerge;
}

/** What a name such as `config` stands for at a place. */
export type ConfigOwner =
  /** The argument of the function that stands at this path. */
  | WrittenPath
  /** Something else. */
  | 'other';

/** The place of the cursor. */
export interface WrittenPlace {
  /** The path of the innermost expression; for a set, without the binding that is being written. */
  readonly path: WrittenPath;
  /** The names that stand for a module's `config`. A name that is not here is bound by nothing. */
  readonly configs: ReadonlyMap<string, ConfigOwner>;
}

/** Adds up the frames of a scan. */
export function writtenPlace(frames: readonly Frame[]): WrittenPlace {
  let fromFile = true;
  let segments: (string | null)[] = [];
  let merging = false;
  const configs = new Map<string, ConfigOwner>();
  for (const frame of frames) {
    const step = stepInto(frame.role, merging);
    if (step === null || frame.kind === 'let' || frame.kind === 'interpolation') {
      fromFile = false;
      segments = [];
    } else segments = [...segments, ...step];
    merging =
      (frame.kind === 'list' || frame.kind === 'paren') &&
      isMergeList(frame.role, merging && frame.role.kind === 'value');
    // The names of a `let` are no attributes of a configuration.
    if (frame.kind === 'set' && frame.state === 'value')
      segments = [...segments, ...frame.path.map(({ text }) => text)];
    bind(configs, frame, { fromFile, segments });
  }
  return { path: { fromFile, segments }, configs };
}

function bind(configs: Map<string, ConfigOwner>, frame: Frame, here: WrittenPath): void {
  for (const { names, aliases, byFunction } of frame.scopes) {
    const owners = new Map([...aliases].map(([name, target]) => [name, configs.get(target)]));
    for (const name of names) {
      const owner = byFunction && name === 'config' ? here : owners.get(name);
      if (owner !== undefined || name === 'config' || configs.has(name)) configs.set(name, owner ?? 'other');
    }
  }
}
