import { forceInt, forceString } from '../arguments';
import { int, list, record, string } from '../construct';
import { apply } from '../interpret';
import { PRIORITY } from '../modules/definition';
import { define, type FunctionTable } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type AttrsValue, type Call, type Value } from '../value';
import { definitions } from './definitions';
import { evalModules } from './eval-modules';
import { libValue } from './index';
import { renaming } from './rename';
import { callBuiltin, type LibTable } from './support';

/** lib/modules.nix: the properties a definition can have, and `evalModules`. */

function override(priority: number, content: Thunk): AttrsValue {
  return record({ _type: string('override'), priority: int(priority), content });
}
function order(priority: number, content: Thunk): AttrsValue {
  return record({ _type: string('order'), priority: int(priority), content });
}
function merge(contents: Thunk): AttrsValue {
  return record({ _type: string('merge'), contents });
}

const properties: FunctionTable = {
  mkIf: define('mkIf', 2, (_call, condition, content) => record({ _type: string('if'), condition, content })),
  mkMerge: define('mkMerge', 1, (_call, contents) => merge(contents)),
  mkOverride: define('mkOverride', 2, (call, priority, content) =>
    override(Number(forceInt(priority, call)), content),
  ),
  mkOptionDefault: define('mkOptionDefault', 1, (_call, content) =>
    override(PRIORITY.optionDefault, content),
  ),
  mkDefault: define('mkDefault', 1, (_call, content) => override(PRIORITY.default, content)),
  mkImageMediaOverride: define('mkImageMediaOverride', 1, (_call, content) =>
    override(PRIORITY.image, content),
  ),
  mkForce: define('mkForce', 1, (_call, content) => override(PRIORITY.force, content)),
  mkVMOverride: define('mkVMOverride', 1, (_call, content) => override(PRIORITY.vmOverride, content)),
  mkOrder: define('mkOrder', 2, (call, priority, content) =>
    order(Number(forceInt(priority, call)), content),
  ),
  mkBefore: define('mkBefore', 1, (_call, content) => order(500, content)),
  mkAfter: define('mkAfter', 1, (_call, content) => order(1500, content)),
  mkAssert: define('mkAssert', 3, (call, condition, message, content) => {
    const holds = lazily(() => {
      const value = condition.force();
      return value.type === 'bool' && value.value
        ? value
        : fail('throw', `\nFailed assertion: ${forceString(message, call)}`, call.at);
    });
    return record({ _type: string('if'), condition: holds, content });
  }),
  mkFixStrictness: define('mkFixStrictness', 1, (_call, value) => value.force()),
};

const helpers: FunctionTable = {
  evalModules: define('evalModules', 1, (call, argument) => evalModules(argument, call)),
  setDefaultModuleLocation: define('setDefaultModuleLocation', 2, (_call, file, module) =>
    record({ _file: file, imports: list([module]) }),
  ),
  importApply: define('importApply', 2, (call, file, argument) => {
    const path = file.force();
    if (path.type !== 'path' && path.type !== 'string')
      return fail('type', 'importApply wants a path', call.at);
    const target = path.type === 'path' ? path.path : path.text;
    const applied = lazily(() =>
      apply(call.machine.importFile(target, path.origin), argument, call.at, call.machine),
    );
    return record({ _file: file, imports: list([applied]) });
  }),
  importJSON: define('importJSON', 1, (call, file) =>
    record({ _file: file, config: lazily(() => readBy('fromJSON', file, call)) }),
  ),
  importTOML: define('importTOML', 1, (call, file) =>
    record({ _file: file, config: lazily(() => readBy('fromTOML', file, call)) }),
  ),
  fixMergeModules: define('fixMergeModules', 2, (call, given, args) =>
    evalModules(ready(record({ modules: given, args })), call),
  ),
};

function readBy(parser: string, file: Thunk, call: Call): Value {
  const text = callBuiltin('readFile', call, file);
  return callBuiltin(parser, call, ready(text));
}

export const modules: LibTable = { ...properties, ...definitions, ...renaming, ...helpers };

/** nixpkgs' `lib`, as modules get it. */
export function libThunk(): Thunk {
  return lazily(libValue);
}
