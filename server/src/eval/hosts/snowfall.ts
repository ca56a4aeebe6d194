import { baseName, normalizePath } from '../../nix/paths';
import type { DirectoryEntry } from '../../nix/file-source';
import { forcePath } from '../builtins/files';
import { attr, attrs, bool, int, nullValue, path, primop, record, string } from '../construct';
import { apply } from '../interpret';
import { libThunk } from '../lib/modules';
import { invoke, overlay } from '../lib/support';
import type { ModuleInput } from '../modules/collect';
import { namedArguments } from '../modules/module-function';
import { bothArguments, hostValue, moduleInputs } from '../nixos';
import { flakeLib } from '../nixpkgs';
import { define } from '../primop';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';
import type { HostTools } from './known-flakes';
import { snowfallFiles } from './snowfall-files';

/** snowfall-lib: hosts, modules and library functions by the folders they are in. Source: github:snowfallorg/lib, snowfall-lib/. */

/** What a flake tells snowfall-lib. */
interface Snowfall {
  readonly tools: HostTools;
  /** The flake's folder. */
  readonly source: string;
  /** The folder that holds `systems`, `modules` and `lib`. */
  readonly root: string;
  readonly namespace: string;
  readonly inputs: Thunk;
}

function outside(what: string): Unknown {
  return new Unknown('external', `${what} comes from snowfall-lib`);
}

/** What the flake input `snowfall-lib` holds: `mkFlake`, and `mkLib`, whose result has `mkFlake` too. */
export function snowfallFlake(tools: HostTools, _call: Call): AttrsValue {
  const mkLib = define('mkLib', 1, (call, options) => systemLib(read(tools, options, call), call));
  const mkFlake = define('mkFlake', 1, (call, options) => flake(read(tools, options, call), options, call));
  const entries = new Map<string, Attr>([
    ['mkLib', attr(ready(primop(mkLib)))],
    ['mkFlake', attr(ready(primop(mkFlake)))],
  ]);
  return attrs(entries, null, outside('what the input `snowfall-lib` holds'));
}

function fieldOf(value: Value, name: string): Thunk | undefined {
  if (value.type !== 'attrs') return undefined;
  const found = value.entries.get(name);
  if (found === undefined) return value.open === null ? undefined : ready(value.open);
  return found.maybe === null ? found.value : ready(found.maybe);
}

function read(tools: HostTools, options: Thunk, call: Call): Snowfall {
  const given = options.force();
  const src = fieldOf(given, 'src') ?? fail('type', "attribute 'src' missing", call.at);
  const source = forcePath(src, call);
  const settings = fieldOf(given, 'snowfall')?.force() ?? record({});
  const root = fieldOf(settings, 'root');
  const namespace = fieldOf(settings, 'namespace')?.force();
  return {
    tools,
    source,
    root: root === undefined ? source : forcePath(root, call),
    namespace: namespace?.type === 'string' ? namespace.text : 'internal',
    inputs: fieldOf(given, 'inputs') ?? ready(outside('`inputs`')),
  };
}

function withoutAttributes(set: Thunk, names: readonly string[]): Thunk {
  return lazily(() => {
    const value = set.force();
    if (value.type !== 'attrs') return value;
    const entries = new Map([...value.entries].filter(([name]) => !names.includes(name)));
    return attrs(entries, value.origin, value.open);
  });
}

/** `lib` as modules get it: nixpkgs' own, the libraries of the inputs by their names, and the flake's under its namespace. */
function systemLib(snowfall: Snowfall, call: Call): AttrsValue {
  const entries = new Map<string, Attr>();
  const own: Thunk = lazily(() => userLib(snowfall, lib, call));
  const base = flakeLib(snowfall.tools.base, call);
  const inputs = inspect(snowfall.inputs);
  if ('type' in inputs && inputs.type === 'attrs')
    for (const [name, { value, at }] of inputs.entries)
      if (name !== 'self') entries.set(name, { value: libraryOf(name, value), at, maybe: null });
  if (base.type === 'attrs') for (const [name, entry] of base.entries) entries.set(name, entry);
  const mkFlake = define('mkFlake', 1, (at, options) => flake(snowfall, options, at));
  entries.set('mkFlake', attr(ready(primop(mkFlake))));
  entries.set('snowfall', attr(ready(snowfallFiles(snowfall.source, snowfall.root))));
  entries.set(snowfall.namespace, attr(own));
  const lib = ready(attrs(entries, null, outside('what `lib` holds besides')));
  return lib.force() as AttrsValue;
}

