import { memoOf, sameItems } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import { holds, parts } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isClosedGuest, isClosedSystem, outsideMayDecide } from './certainty';
import type { Container, Host } from './model';
import { OwnWords } from './own-words';
import { asString, fieldOf, readThunk, setOf } from './read';

/** Assertions of the repository that are false, so that NixOS does not build the system. */

export interface FailedAssertion {
  /** What it says; null where that is not known. */
  readonly message: string | null;
  /** The expression that is false. */
  readonly at: Origin;
}

/** The failed assertions of a host, or of the guest of one of its containers. */
export function failedAssertions(
  files: ParsedFiles,
  host: Host,
  container: Container | null,
): FailedAssertion[] {
  const system = container === null ? host.system : (container.guest?.system ?? null);
  if (system === null || falseAssertions(system).length === 0 || outsideMayDecide(system)) return [];
  const closed = container === null ? isClosedSystem(system) : isClosedGuest(host, container);
  if (!closed || host.incomplete !== null) return [];
  return falseAssertions(system).flatMap(({ assertion, around, message }): FailedAssertion[] => {
    const own = new OwnWords(files, system, container !== null);
    return own.holds([...around, assertion]) ? [{ message, at: assertion.origin }] : [];
  });
}

interface Written {
  readonly assertion: Thunk;
  readonly message: string | null;
  /** What decides whether it is there. */
  readonly around: readonly Thunk[];
}

const falseAssertions = memoOf(
  (system: ModuleSystem): readonly Written[] =>
    writtenAssertions(system).filter(({ assertion }) => {
      const value = inspect(assertion);
      return (
        !(value instanceof Unknown) && !(value instanceof Failure) && value.type === 'bool' && !value.value
      );
    }),
  (before, after) =>
    before.length === after.length &&
    before.every(
      ({ assertion, message, around }, index) =>
        assertion === after[index]?.assertion &&
        message === after[index].message &&
        sameItems(around, after[index].around),
    ),
);

function writtenAssertions(system: ModuleSystem): Written[] {
  const node = attempt(() => system.option(['assertions']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  return node.raw.flatMap(parts).flatMap(({ raw, value }): Written[] => {
    if (raw.file === '' || attempt(() => holds(raw.conditions)) !== true) return [];
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'list') return [];
    const isPlain = raw.value.origin?.kind === 'list';
    return value.items.flatMap((item): Written[] => {
      const set = setOf(item);
      const assertion = fieldOf(set, 'assertion');
      const message = readThunk(fieldOf(set, 'message'), asString);
      return assertion === undefined
        ? []
        : [
            {
              assertion,
              message: message.kind === 'known' ? message.value : null,
              around: isPlain ? raw.conditions : [...raw.conditions, raw.value],
            },
          ];
    });
  });
}
