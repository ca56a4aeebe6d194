import {
  attr,
  attrs,
  bool,
  float,
  int,
  list,
  listOf,
  nullValue,
  primop,
  record,
  string,
} from '../eval/construct';
import { libThunk } from '../eval/lib/modules';
import { typeValue } from '../eval/lib/type-value';
import type { ModuleInput } from '../eval/modules/collect';
import { guestType } from '../eval/modules/guest-type';
import type { OptionType } from '../eval/modules/option-type';
import { submoduleType } from '../eval/modules/submodule-type';
import { nixosArguments } from '../eval/nixos';
import { lazily, ready, type Thunk } from '../eval/thunk';
import { fail, Unknown, unknown, type Attr, type AttrsValue, type Value } from '../eval/value';
import type { OptionDoc, Plain } from './option';
import { SERVICE_OPTIONS } from './service-options';
import { CONTAINER_OPTIONS } from './tables/container';
import { GUEST_OPTIONS } from './tables/guest';
import { UPCOMING_OPTIONS } from './tables/upcoming';
import { parseType } from './type-expression';

/** Turns the tables into declarations that evaluation understands. */

interface Branch {
  doc: OptionDoc | null;
  readonly below: Map<string, Branch>;
}

function tree(rows: readonly OptionDoc[]): Branch {
  const root: Branch = { doc: null, below: new Map() };
  for (const doc of rows) {
    let branch = root;
    for (const segment of doc.path.split('.')) {
      let next = branch.below.get(segment);
      if (next === undefined) branch.below.set(segment, (next = { doc: null, below: new Map() }));
      branch = next;
    }
    branch.doc = doc;
  }
  return root;
}

/** A plain value as Nix has it. */
export function plainValue(plain: Plain): Value {
  if (plain === null) return nullValue();
  switch (typeof plain) {
    case 'boolean':
      return bool(plain);
    case 'number':
      return Number.isInteger(plain) ? int(plain) : float(plain);
    case 'string':
      return string(plain);
    default: {
      if (Array.isArray(plain)) return listOf((plain as readonly Plain[]).map(plainValue));
      return record(
        Object.fromEntries(
          Object.entries(plain as Readonly<Record<string, Plain>>).map(([name, value]) => [
            name,
            plainValue(value),
          ]),
        ),
      );
    }
  }
}

function isPlaceholder(segment: string): boolean {
  return segment === '*' || segment.startsWith('<');
}

/** The `options` of a branch, as a module would write them. */
function optionsOf(branch: Branch): AttrsValue {
  const entries = new Map<string, Attr>();
  for (const [name, below] of branch.below) {
    if (below.doc !== null) entries.set(name, attr(lazily(() => optionOf(below, below.doc as OptionDoc))));
    else if (!isPlaceholder(name)) entries.set(name, attr(lazily(() => optionsOf(below))));
  }
  return attrs(entries);
}

function optionOf(branch: Branch, doc: OptionDoc): AttrsValue {
  const fields: Record<string, Value | Thunk> = {
    _type: string('option'),
    type: typeValue(parseType(doc.type, elementType(branch, doc.path))),
    description: string(doc.description),
  };
  if (doc.default !== undefined) fields['default'] = plainValue(doc.default);
  else if (doc.defaultText !== undefined) {
    fields['default'] = lazily(() =>
      unknown('external', `the default of \`${doc.path}\` is computed by NixOS`),
    );
  }
  return record(fields);
}

function elementType(branch: Branch, path: string): OptionType | undefined {
  const element = [...branch.below].find(([segment]) => isPlaceholder(segment))?.[1];
  if (element === undefined) return undefined;
  const options = lazily(() => optionsOf(element));
  return submoduleType({
    modules: [input(ready(record({ options })), doc(element))],
    specialArgs: new Map(),
    shorthandOnlyDefinesConfig: true,
    undeclaredOptions: !path.startsWith('containers'),
    lib: libThunk,
  });
}

function doc(branch: Branch): string {
  return [...branch.below.values()].find((below) => below.doc !== null)?.doc?.path ?? 'options';
}

function input(value: Thunk, key: string): ModuleInput {
  return { value, file: '', key: `schema:${key}` };
}

const GUEST_DECLARATIONS = lazily(() =>
  record({ options: optionsOf(tree([...GUEST_OPTIONS, ...SERVICE_OPTIONS, ...UPCOMING_OPTIONS])) }),
);

