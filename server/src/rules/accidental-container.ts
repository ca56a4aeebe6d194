import { isEditProblem } from '../edits/edit-plan';
import { planFlakeImport } from '../edits/flake-import';
import { piecewise } from '../eval/pieces';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isClosedContainer, isWritten } from '../homelab/certainty';
import { locate, type Homelab } from '../homelab/homelab';
import type { Container, DisabledModule, Guest, Host } from '../homelab/model';
import { baseName, directoryOf } from '../nix/paths';
import { attrsBelow, partsOf } from '../edits/syntax-search';
import { fileName, finding, related, type Fix, type Rule, type Finding } from './rule';

/** A container that nobody meant: it exists only because something was written into it from elsewhere. */
export const accidentalContainer: Rule = {
  id: 'accidental-container',
  severity: 'warning',
  description: 'A container exists only through routes that are written into it.',
  *check(homelab) {
    for (const host of homelab.hosts)
      for (const container of madeByRoutes(host)) yield* report(homelab, host, container);
  },
};

const madeByRoutes = piecewise(
  ({ containers }: Host) => containers,
  (container, host) => (isMadeByRoutes(host, container) ? [container] : []),
);

function isMadeByRoutes(host: Host, container: Container): boolean {
  const { definitions, guest, status } = container;
  if (status !== 'active' || guest === null || definitions.length === 0) return false;
  return (
    isClosedContainer(host, container) &&
    definitions.every(({ options }) => options.every((option) => option === 'config')) &&
    onlyRoutes(guest)
  );
}

function* report(homelab: Homelab, host: Host, { definitions, name }: Container): Generator<Finding> {
  const ordered = [...definitions].sort((a, b) => (a.file < b.file ? -1 : 1));
  const [first, ...others] = ordered;
  const at = first === undefined ? null : locate(homelab, first.nameAt);
  if (at === null) return;
  const module = ownModule(homelab, host, name);
  const hint =
    module === null
      ? `Define it, or import the module that does.`
      : `Import ${fileName(module.file, host)}, which defines it${module.commentedImport === null ? '' : ', but whose import is commented out'}.`;
  yield finding(accidentalContainer, {
    at,
    host,
    message: `Nothing defines the container ${name}: it exists only through the routes that ${ordered.length === 1 ? 'are written into it here' : `${ordered.length} places write into it`}, and it runs no proxy. ${hint}`,
    related: others.map(({ nameAt }) => related(homelab, nameAt, `written into ${name} as well`)),
    fixes: [module === null ? null : imported(homelab, module)],
    incomplete: true,
  });
}

/** Whether nothing but a proxy's routes is written into a guest. */
function onlyRoutes({ system }: Guest): boolean {
  const enabled = isWritten(system, ['services', 'traefik', 'enable']);
  const routes = isWritten(system, ['services', 'traefik', 'dynamicConfigOptions']);
  if (routes !== true || enabled !== false) return false;
  const written = writtenIn(system, []);
  const services = writtenIn(system, ['services']);
  return written?.join() === 'services' && services?.join() === 'traefik';
}

/** The names that are written under a path; null where they are not all known. */
function writtenIn(system: ModuleSystem, path: readonly string[]): string[] | null {
  const names = attempt(() => system.option(path)?.names() ?? new Map<string, Origin>());
  if (names instanceof Unknown || names instanceof Failure) return null;
  return [...names].flatMap(([name, at]) => (at === null ? [] : [name]));
}

/** A module of the project that nobody imports, and that defines the container itself. */
function ownModule(homelab: Homelab, host: Host, name: string): DisabledModule | null {
  const project = homelab.projects.find(({ directory }) => directory === host.project);
  for (const module of project?.disabled ?? []) {
    const file = homelab.files.parsed(module.file);
    if (file === null) continue;
    const named =
      baseName(module.file) === 'default.nix'
        ? baseName(directoryOf(module.file))
        : baseName(module.file).replace(/\.nix$/, '');
    const defines = partsOf(file).bindings.some(
      ({ path, value }) =>
        path[path.length - 1]?.text === name &&
        (path.length === 1 || path[path.length - 2]?.text === 'containers') &&
        (attrsBelow(value)?.bindings.length ?? 0) > 1,
    );
    if (defines && named === name) return module;
  }
  return null;
}

function imported(homelab: Homelab, { file }: DisabledModule): Fix | null {
  const plan = planFlakeImport(homelab, { file });
  if (isEditProblem(plan) || plan.changes.length === 0) return null;
  return { title: `Import ${baseName(file)}`, changes: plan.changes };
}
