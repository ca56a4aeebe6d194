import { memoOf } from '../eval/computed';
import { holds, parts } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { LINKING_OPTIONS } from '../schema/tables/links';
import { enabledServices } from './enabled-services';
import type { Fact } from './model';
import { asString, entriesOf, readThunk, sameFact } from './read';

/** Addresses that pages lead to, and that monitors ask. */

export interface Link {
  /** Whose it is: a service, as people write it. */
  readonly title: string;
  readonly url: Fact<string>;
}

/** The links of a system that are known and certainly there. */
export const linksOf = memoOf(
  (system: ModuleSystem): readonly Link[] => {
    const { items } = enabledServices(system);
    return LINKING_OPTIONS.filter(({ service }) => items.includes(service)).flatMap(
      ({ service, title, option }) => {
        const node = attempt(() => system.option(['services', service, option]));
        if (node === null || node instanceof Unknown || node instanceof Failure) return [];
        const found: Fact<string>[] = [];
        for (const { file, value, conditions } of node.raw)
          if (file !== '' && attempt(() => holds(conditions)) === true) collect(value, 0, found);
        return found.map((url) => ({ title, url }));
      },
    );
  },
  (before, after) =>
    before.length === after.length &&
    before.every(({ title, url }, index) => title === after[index]?.title && sameFact(url, after[index].url)),
);

/** Deeper values than this are not looked into, and more than these are not collected. */
const MAX_DEPTH = 12;
const MOST_LINKS = 500;

function collect(thunk: Thunk, depth: number, found: Fact<string>[]): void {
  if (depth > MAX_DEPTH || found.length >= MOST_LINKS) return;
  for (const { raw, value } of parts({ file: '', value: thunk, at: null, conditions: [], priority: null })) {
    if (attempt(() => holds(raw.conditions)) !== true) continue;
    if (value instanceof Unknown || value instanceof Failure) continue;
    if (value.type === 'string') {
      const fact = readThunk(raw.value, asString);
      if (fact.kind === 'known' && ADDRESS.test(fact.value)) found.push(fact);
    } else if (value.type === 'list') for (const item of value.items) collect(item, depth + 1, found);
    else if (value.type === 'attrs' && value.native === undefined)
      for (const [, { value: inner, maybe }] of entriesOf(value))
        if (maybe === null) collect(inner, depth + 1, found);
  }
}

/** A URL, or an address and a port. */
const ADDRESS = /^(?:https?:\/\/\S+|\[?[\da-f.:]+\]?:\d+)$/i;
