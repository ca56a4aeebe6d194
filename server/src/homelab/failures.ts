import { holds, parts, type RawDefinition } from '../eval/modules/definition';
import type { LoadedModule } from '../eval/modules/collect';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';
import type { Host } from './model';
import { asBool, readOption, readThunk, valueOr } from './read';

/** Deeper values than this are not looked into; a configuration is not that deep, a cycle is. */
const MAX_DEPTH = 60;

/**
 * Where evaluating the definitions of some files fails: the syntax that Nix would name. Only what takes effect is
 * evaluated: nothing inside a false or unknown condition, no function body.
 */
export function failuresIn(host: Host, files: ReadonlySet<string>): Set<Origin> {
  const systems = [
    host.system,
    ...host.containers.flatMap(({ guest, status }) =>
      guest === null || status !== 'active' ? [] : [guest.system],
    ),
  ];
  const failures = new Set<Origin>();
  for (const system of systems) for (const at of failuresOf(system, files)) failures.add(at);
  return failures;
}

/** The same of one system alone: the host's own modules, or those of a guest. */
export function failuresOf(system: ModuleSystem, files: ReadonlySet<string>): Set<Origin> {
  const failures = new Set<Origin>();
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return failures;
  const seen = new Set<Thunk>();
  for (const module of collected.modules)
    if (files.has(module.file)) visitModule(system, module, failures, seen);
  return failures;
}

function visitModule(
  system: ModuleSystem,
  { config }: LoadedModule,
  failures: Set<Origin>,
  seen: Set<Thunk>,
): void {
  visit(system, config, failures, seen, []);
}

function visit(
  system: ModuleSystem,
  definition: RawDefinition,
  failures: Set<Origin>,
  seen: Set<Thunk>,
  path: readonly string[],
): void {
  if (path.length > MAX_DEPTH || seen.has(definition.value)) return;
  seen.add(definition.value);
  for (const { raw, value } of parts(definition)) {
    const active = attempt(() => holds(raw.conditions));
    if (active instanceof Failure) failures.add(active.at);
    if (active !== true) continue;
    if (value instanceof Failure) failures.add(value.at);
    if (value instanceof Unknown || value instanceof Failure) continue;
    if (value.type === 'attrs' && value.native === undefined) {
      if (isSwitchedOff(system, value, path)) continue;
      for (const [name, attr] of value.entries) {
        if (attempt(() => attr.maybe) === null)
          visit(system, { ...raw, value: attr.value, conditions: [] }, failures, seen, [...path, name]);
      }
    } else if (value.type === 'list') {
      for (const item of value.items)
        visit(system, { ...raw, value: item, conditions: [] }, failures, seen, [...path, '*']);
    } else inspect(raw.value);
  }
}

/** Whether nobody reads the settings of a set, since its `enable` is false, here or by default. */
export function isSwitchedOff(system: ModuleSystem, value: AttrsValue, path: readonly string[]): boolean {
  const [first] = path;
  const own = value.entries.get('enable')?.value;
  if (own !== undefined && path.length > 0) return !valueOr(readThunk(own, asBool), true);
  if (path.length !== 2 || (first !== 'services' && first !== 'programs')) return false;
  return !valueOr(readOption(system, [...path, 'enable'], asBool), true);
}
