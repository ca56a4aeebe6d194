import { holds, parts, type RawDefinition } from '../eval/modules/definition';
import type { LoadedModule } from '../eval/modules/collect';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import type { Host } from './model';

/** Deeper values than this are not looked into; a configuration is not that deep, a cycle is. */
const MAX_DEPTH = 60;

/**
 * Where evaluating the definitions of some files fails: the syntax that Nix would name. Only what takes effect is
 * evaluated: nothing inside a false or unknown condition, no function body.
 */
export function failuresIn(host: Host, files: ReadonlySet<string>): Set<Origin> {
  const failures = new Set<Origin>();
  const seen = new Set<Thunk>();
  const systems = [
    host.system,
    ...host.containers.flatMap(({ guest, status }) =>
      guest === null || status !== 'active' ? [] : [guest.system],
    ),
  ];
  for (const system of systems) {
    const collected = attempt(() => system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) continue;
    for (const module of collected.modules) if (files.has(module.file)) visitModule(module, failures, seen);
  }
  return failures;
}

function visitModule({ config }: LoadedModule, failures: Set<Origin>, seen: Set<Thunk>): void {
  visit(config, failures, seen, 0);
}

function visit(definition: RawDefinition, failures: Set<Origin>, seen: Set<Thunk>, depth: number): void {
  if (depth > MAX_DEPTH || seen.has(definition.value)) return;
  seen.add(definition.value);
  for (const { raw, value } of parts(definition)) {
    const active = attempt(() => holds(raw.conditions));
    if (active instanceof Failure) failures.add(active.at);
    if (active !== true) continue;
    if (value instanceof Failure) failures.add(value.at);
    if (value instanceof Unknown || value instanceof Failure) continue;
    if (value.type === 'attrs' && value.native === undefined) {
      for (const attr of value.entries.values()) {
        if (attempt(() => attr.maybe) === null)
          visit({ ...raw, value: attr.value, conditions: [] }, failures, seen, depth + 1);
      }
    } else if (value.type === 'list') {
      for (const item of value.items)
        visit({ ...raw, value: item, conditions: [] }, failures, seen, depth + 1);
    } else inspect(raw.value);
  }
}
