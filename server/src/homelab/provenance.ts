import type { ParsedFiles } from '../eval/evaluation';
import type { OptionNode } from '../eval/modules/option-node';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import {
  onlyDefinition,
  writtenDefinitions,
  type WrittenDefinition,
} from '../eval/modules/written-definitions';
import { optionName, sourceOf, type Source } from '../eval/provenance';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { traced } from '../eval/tracing';
import { Failure, raise, Unknown, type Value } from '../eval/value';
import { readHomelab, type Homelab } from './homelab';
import type { Host } from './model';

/** Where the values of options come from. */

/** A definition of an option, and where its value comes from. */
export interface TracedDefinition extends WrittenDefinition {
  readonly source: Source;
}

/** An option of a host, or something inside its value. */
export interface OptionTrace {
  readonly host: Host;
  /** As it is asked for, from the host's root. */
  readonly option: string;
  /** Why it is of no effect; null for what is active. */
  readonly disabled: string | null;
  readonly value: Value | Unknown | Failure;
  /** The definitions, strongest first; empty where the value is no option of its own, or is not set. */
  readonly definitions: readonly TracedDefinition[];
  /** Where the value comes from, as a whole. */
  readonly source: Source;
}

/** That a host has no such option: the longest part of it that is there, and the names below that. */
export interface MissingOption {
  readonly host: Host;
  readonly found: readonly string[];
  readonly names: readonly string[];
}

export interface TraceResult {
  readonly homelab: Homelab;
  readonly traces: readonly OptionTrace[];
  readonly missing: readonly MissingOption[];
}

/**
 * Where an option's value comes from, on each host that has it.
 * @param path from a host's root, also into containers, their guests, and the data of an option: `containers`,
 * `traefik`, `config`, `services`, …; numbers count the elements of a list
 * @param host the name of the only host to look at; null for all
 * @param show turns the answer into what is wanted, while what it holds can still be evaluated
 */
export function traceOption<T>(
  files: ParsedFiles,
  path: readonly string[],
  host: string | null,
  show: (result: TraceResult) => T,
): T {
  return traced(() => {
    const homelab = readHomelab(files);
    const traces: OptionTrace[] = [];
    const missing: MissingOption[] = [];
    for (const candidate of homelab.hosts) {
      if (host !== null && candidate.name !== host) continue;
      const found = traceOn(candidate, path);
      if ('names' in found) missing.push(found);
      else traces.push(found);
    }
    return show({ homelab, traces, missing });
  });
}

function traceOn(host: Host, path: readonly string[]): OptionTrace | MissingOption {
  const [section, name] = path;
  const disabled =
    section === 'containers'
      ? host.containers.find((container) => container.name === name && container.status === 'disabled')
      : undefined;
  const start: Place =
    disabled === undefined
      ? { node: host.system.root, thunk: null }
      : { node: disabled.system.root, thunk: null };
  const from = disabled === undefined ? 0 : 2;
  const place = follow(start, path, from);
  if ('missing' in place) return { host, found: path.slice(0, place.missing), names: namesAt(place.last) };
  const because = disabled === undefined ? null : (disabled.because ?? 'no host imports it');
  const shared = { host, option: path.join('.'), disabled: because };
  if (place instanceof Unknown || place instanceof Failure) return { ...shared, ...nothingKnown(place) };
  return { ...shared, ...traceAt(place) };
}

function nothingKnown(problem: Unknown | Failure): Pick<OptionTrace, 'value' | 'definitions' | 'source'> {
  const through = problem.at === null ? [] : [problem.at];
  return {
    value: problem,
    definitions: [],
    source: { value: problem, through, end: { kind: 'computed' }, parts: [], untold: 0 },
  };
}

/** A place in a configuration: what defines it, and its value. */
interface Place {
  /** Null inside a list, and for what is no option. */
  readonly node: OptionNode | null;
  /** The value where the node's own is not it: inside the data of an option. */
  readonly thunk: Thunk | null;
}

/** A place below another; how far it is there where it is not, and why where that cannot be known. */
function follow(
  start: Place,
  path: readonly string[],
  from: number,
): Place | { readonly missing: number; readonly last: Place } | Unknown | Failure {
  let place = start;
  for (let index = from; index < path.length; index++) {
    const next = attempt(() => below(place, path[index] ?? ''));
    if (next instanceof Unknown || next instanceof Failure) return next;
    if (next === null) return { missing: index, last: place };
    place = next;
  }
  return place;
}

/** What is under a name. Throws where that cannot be known. */
function below({ node, thunk }: Place, name: string): Place | null {
  const isData = thunk !== null || node?.declared != null;
  if (node !== null && !isData) {
    const child = node.child(name);
    return child === null ? null : { node: child, thunk: null };
  }
  const value = (thunk ?? node?.value)?.force();
  if (value === undefined) return null;
  const system = systemOf(value);
  if (system !== null) return inSystem(system, name);
  if (value.type === 'list') {
    const item = /^\d+$/.test(name) ? value.items[Number(name)] : undefined;
    if (item === undefined && value.open !== null) return raise(value.open);
    return item === undefined ? null : { node: null, thunk: item };
  }
  if (value.type !== 'attrs') return null;
  const found = value.entries.get(name);
  if (found === undefined) return value.open === null ? null : raise(value.open);
  const child = node === null ? null : attempt(() => node.child(name));
  return { node: child instanceof Unknown || child instanceof Failure ? null : child, thunk: found.value };
}

function inSystem(system: ModuleSystem, name: string): Place | null {
  const child = system.option([name]);
  return child === null ? null : { node: child, thunk: null };
}

function traceAt({ node, thunk }: Place): Pick<OptionTrace, 'value' | 'definitions' | 'source'> {
  const at = thunk ?? node?.value;
  const source = at === undefined ? null : sourceOf(at);
  const written = node === null ? [] : attempt(() => writtenDefinitions(node));
  const known = Array.isArray(written) ? written : [];
  const only = onlyDefinition(known);
  const definitions = known.map((definition): TracedDefinition => {
    // The option's own chain knows of its `apply` too.
    const own =
      source !== null && thunk === null && definition === only ? source : sourceOf(definition.value);
    const { isDefault, file } = definition;
    const option = node === null ? '' : optionName(node);
    return { ...definition, source: isDefault ? { ...own, end: { kind: 'default', option, file } } : own };
  });
  const problem = new Failure('missing', 'it has no value');
  return {
    value: source?.value ?? problem,
    definitions,
    source: source ?? { value: problem, through: [], end: { kind: 'computed' }, parts: [], untold: 0 },
  };
}

/** The names that there are below a place, for a suggestion. */
function namesAt({ node, thunk }: Place): string[] {
  const names = attempt(() => {
    const data = thunk ?? (node?.declared == null ? null : node.value);
    if (data === null) return [...(node?.names().keys() ?? [])];
    const value = inspect(data);
    const system = systemOf(value);
    if (system !== null) return [...system.root.names().keys()];
    return value instanceof Unknown || value instanceof Failure || value.type !== 'attrs'
      ? []
      : [...value.entries.keys()];
  });
  return Array.isArray(names) ? names : [];
}
