import { attr, attrs, primop, record, string } from '../construct';
import { apply } from '../interpret';
import type { ModuleInput } from '../modules/collect';
import { bothArguments, hostValue } from '../nixos';
import { define } from '../primop';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Machine,
  type Value,
} from '../value';
import type { HostTools } from './known-flakes';

/** Hosts of colmena's hives. Source: github:zhaofengli/colmena, src/nix/hive/eval.nix. */

const RESERVED: ReadonlySet<string> = new Set(['defaults', 'network', 'meta']);

/**
 * The nodes of a hive, by name, each as `nixosSystem` returns it.
 * @param hive the output `colmena`, the argument of `makeHive`, or what a `hive.nix` holds
 */
export function colmenaNodes(hive: Value, base: readonly ModuleInput[], machine: Machine): AttrsValue {
  const set = hive.type === 'attrs' && !hive.entries.has('__functor') ? hive : called(hive, machine);
  const meta = set.entries.get('meta') ?? set.entries.get('network');
  const defaults = set.entries.get('defaults');
  const nodes = new Map<string, Attr>();
  const all = attrs(nodes, set.origin, set.open);
  for (const [name, node] of set.entries) {
    if (RESERVED.has(name)) continue;
    const value = lazily(() => {
      const file = fileOf(node);
      const modules: ModuleInput[] = [
        ...(defaults === undefined
          ? []
          : [{ value: present(defaults), file: fileOf(defaults), key: ':colmena-defaults' }]),
        ...nodeModules(node, file),
      ];
      const own = ready(record({ name: string(name), nodes: all }));
      const specialArgs = bothArguments(
        bothArguments(inspect(own), metaField(meta, 'specialArgs')),
        nodeArguments(metaField(meta, 'nodeSpecialArgs'), name),
      );
      return hostValue({ modules, specialArgs }, base, machine);
    }, node.value.origin);
    nodes.set(name, { value, at: node.at, maybe: node.maybe });
  }
  return all;
}

function called(hive: Value, machine: Machine): AttrsValue {
  const result = apply(hive, ready(record({})), hive.origin, machine);
  return result.type === 'attrs'
    ? result
    : fail('type', 'The config must evaluate to an attribute set.', hive.origin);
}

function present({ value, maybe }: Attr): Thunk {
  return maybe === null ? value : ready(maybe);
}

function fileOf({ at, value }: Attr): string {
  return (at ?? value.origin)?.anchor.source ?? '';
}

/** A node is a module, or a list of modules. */
function nodeModules(node: Attr, file: string): ModuleInput[] {
  const value = inspect(node.value);
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'list')
    return [{ value: present(node), file, key: ':colmena-node' }];
  const modules = value.items.map((item, index) => ({
    value: item,
    file,
    key: `:colmena-node-${index + 1}`,
  }));
  if (value.open !== null) modules.push({ value: ready(value.open), file, key: ':colmena-node-open' });
  return modules;
}

type Arguments = Value | Unknown | Failure | null;

function metaField(meta: Attr | undefined, name: string): Arguments {
  if (meta === undefined) return null;
  const set = inspect(present(meta));
  if (set instanceof Unknown || set instanceof Failure) return set;
  const found = set.type === 'attrs' ? set.entries.get(name) : undefined;
  if (found !== undefined) return inspect(present(found));
  return set.type === 'attrs' ? set.open : null;
}

function nodeArguments(byNode: Arguments, name: string): Arguments {
  if (byNode === null || byNode instanceof Unknown || byNode instanceof Failure) return byNode;
  const found = byNode.type === 'attrs' ? byNode.entries.get(name) : undefined;
  if (found !== undefined) return inspect(present(found));
  return byNode.type === 'attrs' ? byNode.open : null;
}

/** What the flake input `colmena` holds: `lib.makeHive`, whose result has the evaluated hosts as `nodes`. */
export function colmenaFlake({ base }: HostTools, _call: Call): AttrsValue {
  const more = new Unknown('external', 'what the input `colmena` holds comes from outside the repository');
  const makeHive = define('makeHive', 1, (call, hive) => {
    const nodes = lazily(() => colmenaNodes(hive.force(), base, call.machine));
    return attrs(new Map([['nodes', attr(nodes)]]), call.at, more);
  });
  const lib = attrs(new Map([['makeHive', attr(ready(primop(makeHive)))]]), null, more);
  return attrs(new Map([['lib', attr(ready(lib))]]), null, more);
}
