import type { AddressUse, Container, ContainerDefinition, Host } from '../../server/src/homelab/model';
import { locate, type Homelab } from '../../server/src/homelab/homelab';
import type { Origin } from '../../server/src/eval/value';
import type { Spot } from '../../server/src/homelab/spot';
import type { Binding, Expr } from '../../server/src/nix/syntax';
import { bindingChildren, childrenOf } from '../../server/src/nix/walk';

/**
 * The container definitions of a repository, each counted once: also where several hosts import it, and where it is
 * disabled. A container that several modules define together is one; what only adds to another one is none.
 */
export interface Definition {
  readonly name: string;
  readonly place: string;
  readonly state: 'active' | 'disabled' | 'not evaluated';
  /** What is known of the addresses it writes; `none` where it writes none. */
  readonly addresses: 'known' | 'unknown' | 'none';
  /** Why an address is unknown, or why the definition is not evaluated. */
  readonly reason: string | null;
  readonly values: readonly string[];
}

interface Found {
  readonly container: Container;
  readonly keys: readonly string[];
}

/** Counts what the engine knows of, and then what is written and no evaluation reached. */
export function definitionsOf(homelab: Homelab): Definition[] {
  const found = homelab.hosts.flatMap((host) => ofHost(homelab, host));
  const groups = grouped(found);
  const reached = found.flatMap(({ container }) =>
    originsOf(container).flatMap((origin) => locate(homelab, origin) ?? []),
  );
  const definitions = groups.map((group) => describe(homelab, group));
  const names = new Set(definitions.map(({ name }) => name));
  const rest = unreached(homelab, reached).filter(({ name, addsOnly }) => !addsOnly || !names.has(name));
  return [...definitions, ...rest].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** Where a container's name, its value and what is said of its network are written. */
function originsOf(container: Container): Origin[] {
  const facts = [
    container.autoStart,
    container.privateNetwork,
    ...container.addresses.map(({ fact }) => fact),
  ];
  return [
    ...container.definitions.flatMap(({ nameAt, value }) => [nameAt, value]),
    ...facts.flatMap((fact) => (fact.kind === 'unset' ? [] : [fact.definition])),
  ];
}

function placeOf(homelab: Homelab, definition: ContainerDefinition): string {
  const spot = locate(homelab, definition.nameAt) ?? locate(homelab, definition.value);
  return spot === null ? definition.file : `${spot.file}:${spot.line + 1}`;
}

function ofHost(homelab: Homelab, { containers }: Host): Found[] {
  return containers.map((container) => ({
    container,
    keys: container.definitions.map((definition) => `${container.name} ${placeOf(homelab, definition)}`),
  }));
}

/** Containers that share a name and a place are one, evaluated for several hosts. */
function grouped(found: readonly Found[]): Found[][] {
  const groups: Found[][] = [];
  const byKey = new Map<string, Found[]>();
  for (const one of found) {
    const known = one.keys.map((key) => byKey.get(key)).find((group) => group !== undefined);
    const group = known ?? [];
    if (known === undefined) groups.push(group);
    group.push(one);
    for (const key of one.keys) byKey.set(key, group);
  }
  return groups;
}

function describe(homelab: Homelab, group: readonly Found[]): Definition {
  const containers = group.map(({ container }) => container);
  const [first] = containers as [Container, ...Container[]];
  const running = containers.filter(({ status }) => status !== 'disabled');
  const uses = (running.length > 0 ? running : containers).flatMap((container) => container.addresses);
  const problem = uses.find(({ fact }) => fact.kind === 'unknown');
  return {
    name: first.name,
    place: first.definitions.map((definition) => placeOf(homelab, definition))[0] ?? '?',
    state: running.length > 0 ? 'active' : 'disabled',
    addresses: uses.length === 0 ? 'none' : problem === undefined ? 'known' : 'unknown',
    reason: problem?.fact.kind === 'unknown' ? problem.fact.reason : first.because,
    values: uses.map(written),
  };
}

function written({ option, fact }: AddressUse): string {
  return `${option}=${fact.kind === 'known' ? fact.value : fact.kind === 'unknown' ? '?' : '-'}`;
}

/** What is written as `containers.<name>` where no evaluation came by. */
function unreached(
  homelab: Homelab,
  reached: readonly Spot[],
): (Definition & { readonly addsOnly: boolean })[] {
  const found: (Definition & { readonly addsOnly: boolean })[] = [];
  for (const path of homelab.files.nixFiles()) {
    const expression = homelab.files.parsed(path)?.root.expression;
    if (expression === null || expression === undefined) continue;
    walk(expression, [], (name, value, node, addsOnly) => {
      const spot = locate(homelab, node);
      if (spot === null || reached.some((other) => isWithin(other, spot))) return;
      const text = addressesIn(value);
      found.push({
        name,
        place: `${spot.file}:${spot.line + 1}`,
        state: 'not evaluated',
        addresses: text ? 'unknown' : 'none',
        reason: 'not evaluated',
        values: [],
        addsOnly,
      });
    });
  }
  return found;
}

function isWithin(inner: Spot, outer: Spot): boolean {
  return (
    inner.file === outer.file && outer.range.start <= inner.range.start && inner.range.end <= outer.range.end
  );
}

type Report = (name: string, value: Expr, node: Binding, addsOnly: boolean) => void;

/** Calls for each binding below `containers`; `path` is what the bindings around the expression spell. */
function walk(expr: Expr, path: readonly string[], report: Report): void {
  const bindings = expr.kind === 'attrs' || expr.kind === 'let' ? expr.bindings : null;
  if (bindings === null) {
    for (const child of childrenOf(expr))
      walk(child, keepsPath(expr) && !(expr.kind === 'apply' && child.kind === 'lambda') ? path : [], report);
    return;
  }
  const base = expr.kind === 'let' ? [' let'] : path;
  for (const binding of bindings) {
    if (binding.kind === 'inherit') {
      for (const child of bindingChildren(binding)) walk(child, [], report);
      continue;
    }
    const names = binding.path.map(({ text }) => text ?? '${…}');
    const full = [...base, ...names];
    const at = full.lastIndexOf('containers');
    const isOption = at === 0 || (at === 1 && full[0] === 'config');
    const depth = full.length - at;
    if (isOption && depth >= 2 && base.length - at < 2 && binding.value.kind !== 'variable')
      report(full[at + 1] ?? '', binding.value, binding, depth > 2);
    walk(binding.value, isOption && depth >= 2 ? [...full, ' '] : full, report);
  }
  if (expr.kind === 'let' && expr.body !== null) walk(expr.body, path, report);
}

/** Whether the value of an expression is that of one of its parts: `mkIf x { … }`, `{ … }: { … }`. */
function keepsPath({ kind }: Expr): boolean {
  return kind !== 'select' && kind !== 'string';
}

function addressesIn(expr: Expr): boolean {
  if (expr.kind === 'attrs') {
    for (const binding of expr.bindings) {
      const names =
        binding.kind === 'inherit'
          ? binding.names.map(({ text }) => text)
          : binding.path.map(({ text }) => text);
      if (names.some((name) => name === 'localAddress' || name === 'hostAddress')) return true;
    }
  }
  return childrenOf(expr).some(addressesIn);
}

/** The definitions of one repository. */
export interface DefinitionRow {
  readonly name: string;
  readonly root: string;
  readonly definitions: readonly Definition[];
}

const CELLS: readonly (readonly [title: string, cell: (row: DefinitionRow) => string])[] = [
  ['repository', ({ name }) => name],
  ['definitions', ({ definitions }) => String(definitions.length)],
  ...(['active', 'disabled', 'not evaluated'] as const).map(
    (state) => [state, (row: DefinitionRow) => String(inState(row, state))] as const,
  ),
  ...(['known', 'unknown', 'none'] as const).map(
    (kind) =>
      [
        kind === 'none' ? 'no address' : `address ${kind}`,
        ({ definitions }: DefinitionRow) =>
          String(definitions.filter(({ addresses }) => addresses === kind).length),
      ] as const,
  ),
];

function inState({ definitions }: DefinitionRow, wanted: Definition['state']): number {
  return definitions.filter(({ state }) => state === wanted).length;
}

/** One line a repository, and their sum. */
export function definitionTable(rows: readonly DefinitionRow[]): string {
  const all: DefinitionRow = {
    name: 'all',
    root: '',
    definitions: rows.flatMap(({ definitions }) => definitions),
  };
  return [
    `| ${CELLS.map(([title]) => title).join(' | ')} |`,
    `| ${CELLS.map(() => '---').join(' | ')} |`,
    ...[...rows, all].map((row) => `| ${CELLS.map(([, cell]) => cell(row)).join(' | ')} |`),
  ].join('\n');
}

/** Every definition of a repository, with what is known of its addresses. */
export function definitionText({ name, root, definitions }: DefinitionRow): string {
  const lines = definitions.map((definition) =>
    [
      `  ${definition.state}, ${definition.addresses}: ${definition.name}`,
      definition.place.replace(`${root}/`, ''),
      definition.values.join(' '),
      definition.reason ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  );
  return [`${name}: ${definitions.length} definitions`, ...lines].join('\n');
}
