import { attr, attrs, record, string } from '../construct';
import { apply } from '../interpret';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import { raise, Unknown, writtenReason, type Value } from '../value';
import { namedArguments } from './module-function';

/** What makes a set a module in its long form. */
const STRUCTURE = ['config', 'options', 'imports', 'require', 'disabledModules', 'freeformType'];

/**
 * A module that is there or not, which is not known: what it defines may count. One that imports or declares something
 * is unknown as a whole.
 * @param onlyConfig whether a set is configuration, whatever its attributes are called
 */
export function conditionalModule(module: Thunk, reason: Unknown, onlyConfig: boolean): Thunk {
  return lazily(() => conditional(module.force(), reason, onlyConfig), module.origin);
}

function conditional(value: Value, reason: Unknown, onlyConfig: boolean): Value {
  if (value.type === 'lambda' || value.type === 'primop') {
    return {
      type: 'primop',
      given: [],
      origin: value.origin,
      primop: {
        name: 'module',
        arity: 1,
        formals: namedArguments(value),
        run: ([argument], call) =>
          conditional(apply(value, argument as Thunk, call.at, call.machine), reason, false),
      },
    };
  }
  if (value.type !== 'attrs') return raise(writtenReason(reason));
  const structured = !onlyConfig && STRUCTURE.some((name) => value.entries.has(name));
  if (!structured) return onlyConfig ? record({ config: mkIf(reason, value) }) : mkIf(reason, value);
  if ([...value.entries.keys()].some((name) => name !== 'config' && STRUCTURE.includes(name)))
    return raise(writtenReason(reason));
  const config = value.entries.get('config');
  const content = config?.value ?? ready(attrs(new Map()));
  return attrs(
    new Map([...value.entries, ['config', attr(lazily(() => mkIf(reason, content.force())))]]),
    value.origin,
    value.open,
  );
}

function mkIf(reason: Unknown, content: Value): Value {
  return record({ _type: string('if'), condition: ready(reason), content });
}

/** A definition of a submodule as one of its modules; what is not known of it may define what other modules define. */
export function writtenModule(module: Thunk): Thunk {
  const value = inspect(module);
  return value instanceof Unknown ? ready(writtenReason(value)) : module;
}
