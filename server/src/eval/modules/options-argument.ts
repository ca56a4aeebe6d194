import { attr, attrs, bool, int, list, nullValue, primop, record, string } from '../construct';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import { Failure, raise, Unknown, type Attr, type AttrsValue, type Origin, type Value } from '../value';
import { definitionList } from './default-merge';
import { discharge, strongest, type Definition } from './definition';
import { LiveSet } from './live-set';
import { type DeclaredOption } from './declared-option';
import { OptionNode } from './option-node';
import { withDefault } from './option-value';
import { typeValue } from '../lib/type-value';
import { optionTypeOf, type OptionType } from './option-type';
import { boolType, rawType, unspecifiedType } from './scalar-types';
import { attrsOf, nullOr } from './composite-types';
import { optionTypeType } from './tag-types';
import { showOption } from './show-option';
import type { ModuleSystem } from './system';

/**
 * The argument `options` of a module, and `options` of what `evalModules` returns: for every option its declaration,
 * its value and its definitions. Where modules from outside may declare more, it is open.
 */
export function optionsOf(system: ModuleSystem): AttrsValue {
  const { root } = system;
  return groupOf(root, new Map([['_module', attr(lazily(() => ownOptions(system)))]]));
}

/** The options that every module system has. Source: nixpkgs lib/modules.nix (`internalModule`). */
const OWN_OPTIONS: readonly { name: string; type: OptionType; fields: Readonly<Record<string, Value>> }[] = [
  {
    name: 'args',
    type: attrsOf(rawType, true),
    fields: { description: string('Additional arguments passed to each module.') },
  },
  { name: 'check', type: boolType, fields: { default: bool(true), internal: bool(true) } },
  {
    name: 'freeformType',
    type: nullOr(optionTypeType),
    fields: { default: nullValue(), internal: bool(true) },
  },
  {
    name: 'specialArgs',
    type: unspecifiedType,
    fields: { internal: bool(true), readOnly: bool(true) },
  },
];

function ownOptions(system: ModuleSystem): AttrsValue {
  const nested = system.spec.prefix.length > 0;
  const entries = OWN_OPTIONS.map(({ name, type, fields }): [string, Attr] => {
    const value = lazily(() => {
      const path = ['_module', name];
      const node =
        system.option(path) ??
        new OptionNode(system, path, () => ({ declarations: [], raw: [], open: system.modules.open }), false);
      const shown = nested ? { ...fields, internal: bool(true) } : fields;
      const set = record({ type: typeValue(type), ...shown });
      return optionValue(node, { file: 'lib/modules.nix', set, type });
    });
    return [name, attr(value)];
  });
  return attrs(new Map(entries));
}

/** @param own attributes that no module declares */
function groupOf(node: OptionNode, own: ReadonlyMap<string, Attr> = new Map()): AttrsValue {
  const names = (): Map<string, Origin> =>
    new Map([...[...own.keys()].map((name) => [name, null] as const), ...node.declarationNames()]);
  const asked = new Map<string, Attr>();
  return new LiveSet({
    attr: (name) => {
      const at = names().get(name);
      if (at === undefined) return undefined;
      let option = own.get(name) ?? asked.get(name);
      if (option?.at !== at) asked.set(name, (option = optionAttr(node, name, at)));
      return option;
    },
    names: () => [...names().keys()],
    open: () => whyMore(node),
    origin: () => null,
  });
}

/** Why there may be more options than the declared ones; null where there cannot. */
function whyMore(node: OptionNode): Unknown | null {
  const { system, path } = node;
  const gap = node.declarationGap();
  if (gap !== null) return gap;
  if (system.modules.open !== null) return system.modules.open;
  if (!system.spec.undeclaredOptions && !system.modules.external) return null;
  return new Unknown(
    'external',
    `whether \`${[...path, '…'].join('.')}\` is an option is decided outside the repository`,
  );
}

function optionAttr(parent: OptionNode, name: string, at: Attr['at']): Attr {
  const value = lazily(() => {
    const node = parent.ownChild(name);
    if (node === null) return raise(new Failure('missing', `attribute '${name}' missing`, at));
    const { declared } = node;
    return declared === null ? groupOf(node) : optionValue(node, declared);
  });
  return attr(value, at);
}

/** One option as Nix code sees it. Source: nixpkgs lib/modules.nix `evalOptionValue`. */
function optionValue(node: OptionNode, declared: DeclaredOption): AttrsValue {
  const { loc } = node;
  let found: readonly Definition[] | Unknown | Failure | undefined;
  const definitions = (): readonly Definition[] => {
    found ??= attempt(() => strongest(discharge(withDefault(node.raw, declared))));
    return found instanceof Unknown || found instanceof Failure ? raise(found) : found;
  };
  const each = (show: (definition: Definition) => Value): Thunk =>
    lazily(() => {
      const open = lackOf(node, definitions());
      return list(
        definitions()
          .filter(({ maybe }) => maybe === null)
          .map((definition) => lazily(() => show(definition), definition.value.origin)),
        null,
        open,
      );
    });
  const entries = new Map(declared.set.entries);
  const set = (name: string, value: Thunk | Value): void => {
    entries.set(name, attr('type' in value ? ready(value) : value));
  };
  set('_type', string('option'));
  set('loc', list(loc.map((step) => ready(string(step)))));
  set('value', node.value);
  set(
    'isDefined',
    lazily(() => bool(isDefined(node, discharge(withDefault(node.raw, declared))))),
  );
  set(
    'definitions',
    each(({ value }) => value.force()),
  );
  set(
    'files',
    each(({ file }) => string(file)),
  );
  set(
    'definitionsWithLocations',
    lazily(() => definitionList(definitions(), node.open)),
  );
  set(
    'highestPrio',
    lazily(() => int(highestPriority(definitions()))),
  );
  const files = node.declarationFiles();
  set('declarations', list(files.map((file) => ready(string(file)))));
  set(
    'type',
    lazily(() => shownType(declared)),
  );
  for (const name of ['valueMeta', 'declarationPositions'])
    set(
      name,
      ready(new Unknown('unsupported', `\`${name}\` of an option is not something this tool evaluates`)),
    );
  set('__toString', primop({ name: 'showOption', arity: 1, run: () => string(showOption(loc)) }));
  return attrs(entries, declared.set.origin, declared.set.open);
}

function shownType({ set, type }: DeclaredOption): Value {
  const written = set.entries.get('type')?.value.force();
  if (type === null) return written ?? typeValue(unspecifiedType);
  return written !== undefined && optionTypeOf(written) === type ? written : typeValue(type);
}

/** Why the definitions are not known as a whole; null when they are. */
function lackOf(node: OptionNode, definitions: readonly Definition[]): Unknown | null {
  for (const { maybe } of definitions) if (maybe !== null) return maybe;
  return node.open;
}

/** @param definitions those that count or may count, whatever their priority: if a stronger one does not, a weaker one does */
function isDefined(node: OptionNode, definitions: readonly Definition[]): boolean {
  if (definitions.some(({ maybe }) => maybe === null)) return true;
  const lack = lackOf(node, definitions);
  return lack === null ? false : raise(lack);
}

function highestPriority(definitions: readonly Definition[]): number {
  let highest = 9999;
  for (const { priority, maybe } of definitions) {
    if (maybe !== null) return raise(maybe);
    highest = Math.min(highest, priority);
  }
  return highest;
}

/** The module arguments `options` and what `evalModules` returns under that name. */
export function optionsThunk(system: ModuleSystem): Thunk {
  return lazily(() => optionsOf(system));
}
