import { forceInt, forceItems, forceString } from '../arguments';
import { attr, attrs, int, list, record, string } from '../construct';
import { apply } from '../interpret';
import { PRIORITY } from '../modules/definition';
import { ModuleSystem } from '../modules/system';
import { define, type FunctionTable } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type Attr, type AttrsValue, type Call, type Value } from '../value';
import { libValue } from './index';

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
    const holds = condition.force();
    return holds.type === 'bool' && holds.value
      ? content.force()
      : fail('throw', forceString(message, call), call.at);
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
};

export const modules: FunctionTable = { ...properties, ...helpers };

/** `lib.evalModules`: its `config` is lazy, and carries the module system as its native side. */
function evalModules(argument: Thunk, call: Call): Value {
  const given = argument.force();
  if (given.type !== 'attrs') return fail('type', 'evalModules wants a set', call.at);
  const get = (name: string): Thunk | undefined => given.entries.get(name)?.value;
  const special = get('specialArgs')?.force();
  const specialArgs = new Map<string, Attr>(special?.type === 'attrs' ? special.entries : []);
  if (!specialArgs.has('lib')) specialArgs.set('lib', attr(libThunk()));
  const args = get('args');
  const modulesThunk = get('modules');
  const prefixItems = get('prefix');
  const file = call.at?.anchor.source ?? '';
  const inputs = (modulesThunk === undefined ? [] : forceItems(modulesThunk, call)).map((value, index) => ({
    value,
    file,
    key: `:anon-${index + 1}`,
  }));
  if (args !== undefined) {
    const module = record({ _module: record({ args }) });
    inputs.push({ value: ready(record({ config: module })), file, key: ':args' });
  }
  const system = new ModuleSystem({
    machine: call.machine,
    modules: inputs,
    specialArgs,
    specialArgsOpen: null,
    fallbackArgs: new Map(),
    prefix:
      prefixItems === undefined ? [] : forceItems(prefixItems, call).map((item) => forceString(item, call)),
    undeclaredOptions: false,
  });
  return systemValue(system);
}

/** What `evalModules` and `nixosSystem` return. */
export function systemValue(system: ModuleSystem): AttrsValue {
  const fields: [string, Attr][] = [
    ['_type', attr(ready(string('configuration')))],
    ['config', attr(system.config)],
    ['class', attr(ready(string('nixos')))],
  ];
  return { ...attrs(new Map(fields), null), native: system };
}

/** nixpkgs' `lib`, as modules get it. */
export function libThunk(): Thunk {
  return lazily(libValue);
}