/** Sets and lists to which NixOS' own modules add, so that what the repository writes is never all of it. */
const SHARED: readonly string[] = [
  'environment.etc',
  'networking.hosts',
  'services.nginx.virtualHosts',
  'systemd.services',
  'systemd.tmpfiles.rules',
  'systemd.tmpfiles.settings',
  'users.groups',
  'users.users',
];

const SHARED_DEFINITIONS = lazily(() => {
  const more = new Unknown('external', 'NixOS and its services define more of them');
  const nested = (path: readonly string[], value: Value): Value =>
    path.reduceRight<Value>((inner, name) => record({ [name]: inner }), value);
  const contents = SHARED.flatMap((path) => {
    const type = GUEST_OPTIONS.find((row) => row.path === path)?.type ?? '';
    if (type.startsWith('attribute set')) return [nested(path.split('.'), attrs(new Map(), null, more))];
    return type.startsWith('list') ? [nested(path.split('.'), list([], null, more))] : [];
  });
  return record({ _type: string('merge'), contents: listOf(contents) });
});
const SHARED_MODULE = lazily(() => record({ config: SHARED_DEFINITIONS }));

/** What the container module itself sets in every guest. Source: nixos-containers.nix and container-config.nix. */
function guestBase(name: string): ModuleInput[] {
  const mkDefault = (content: Value): Value =>
    record({ _type: string('override'), priority: int(1000), content });
  const config = record({
    boot: record({ isContainer: bool(true) }),
    networking: record({
      hostName: mkDefault(string(name)),
      useDHCP: bool(false),
      useHostResolvConf: mkDefault(bool(true)),
    }),
  });
  return [
    input(SHARED_MODULE, 'shared'),
    input(GUEST_DECLARATIONS, 'guest'),
    input(ready(record({ config })), 'guest-defaults'),
  ];
}

/** What the table says of `containers.<name>`; the same for every container. */
const CONTAINER_DECLARATIONS = lazily(() => {
  const table = tree(CONTAINER_OPTIONS).below.get('containers')?.below.get('<name>');
  const options = new Map(table === undefined ? [] : optionsOf(table).entries);
  options.delete('config');
  return record({ options: attrs(options) });
});

/** The option `config` of a container: a NixOS evaluation with the container's own `specialArgs`. */
function guestModule(): Value {
  return primop({
    name: 'container',
    arity: 1,
    formals: new Map([['config', false]]),
    run: ([argument], call) => {
      const args = argument?.force();
      const own = args?.type === 'attrs' ? args.entries.get('config')?.value : undefined;
      if (own === undefined) return fail('type', 'a container is a submodule', call.at);
      const specialArgs = lazily(() => {
        const config = own.force();
        const set = config.type === 'attrs' ? config.entries.get('specialArgs') : undefined;
        return set?.value.force() ?? record({});
      });
      const guest = guestType({
        base: guestBase,
        fallbackArgs: NIXOS_ARGUMENTS(),
        specialArgs,
        lib: libThunk(),
      });
      return record({
        options: record({ config: record({ _type: string('option'), type: typeValue(guest) }) }),
      });
    },
  });
}

let nixosArgumentsOnce: ReturnType<typeof nixosArguments> | undefined;
const NIXOS_ARGUMENTS = (): ReturnType<typeof nixosArguments> => (nixosArgumentsOnce ??= nixosArguments());

const HOST_DECLARATIONS = lazily(() => {
  const containers = submoduleType({
    modules: [input(CONTAINER_DECLARATIONS, 'container'), input(ready(guestModule()), 'container-config')],
    specialArgs: new Map(),
    shorthandOnlyDefinesConfig: true,
    lib: libThunk,
  });
  const options = new Map(
    optionsOf(tree([...GUEST_OPTIONS, ...SERVICE_OPTIONS, ...UPCOMING_OPTIONS])).entries,
  );
  const type = typeValue(parseType('attribute set of (submodule)', containers));
  options.set('containers', attr(ready(record({ _type: string('option'), type, default: record({}) }))));
  return record({ options: attrs(options) });
});

/** The modules that declare, for a host, every option the tables know. */
export function hostDeclarations(): readonly ModuleInput[] {
  return [input(HOST_DECLARATIONS, 'host'), input(SHARED_MODULE, 'shared')];
}
