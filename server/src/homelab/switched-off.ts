import { memoOf } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import { discharge, holds, parts, type RawDefinition } from '../eval/modules/definition';
import { mergeByType } from '../eval/modules/merge';
import type { OptionNode } from '../eval/modules/option-node';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { attempt, inspect, lazily, type Thunk } from '../eval/thunk';
import { fail, Failure, Unknown } from '../eval/value';
import { relativePath } from '../nix/paths';
import { containersOf, disabledContainer } from './container';
import type { Container } from './model';
import { spotOf } from './spot';

/**
 * Containers that a host's modules define under conditions that do not hold, as they are when these held.
 * @param only the files whose definitions count, where not all do, each with why its containers are not there
 */
export function switchedOffContainers(
  files: ParsedFiles,
  directory: string,
  host: ModuleSystem,
  only: ReadonlyMap<string, string> | null = null,
): Container[] {
  const node = attempt(() => host.option(['containers']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  const element = node.declared?.type?.inner?.[0];
  const names = only === null ? attempt(() => conditionalNames(node)) : null;
  if (Array.isArray(names) && names.length === 0) return [];
  const all = attempt(() =>
    definitionsOf(only === null ? node.raw : node.raw.filter(({ file }) => only.has(file))),
  );
  if (element === undefined || all instanceof Unknown || all instanceof Failure) return [];
  return [...all].flatMap(([name, raw]): Container[] => {
    if (!raw.some(({ conditions }) => conditions.length > 0) && !raw.some(isConditional)) return [];
    const condition = attempt(() => (discharge(raw).length === 0 ? falseCondition(raw) : null));
    if (condition === null || condition instanceof Unknown || condition instanceof Failure) return [];
    const always = raw.flatMap(parts).map((part): RawDefinition => ({ ...part.raw, conditions: [] }));
    const context = { machine: host.machine, loc: ['containers', name], open: null };
    const value = lazily(
      () => mergeByType(element, always, context) ?? fail('missing', `${name} is not defined`),
    );
    const system = systemOf(inspect(value));
    const because = only?.get(raw[0]?.file ?? '') ?? null;
    return system === null
      ? []
      : [disabledContainer(name, system, raw, because ?? switchedOffBy(files, directory, condition))];
  });
}

/** Whether a definition, or a part of it, counts only under a condition. */
function isConditional({ value }: RawDefinition): boolean {
  return hasConditions(value);
}

const hasConditions = memoOf(
  (value: Thunk): boolean =>
    parts({ file: '', value, at: null, conditions: [], priority: null }).some(
      ({ raw }) => raw.conditions.length > 0,
    ),
  (before, after) => before === after,
);

/** The names of containers that are defined under conditions. */
const conditionalNames = piecewise(
  (node: OptionNode) => node.raw,
  (raw) => {
    const named = [...definitionsOf([raw])];
    return named.flatMap(([name, own]) =>
      own.some((definition) => definition.conditions.length > 0 || isConditional(definition)) ? [name] : [],
    );
  },
);

/** What the definitions of all containers say of each of them, by its name. */
function definitionsOf(all: readonly RawDefinition[]): Map<string, RawDefinition[]> {
  const byName = new Map<string, RawDefinition[]>();
  for (const { raw, value } of all.flatMap(parts)) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    for (const [name, entry] of value.entries) {
      if (entry.maybe !== null) continue;
      const definition: RawDefinition = { ...raw, value: entry.value, at: entry.at };
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [definition]);
      else known.push(definition);
    }
  }
  return byName;
}

/** The first condition that does not hold. */
function falseCondition(definitions: readonly RawDefinition[]): Thunk | null {
  for (const { raw } of definitions.flatMap(parts)) {
    const off = raw.conditions.find((condition) => holds([condition]) === false);
    if (off !== undefined) return off;
  }
  return null;
}

function switchedOffBy(files: ParsedFiles, directory: string, condition: Thunk): string {
  const spot = spotOf(files, condition.origin);
  if (spot === null) return 'an option switches it off';
  const text = files.parsed(spot.file)?.text.slice(spot.range.start, spot.range.end) ?? '';
  const place = `${relativePath(directory, spot.file)}:${spot.line + 1}`;
  return text === '' || text.length > 60 || text.includes('\n')
    ? `the condition in ${place} does not hold`
    : `\`${text}\` does not hold in ${place}`;
}

/** The names of the containers that some of these hosts run, or may run. */
export function runningContainers(hosts: readonly ModuleSystem[]): Set<string> {
  return new Set(hosts.flatMap(namesOf));
}

const namesOf = piecewise(
  (host: ModuleSystem) => containersOf(host).containers,
  ({ name }) => [name],
);
