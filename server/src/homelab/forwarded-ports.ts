import { memoOf } from '../eval/computed';
import { systemOf } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isWritten } from './certainty';
import type { Container, Fact } from './model';
import { asNumber, asString, optionThunk, readThunk, setOf } from './read';

/** Ports of the host that lead into a guest: `forwardPorts`. Source: nixos-containers.nix. */
export interface ForwardedPort {
  readonly container: Container;
  readonly at: Origin;
  readonly protocol: Fact<string>;
  readonly hostPort: Fact<number>;
  readonly hostPortAt: Origin;
  /** Whether the entry certainly has no `hostPort`, which has no default. */
  readonly withoutHostPort: boolean;
}

/** What a container forwards; nothing where it has no private network, since it then has no effect. */
export const forwardedPorts = memoOf(
  readForwardedPorts,
  (before, after) => before.length === 0 && after.length === 0,
);

function readForwardedPorts(container: Container): readonly ForwardedPort[] {
  const { privateNetwork, system } = container;
  if (privateNetwork.kind !== 'known' || !privateNetwork.value) return [];
  const thunk = optionThunk(system, ['forwardPorts']);
  const list = thunk === undefined ? null : inspect(thunk);
  if (list === null || list instanceof Unknown || list instanceof Failure || list.type !== 'list') return [];
  return list.items.flatMap((item): ForwardedPort[] => {
    const set = setOf(item);
    if (set === undefined) return [];
    const entry = systemOf(inspect(item));
    const hostPort = readThunk(set.entries.get('hostPort')?.value, asNumber);
    return [
      {
        container,
        at: item.origin,
        protocol: readThunk(set.entries.get('protocol')?.value, asString),
        hostPort,
        withoutHostPort: entry !== null && isWritten(entry, ['hostPort']) === false,
        hostPortAt: hostPort.kind === 'known' ? hostPort.definition : null,
      },
    ];
  });
}
