import { insertElement } from '../edits/list-insertion';
import { guestSet, putContainerSetting, putSetting } from '../edits/settings';
import { bindingIn } from '../edits/syntax-search';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { mayMountOtherwise, mountsOf } from '../homelab/bind-mounts';
import { isClosedGuest, isWritten } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container, Guest, Host } from '../homelab/model';
import {
  asBool,
  asString,
  optionThunk,
  readList,
  readOption,
  readSet,
  setOf,
  valueOr,
} from '../homelab/read';
import { isInside } from '../nix/paths';
import { factSpot, fixOf } from './places';
import { finding, type Finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A guest that decrypts its own secrets needs the tool's module, and the key. */
export const missingSecretMount = perContainer({
  id: 'missing-secret-mount',
  severity: 'warning',
  incomplete: true,
  description: "A guest decrypts secrets, and the key, or the tool's module, is not there.",
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || !isClosedGuest(host, container)) return;
    for (const tool of TOOLS) {
      if (isWritten(guest.system, [tool.option, 'secrets']) !== true) continue;
      yield* withoutModule(homelab, host, container, guest, tool);
    }
    yield* withoutKey(homelab, host, container, guest);
  },
});

interface Tool {
  readonly title: string;
  /** Where its settings are. */
  readonly option: string;
  /** What its flake input is called. */
  readonly inputs: readonly string[];
}

const TOOLS: readonly Tool[] = [
  { title: 'agenix', option: 'age', inputs: ['agenix', 'ragenix'] },
  { title: 'sops-nix', option: 'sops', inputs: ['sops-nix', 'sops'] },
];

/** Host modules are not inherited: a guest that imports nothing from outside has no option `age`. */
function* withoutModule(
  homelab: Files,
  host: Host,
  container: Container,
  { system }: Guest,
  tool: Tool,
): Generator<Finding> {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure || collected.external) return;
  if (
    collected.modules.some(
      ({ options, file }) => file !== '' && setOf(options ?? undefined)?.entries.has(tool.option),
    )
  )
    return;
  const node = attempt(() => system.option([tool.option]));
  if (node === null || node instanceof Unknown || node instanceof Failure) return;
  const at = locate(homelab, node.raw.find(({ file }) => file !== '')?.at ?? null);
  if (at === null) return;
  yield finding(missingSecretMount, {
    at,
    host,
    severity: 'error',
    message: `${container.name} has no option \`${tool.option}\`: a guest does not inherit the modules of its host, and its \`config\` does not import ${tool.title}'s. Import it there.`,
    fixes: [imported(homelab, host, container, tool)],
  });
}

function imported(homelab: Files, host: Host, container: Container, { title, inputs }: Tool): Fix | null {
  const own = guestSet(homelab.files, container);
  const module = moduleOf(homelab, host, inputs);
  const root = own?.file.root.expression;
  if (own === null || module === null || root?.kind !== 'lambda') return null;
  if (root.formals?.some(({ name }) => name.name === module.variable) !== true) return null;
  const imports = bindingIn(own.set, ['imports']);
  if (imports === null) {
    const [first] = own.set.bindings;
    const change = putSetting(own, ['imports'], `[ ${module.text} ]`);
    return first === undefined ? null : fixOf(`Import ${title} in the guest`, change);
  }
  if (imports.value.kind !== 'list') return null;
  const insertion = insertElement(own.file, imports.value, [], '', module.text);
  return insertion === null ? null : fixOf(`Import ${title} in the guest`, insertion.change);
}

/** How the host, or another guest, imports a tool's module. */
function moduleOf(
  homelab: Files,
  { system, containers }: Host,
  inputs: readonly string[],
): { text: string; variable: string } | null {
  const systems = [system, ...containers.flatMap(({ guest }) => (guest === null ? [] : [guest.system]))];
  for (const each of systems) {
    const collected = attempt(() => each.modules);
    if (collected instanceof Unknown || collected instanceof Failure) continue;
    for (const origin of collected.outside) {
      if (origin?.kind !== 'select' || origin.subject.kind !== 'variable') continue;
      const variable = origin.subject.name;
      if (![variable, origin.path[0]?.text ?? ''].some((name) => inputs.includes(name))) continue;
      const spot = locate(homelab, origin);
      const text = spot === null ? undefined : homelab.files.parsed(spot.file)?.text;
      if (spot !== null && text !== undefined)
        return { text: text.slice(spot.range.start, spot.range.end), variable };
    }
  }
  return null;
}

/** An identity that is neither mounted nor made in the guest. */
function* withoutKey(homelab: Files, host: Host, container: Container, guest: Guest): Generator<Finding> {
  const { system } = guest;
  const secrets = readSet(system, ['age', 'secrets']);
  if (
    secrets === null ||
    secrets instanceof Unknown ||
    secrets instanceof Failure ||
    secrets.entries.size === 0
  )
    return;
  const identities = readList(optionThunk(system, ['age', 'identityPaths']), asString);
  const [first] = identities.items;
  if (first === undefined || identities.open !== null) return;
  const mounts = mountsOf(container);
  if (mounts.open !== null || mayMountOtherwise(container)) return;
  const makesKeys = readOption(system, ['services', 'openssh', 'enable'], asBool);
  const missing = identities.items.every((identity) => {
    if (identity.kind !== 'known' || !identity.value.startsWith('/') || identity.value.startsWith('/nix/'))
      return false;
    const path = identity.value;
    if (isInside('/etc/ssh', path) && (makesKeys.kind === 'unknown' || valueOr(makesKeys, false)))
      return false;
    if (isInside('/etc', path) && isInEtc(guest, path)) return false;
    return !mounts.items.some(({ target }) => isInside(target.replace(/\/+$/, '') || '/', path));
  });
  const at = factSpot(homelab, first);
  if (!missing || at === null || first.kind !== 'known') return;
  yield finding(missingSecretMount, {
    at,
    host,
    message: `${container.name} has no ${first.value}: the guest sees nothing of the host that is not mounted, so it cannot decrypt its secrets. Add \`bindMounts."${first.value}".isReadOnly = true;\`, unless the key lies in the guest's own root.`,
    fixes: [
      fixOf(
        'Mount the key',
        putContainerSetting(homelab.files, container, ['bindMounts', first.value, 'isReadOnly'], 'true'),
      ),
    ],
    incomplete: true,
  });
}

/** Whether the guest's own configuration may put a file into /etc. */
function isInEtc({ system }: Guest, path: string): boolean {
  const set = setOf(optionThunk(system, ['environment', 'etc']));
  return set?.entries.has(path.replace(/^\/etc\//, '')) === true;
}
