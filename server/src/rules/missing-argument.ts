import { containerSet, putSetting } from '../edits/settings';
import { attrsBelow, bindingIn } from '../edits/syntax-search';
import { isClosedContainer, isWritten, outsideMayDecide } from '../homelab/certainty';
import { certainlyUses, guestFunctions } from '../homelab/guest-functions';
import { locate } from '../homelab/homelab';
import type { Container, Guest, Host } from '../homelab/model';
import { setOf, optionThunk } from '../homelab/read';
import type { Expr, Formal } from '../nix/syntax';
import { containerAt, fixOf } from './places';
import { finding, related, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A guest's module gets other arguments than the host's modules do. */
export const missingArgument = perContainer({
  id: 'missing-argument',
  severity: 'error',
  incomplete: true,
  description: "A guest's module asks for an argument that `specialArgs` does not give it.",
  *look(homelab, host, container) {
    const { guest, system } = container;
    if (guest === null || !isClosedContainer(host, container)) return;
    const special = setOf(optionThunk(system, ['specialArgs']));
    if (special?.open !== null) return;
    for (const { formals, body } of guestFunctions(homelab.files, container)) {
      for (const formal of formals ?? []) {
        const { name } = formal.name;
        if (GIVEN.has(name) || formal.fallback !== null || special.entries.has(name)) continue;
        if (!decidesImports(body, name) && (maySetArgument(guest, name) || !certainlyUses(body, name)))
          continue;
        const at = locate(homelab, formal.name);
        if (at === null) continue;
        const ofHost = host.system.spec.specialArgs.has(name);
        yield finding(missingArgument, {
          at,
          host,
          message: `The guest ${container.name} is not given \`${name}\`: ${ofHost ? "the host's `specialArgs` do not reach it" : 'nothing sets it'}, so its evaluation fails. Add \`specialArgs = { inherit ${name}; };\` to the container.`,
          related: [related(homelab, containerAt(container), `${container.name} is defined here`)],
          fixes: [given(homelab, host, container, formal)],
        });
      }
    }
  },
});

/** Whether a module's `imports` need an argument: then `_module.args` would be too late for it. */
function decidesImports(body: Expr, name: string): boolean {
  const imports = bindingIn(attrsBelow(body), ['imports']);
  return imports !== null && certainlyUses(imports.value, name);
}

/** Whether a module of the guest gives the argument to the others, or may. */
function maySetArgument({ system }: Guest, name: string): boolean {
  return outsideMayDecide(system) || isWritten(system, ['_module', 'args', name]) !== false;
}

/** What every module of a guest gets. Source: nixpkgs nixos/lib/eval-config.nix and nixos/modules/misc/extra-arguments.nix. */
const GIVEN: ReadonlySet<string> = new Set([
  'baseModules',
  'config',
  'extendModules',
  'extraModules',
  'lib',
  'moduleType',
  'modules',
  'modulesPath',
  'noUserModules',
  'options',
  'pkgs',
  'specialArgs',
  'type',
  'utils',
  '_class',
  '_prefix',
]);

/** Hands it on where the container is written, if the module there has it, or can ask for it. */
function given(homelab: Files, host: Host, container: Container, { name: { name } }: Formal): Fix | null {
  const own = containerSet(homelab.files, container);
  const root = own?.file.root.expression;
  if (own === null || root?.kind !== 'lambda' || root.formals === null) return null;
  const inScope = root.formals.some((formal) => formal.name.name === name);
  const [first] = root.formals;
  const ask = inScope || first === undefined ? null : own.file.rangeOf(first.name);
  if (!inScope && (ask === null || !host.system.spec.specialArgs.has(name))) return null;
  const written = bindingIn(own.set, ['specialArgs']);
  const change =
    written === null
      ? putSetting(own, ['specialArgs'], `{ inherit ${name}; }`)
      : written.value.kind === 'attrs'
        ? putSetting({ file: own.file, set: written.value }, [name], name)
        : null;
  if (change === null) return null;
  const asked =
    ask === null
      ? []
      : [{ file: own.file.path, range: { start: ask.start, end: ask.start }, newText: `${name}, ` }];
  return fixOf(`Hand ${name} on to the guest`, change, ...asked);
}