function libraryOf(name: string, input: Thunk): Thunk {
  return lazily(() => {
    const value = input.force();
    return fieldOf(value, 'lib')?.force() ?? unknown('external', `the input \`${name}\` has no \`lib\``);
  });
}

/** The functions that the flake's own `lib` folder holds, all `default.nix` in it laid over one another. */
function userLib(snowfall: Snowfall, lib: Thunk, call: Call): Value {
  const given: Readonly<Record<string, Thunk>> = {
    inputs: withoutAttributes(snowfall.inputs, ['self', 'src']),
    'snowfall-inputs': ready(outside('`snowfall-inputs`')),
    namespace: ready(string(snowfall.namespace)),
    lib,
  };
  const update = fieldOf(libThunk().force(), 'recursiveUpdate') ?? ready(outside('`recursiveUpdate`'));
  let all: Value = record({});
  for (const file of defaultFiles(below(snowfall.root, 'lib'), call)) {
    const part = lazily(() => {
      const value = call.machine.importFile(file, call.at);
      if (value.type !== 'lambda') return value;
      const wanted = [...namedArguments(value).keys()].flatMap((name): [string, Attr][] => {
        const found = given[name];
        return found === undefined ? [] : [[name, attr(found)]];
      });
      return apply(value, ready(attrs(new Map(wanted))), call.at, call.machine);
    });
    all = invoke(call, update, ready(all), part);
  }
  return all;
}

function below(folder: string, path: string): string {
  return normalizePath(`${folder}/${path}`);
}

