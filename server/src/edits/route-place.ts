import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr } from '../nix/syntax';
import type { TextChange } from './edit-plan';
import { putSetting } from './settings';
import { bindingOfName, partsOf } from './syntax-search';

/** Where a file writes a protocol of Traefik's dynamic configuration: the set, and the path inside it. */
export interface RoutePlace {
  readonly file: SourceFile;
  readonly set: AttrSetExpr;
  /** From the set to what holds `routers` and `services`; empty where the set itself does. */
  readonly prefix: readonly string[];
  /** How `routers` or `services` is spelled there. */
  readonly section: string;
}

/**
 * The place around a router's or a service's name; null where the name is not written in the set of its section.
 * @param at the name in the attribute path
 */
export function routePlace(
  files: ParsedFiles,
  at: Origin,
  section: 'routers' | 'services',
): RoutePlace | null {
  const file = at === null ? null : files.parsed(at.anchor.source);
  const binding = file === null ? null : bindingOfName(file, at);
  if (file === null || binding === null) return null;
  const { sets, bindings } = partsOf(file);
  const own = sets.get(binding);
  const index = binding.path.findIndex((name) => name === at);
  const holder = index > 0 ? binding : bindings.find(({ value }) => value === own);
  const set = index > 0 ? own : holder === undefined ? undefined : sets.get(holder);
  if (holder === undefined || set === undefined || own?.damaged === true) return null;
  const path = (index > 0 ? holder.path.slice(0, index) : holder.path).map(({ text }) => text);
  const spelled = path.at(-1);
  if (spelled?.toLowerCase() !== section) return null;
  const prefix = path.slice(0, -1).flatMap((name) => name ?? []);
  return prefix.length < path.length - 1 ? null : { file, set, prefix, section: spelled };
}

/** Adds a setting below a place, in the sets that are there; null where one of them is not written out. */
export function putRouteSetting(
  { file, set, prefix }: RoutePlace,
  path: readonly string[],
  value: string | readonly string[],
): TextChange | null {
  return putSetting({ file, set }, [...prefix, ...path], value);
}
