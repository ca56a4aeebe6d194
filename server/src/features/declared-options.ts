import type { OptionNode } from '../eval/modules/option-node';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { locate, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import type { OptionDoc, Plain } from '../schema/option';
import type { OptionBelow } from '../schema/lookup';
import type { OptionPath } from './cursor/place';
import { shownFile } from './container-summary';
import type { HomelabIndex } from './homelab-index';
import { nodeAt } from './option-value';

/** Options that the repository itself declares with `mkOption`, as rows of the tables are. */

/** What the repository declares directly below a path. */
export function declaredBelow(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): OptionBelow[] {
  const found = new Map<string, OptionBelow>();
  for (const host of hosts) {
    const node = nodeAt(index, host, path);
    const names = node === null ? null : attempt(() => [...node.declarationNames()]);
    if (node === null || !Array.isArray(names)) continue;
    for (const [name, at] of names as [string, unknown][]) {
      if (at === null || found.has(name)) continue;
      const child = attempt(() => node.child(name));
      if (child === null || child instanceof Unknown || child instanceof Failure) continue;
      found.set(name, { segment: name, doc: docOf(index.homelab, host, child) });
    }
  }
  return [...found.values()];
}

/** The option that the repository declares at a path; null where it declares none. */
export function declaredAt(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): OptionDoc | null {
  for (const host of hosts) {
    const node = nodeAt(index, host, path);
    const doc = node === null ? null : docOf(index.homelab, host, node);
    if (doc !== null) return doc;
  }
  return null;
}

function docOf(homelab: Homelab, host: Host, node: OptionNode): OptionDoc | null {
  const declared = attempt(() => node.declared);
  if (declared === null || declared instanceof Unknown || declared instanceof Failure) return null;
  const { set, type, file } = declared;
  // What no file of the repository declares is in the tables.
  if (file === '') return null;
  const spot = locate(homelab, set.origin);
  const description = textOf(set.entries.get('description')?.value);
  const words = attempt(() => type?.description ?? 'unspecified value');
  const fallback = set.entries.get('default');
  const plain = fallback === undefined ? undefined : plainOf(fallback.value);
  const place = spot === null ? shownFile(file, host) : `${shownFile(spot.file, host)}:${spot.line + 1}`;
  return {
    path: [...node.system.spec.prefix, ...node.path].join('.'),
    type: typeof words === 'string' ? words : 'unspecified value',
    ...(plain === undefined
      ? fallback === undefined
        ? {}
        : { defaultText: 'computed' }
      : { default: plain }),
    description: description ?? 'An option of this repository.',
    source: place,
    declaredIn: place,
  };
}

/** A text, also one that is marked as Markdown. */
function textOf(thunk: Thunk | undefined): string | null {
  const value = thunk === undefined ? null : inspect(thunk);
  if (value === null || value instanceof Unknown || value instanceof Failure) return null;
  if (value.type === 'string') return value.text.trim();
  return value.type === 'attrs' ? textOf(value.entries.get('text')?.value) : null;
}

function plainOf(thunk: Thunk): Plain | undefined {
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure) return undefined;
  switch (value.type) {
    case 'null':
      return null;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value);
    case 'string':
      return value.text;
    case 'list':
      return value.items.length === 0 && value.open === null ? [] : undefined;
    default:
      return undefined;
  }
}
