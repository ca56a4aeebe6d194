import { attr, attrs, bool, listOf, nullValue, primop, record, string } from '../construct';
import { findAttr } from '../interpret';
import { libThunk } from '../lib/modules';
import { typeValue } from '../lib/type-value';
import type { ModuleInput } from '../modules/collect';
import { attrsOf, nullOr } from '../modules/composite-types';
import type { OptionType } from '../modules/option-type';
import { boolType, stringType } from '../modules/scalar-types';
import { submoduleType } from '../modules/submodule-type';
import type { ModuleSystem } from '../modules/system';
import { hostValue } from '../nixos';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, type Attr, type AttrsValue, type Call, type Machine, type Value } from '../value';
import { eachSystem } from './flake-utils';
import type { HostTools } from './known-flakes';

/** Containers that `extra-container` adds to a running host. Source: github:erikarvstedt/extra-container, eval-config.nix and flake.nix. */

const SYSTEMS = ['x86_64-linux', 'i686-linux', 'aarch64-linux'];

function option(type: OptionType, fallback: Value): AttrsValue {
  return record({ _type: string('option'), type: typeValue(type), default: fallback });
}

const EXTRA_OPTIONS = record({
  addressPrefix: option(nullOr(stringType), nullValue()),
  enableWAN: option(boolType, bool(false)),
  exposeLocalhost: option(boolType, bool(false)),
  firewallAllowHost: option(boolType, bool(false)),
});

/** `extra.addressPrefix` gives a container a private network with the first two addresses. */
const containerModule = primop({
  name: 'extra-container',
  arity: 1,
  formals: new Map([['config', false]]),
  run: ([argument], call) => {
    const config = field(argument as Thunk, 'config', call);
    const prefix = field(
      lazily(() => field(config, 'extra', call).force()),
      'addressPrefix',
      call,
    );
    const address = (end: string): Thunk =>
      lazily(() => {
        const text = prefix.force();
        return string(text.type === 'string' ? text.text + end : '', text.origin);
      });
    const content = record({
      privateNetwork: bool(true),
      hostAddress: address('.1'),
      localAddress: address('.2'),
    });
    const condition = lazily(() => bool(prefix.force().type !== 'null'));
    return record({
      options: record({ extra: EXTRA_OPTIONS }),
      config: record({ _type: string('if'), condition, content }),
    });
  },
});

function field(set: Thunk, name: string, call: Call): Thunk {
  return lazily(() => {
    const value = set.force();
    const found = value.type === 'attrs' ? findAttr(value, name) : null;
    return found?.value.force() ?? fail('missing', `attribute '${name}' missing`, call.at);
  });
}

const EXTRA_MODULE = lazily(() => {
  const element = submoduleType({
    modules: [{ value: ready(containerModule), file: '', key: 'extra-container' }],
    specialArgs: new Map(),
    shorthandOnlyDefinesConfig: true,
    lib: libThunk,
  });
  return record({ options: record({ containers: option(attrsOf(element), record({})) }) });
});

const ELSEWHERE = new Unknown(
  'unreadable',
  'the host that these containers are added to is configured elsewhere',
);

/** Everything else of the host that runs them, which is configured elsewhere. It says nothing of these containers. */
const REST = ready(
  record({ config: attrs(new Map([['containers', attr(ready(record({})))]]), null, ELSEWHERE) }),
);

const ELSEWHERE_KEY = ':elsewhere';

/** Why nothing but the containers of a host is known; null for a host that is configured in the repository. */
export function configuredElsewhere({ spec }: ModuleSystem): string | null {
  return spec.modules.some(({ key }) => key === ELSEWHERE_KEY) ? ELSEWHERE.reason : null;
}

/** The containers that a configuration adds to a host of which nothing else is known, as `nixosSystem` returns a host. */
export function extraContainers(
  configuration: ModuleInput,
  base: readonly ModuleInput[],
  machine: Machine,
): AttrsValue {
  const modules: ModuleInput[] = [
    { value: EXTRA_MODULE, file: '', key: 'extra-container' },
    configuration,
    { value: REST, file: configuration.file, key: ELSEWHERE_KEY },
  ];
  return hostValue({ modules, specialArgs: null }, base, machine);
}

/** What the flake input `extra-container` holds. */
export function extraContainerFlake({ base }: HostTools, _call: Call): AttrsValue {
  const more = new Unknown(
    'external',
    'what the input `extra-container` holds comes from outside the repository',
  );
  const evaluate = (name: string): [string, Attr] => [
    name,
    attr(
      ready(
        primop(
          define(name, 1, (call, argument) => {
            const value = field(argument, 'config', call);
            const file = call.at?.anchor.source ?? '';
            return extraContainers({ value, file, key: ':extra-container' }, base, call.machine);
          }),
        ),
      ),
    ),
  ];
  const systems = ready(listOf(SYSTEMS.map((name) => string(name))));
  const each = define('eachSupportedSystem', 1, (call, fn) => eachSystem(systems, fn, call));
  const lib = new Map<string, Attr>([
    evaluate('buildContainers'),
    evaluate('evalContainers'),
    ['supportedSystems', attr(systems)],
    ['eachSupportedSystem', attr(ready(primop(each)))],
  ]);
  return attrs(new Map([['lib', attr(ready(attrs(lib, null, more)))]]), null, more);
}