function entriesOf(folder: string, call: Call): readonly DirectoryEntry[] {
  const entry = call.machine.entry(folder);
  if (entry.kind === 'opaque') return unknown('unreadable', entry.reason, call.at);
  if (entry.kind !== 'directory') return [];
  call.machine.spend(entry.entries.length);
  return [...entry.entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every `default.nix` below a folder, in the order of their names. */
function defaultFiles(folder: string, call: Call): string[] {
  return entriesOf(folder, call).flatMap(({ name, kind }) => {
    const target = `${folder}/${name}`;
    if (kind === 'directory') return defaultFiles(target, call);
    return kind === 'regular' && name === 'default.nix' ? [target] : [];
  });
}

function foldersIn(folder: string, call: Call): string[] {
  return entriesOf(folder, call).flatMap(({ name, kind }) =>
    kind === 'directory' ? [`${folder}/${name}`] : [],
  );
}

/** Targets such as `x86_64-iso` build images of a host, not the host. Source: snowfall-lib/system/virtual-systems.nix. */
const IMAGE =
  /amazon|azure|cloudstack|docker|do|gce|hyperv|iso|kexec|kubevirt|lxc|openstack|proxmox|qcow|raw|sd-aarch64|vagrant-virtualbox|virtualbox|vm/;

function flake(snowfall: Snowfall, options: Thunk, call: Call): Value {
  const given = options.force();
  const systems = fieldOf(given, 'systems')?.force() ?? record({});
  const hosts = fieldOf(systems, 'hosts')?.force() ?? record({});
  const shared = fieldOf(systems, 'modules')?.force() ?? record({});
  const own = moduleFiles(below(snowfall.root, 'modules/nixos'), call);
  const lib = ready(systemLib(snowfall, call));
  const found = new Map<string, Attr>();
  for (const folder of foldersIn(below(snowfall.root, 'systems'), call)) {
    const target = baseName(folder);
    if (IMAGE.test(target) || !target.includes('linux')) continue;
    for (const host of foldersIn(folder, call)) {
      if (call.machine.entry(`${host}/default.nix`).kind === 'missing') continue;
      const name = baseName(host);
      const overrides = fieldOf(hosts, name)?.force() ?? record({});
      const modules: ModuleInput[] = [
        fupModule(name, snowfall.inputs),
        fileModule(`${host}/default.nix`),
        ...own.map(fileModule),
        ...moduleInputs(fieldOf(overrides, 'modules'), call.at, `${name}-modules`),
        ...moduleInputs(fieldOf(shared, 'nixos'), call.at, 'nixos-modules'),
        { value: ready(outside('the module of the homes')), file: '', key: ':snowfall-homes' },
      ];
      const special = fieldOf(overrides, 'specialArgs');
      const specialArgs = bothArguments(
        special === undefined ? null : inspect(special),
        argumentsOf(snowfall, lib, name, target),
      );
      const value = lazily(() => hostValue({ modules, specialArgs }, snowfall.tools.base, call.machine));
      found.set(name, attr(value));
    }
  }
  const outputs = record({
    nixosConfigurations: attrs(found),
    nixosModules: modulesByName(below(snowfall.root, 'modules/nixos'), own),
    lib: lazily(() => fieldOf(lib.force(), snowfall.namespace)?.force() ?? record({})),
  });
  const more = attrs(outputs.entries, null, outside('what the flake holds besides its hosts'));
  return overlay(withoutAttributes(options, SNOWFALL_OPTIONS).force(), more, call);
}

/** What `mkFlake` takes for itself; everything else becomes an output. Source: snowfall-lib/flake/default.nix. */
const SNOWFALL_OPTIONS = [
  'systems',
  'modules',
  'overlays',
  'packages',
  'outputs-builder',
  'outputsBuilder',
  'packagesPrefix',
  'hosts',
  'homes',
  'channels-config',
  'templates',
  'checks',
  'alias',
  'snowfall',
  'inputs',
  'src',
];

function fileModule(file: string): ModuleInput {
  return { value: ready(path(file)), file, key: file };
}

/** The modules of a folder, in the order of the names that snowfall-lib gives them: the folders that hold them. */
function moduleFiles(folder: string, call: Call): string[] {
  const name = (file: string): string => moduleName(folder, file);
  return defaultFiles(folder, call).sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function moduleName(folder: string, file: string): string {
  return file.slice(folder.length + 1).replace(/\/?default\.nix$/, '');
}

function modulesByName(folder: string, files: readonly string[]): AttrsValue {
  const entries = files.map((file): [string, Attr] => [moduleName(folder, file), attr(ready(path(file)))]);
  return attrs(new Map(entries), null, outside('what `nixosModules` holds besides'));
}

function argumentsOf(snowfall: Snowfall, lib: Thunk, host: string, target: string): AttrsValue {
  return record({
    target: string(target),
    system: string(target),
    systems: ready(outside('`systems`')),
    lib,
    host: string(host),
    virtual: bool(false),
    inputs: withoutAttributes(snowfall.inputs, ['src']),
    namespace: string(snowfall.namespace),
    format: string('linux'),
  });
}

/** What flake-utils-plus, which builds the hosts, sets in each. Source: flake-utils-plus lib/mkFlake.nix. */
function fupModule(host: string, inputs: Thunk): ModuleInput {
  const labels = host.split('.').reverse();
  const domain = labels.slice(1).join('.');
  const networking = record({
    hostName: string(labels[0] ?? host),
    // `lib.mkDefault null`.
    domain:
      domain === ''
        ? record({ _type: string('override'), priority: int(1000), content: nullValue() })
        : string(domain),
  });
  const config = record({ networking, _module: record({ args: record({ inputs }) }) });
  return { value: ready(record({ config })), file: '', key: 'flake-utils-plus' };
}
