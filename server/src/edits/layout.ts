import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr, ValueBinding } from '../nix/syntax';
import { most, mostCommon } from './majority';
import type { ContainerNeighbour } from './neighbours';
import { attrsBelow, indentationAt, lineEndOf, lineStart } from './syntax-search';

/** A comment above a part of a module; `NAME` and `Name` stand for the container's name. */
export interface SectionComment {
  readonly lines: readonly string[];
  /** Whether an empty line stands between it and what it heads. */
  readonly gap: boolean;
}

/** How the container modules of a homelab are laid out. */
export interface Layout {
  readonly indentation: string;
  readonly lineEnd: '\n' | '\r\n';
  /** `{ a, b }:` on one line, or each argument on its own. */
  readonly headOnOneLine: boolean;
  /** Whether the module's `{` stands on the line of the `:`. */
  readonly braceBesideHead: boolean;
  /** The arguments of each module, in the order they are written in. */
  readonly heads: readonly (readonly string[])[];
  /** Where an empty line follows the `{`. */
  readonly gapIn: {
    readonly module: boolean;
    readonly route: boolean;
    readonly container: boolean;
    readonly config: boolean;
  };
  readonly gapBeforeNetwork: boolean;
  readonly routeComment: SectionComment | null;
  readonly containerComment: SectionComment | null;
  readonly firewallComment: SectionComment | null;
  readonly serviceComment: SectionComment | null;
}

/** The seed's layout, which holds where there is nothing to learn from. */
const USUAL: Layout = {
  indentation: '  ',
  lineEnd: '\n',
  headOnOneLine: true,
  braceBesideHead: true,
  heads: [],
  gapIn: { module: true, route: true, container: false, config: true },
  gapBeforeNetwork: true,
  routeComment: null,
  containerComment: null,
  firewallComment: null,
  serviceComment: null,
};

/** Learns the layout from the homelab's container modules. */
export function layoutOf(neighbours: readonly ContainerNeighbour[]): Layout {
  if (neighbours.length === 0) return USUAL;
  const alone = neighbours.filter((neighbour) => neighbour.alone);
  const heads = alone.flatMap(headOf);
  const routes = alone.flatMap((neighbour) => routeBindings(neighbour));
  const sections = neighbours.map((neighbour) => ({
    firewall: comment(neighbour, neighbour.config, ['networking']),
    service: serviceComment(neighbour),
  }));
  const commented = sections.filter(({ firewall, service }) => firewall !== null || service !== null);
  const section = commented.length * 2 > sections.length ? mostCommon(commented, keyOf) : undefined;
  return {
    indentation: mostCommon(neighbours.flatMap(indentationUnit)) ?? USUAL.indentation,
    lineEnd: mostCommon(neighbours.map(({ file }) => lineEndOf(file.text))) ?? '\n',
    headOnOneLine: vote(
      heads.map(({ oneLine }) => oneLine),
      USUAL.headOnOneLine,
    ),
    braceBesideHead: vote(
      heads.flatMap(({ beside }) => (beside === null ? [] : [beside])),
      USUAL.braceBesideHead,
    ),
    heads: heads.map(({ names }) => names),
    gapIn: {
      module: vote(
        alone.flatMap(({ file }) => gapInModule(file)),
        USUAL.gapIn.module,
      ),
      route: vote(
        routes.map(({ file, binding }) => gapAfter(file, attrsBelow(binding.value))),
        USUAL.gapIn.route,
      ),
      container: vote(
        neighbours.map(({ file, body }) => gapAfter(file, body)),
        USUAL.gapIn.container,
      ),
      config: vote(
        neighbours.flatMap(({ file, config }) => (config === null ? [] : [gapAfter(file, config)])),
        USUAL.gapIn.config,
      ),
    },
    gapBeforeNetwork: vote(
      neighbours.flatMap((neighbour) => gapBefore(neighbour)),
      USUAL.gapBeforeNetwork,
    ),
    routeComment: agreed(
      alone,
      routes.map(({ neighbour, binding }) => commentAbove(neighbour, binding)),
    ),
    containerComment: agreed(
      alone,
      alone.map((neighbour) => commentAbove(neighbour, neighbour.binding)),
    ),
    firewallComment: section?.firewall ?? null,
    serviceComment: section?.service ?? null,
  };
}

function vote(values: readonly boolean[], usual: boolean): boolean {
  return values.length === 0 ? usual : most(values);
}

function keyOf(value: unknown): string {
  return JSON.stringify(value);
}

/** The comment that most modules have there; null where most have none. */
function agreed(
  all: readonly unknown[],
  comments: readonly (SectionComment | null)[],
): SectionComment | null {
  const written = comments.filter((section) => section !== null);
  return written.length * 2 > all.length && written.length > 1 ? (mostCommon(written, keyOf) ?? null) : null;
}

interface Head {
  readonly names: readonly string[];
  readonly oneLine: boolean;
  /** Null where something else stands between the `:` and the `{`. */
  readonly beside: boolean | null;
}

function headOf({ file }: ContainerNeighbour): Head[] {
  const root = file.root.expression;
  if (root?.kind !== 'lambda' || root.formals === null) return [];
  const [whole, body] = [file.rangeOf(root), file.rangeOf(root.body)];
  if (whole === null || body === null) return [];
  const head = file.text.slice(whole.start, body.start);
  return [
    {
      names: root.formals.map(({ name }) => name.name),
      oneLine: !head.trimEnd().includes('\n'),
      beside: root.body.kind === 'attrs' ? !/:\s*\n\s*$/.test(head) : null,
    },
  ];
}

function indentationUnit({ file, binding, body }: ContainerNeighbour): string[] {
  const outer = file.rangeOf(binding);
  const [first] = body.bindings;
  const inner = first === undefined ? null : file.rangeOf(first);
  if (outer === null || inner === null) return [];
  const [less, more] = [indentationAt(file.text, outer.start), indentationAt(file.text, inner.start)];
  return more.length > less.length && more.startsWith(less) ? [more.slice(less.length)] : [];
}

/** Whether an empty line follows the module's own `{`; unsaid where a `let` stands before it. */
function gapInModule(file: SourceFile): boolean[] {
  const root = file.root.expression;
  const body = root?.kind === 'lambda' ? root.body : root;
  return body?.kind === 'attrs' ? [gapAfter(file, body)] : [];
}

/** Whether an empty line follows the `{` of a set. */
function gapAfter(file: SourceFile, set: AttrSetExpr | null): boolean {
  const range = set === null ? null : file.rangeOf(set);
  return (
    range !== null &&
    /^(?:rec\s*)?\{[ \t]*\r?\n[ \t]*\r?\n/.test(file.text.slice(range.start, range.start + 200))
  );
}

function gapBefore({ file, body }: ContainerNeighbour): boolean[] {
  const index = body.bindings.findIndex(
    (binding) => binding.kind === 'binding' && binding.path[0]?.text === 'privateNetwork',
  );
  const binding = body.bindings[index];
  const range = binding === undefined || index === 0 ? null : file.rangeOf(binding);
  if (range === null) return [];
  const above = file.text.slice(0, lineStart(file.text, range.start)).replace(/(?:[ \t]*#[^\n]*\n)+$/, '');
  return [/\n[ \t]*\r?\n$/.test(above)];
}

/** The bindings of a module that give routes to a Traefik. */
function routeBindings(
  neighbour: ContainerNeighbour,
): { neighbour: ContainerNeighbour; file: SourceFile; binding: ValueBinding }[] {
  const { file } = neighbour;
  const root = attrsBelow(file.root.expression);
  return (root?.bindings ?? []).flatMap((binding) =>
    binding.kind === 'binding' && binding.path.some(({ text }) => text === 'dynamicConfigOptions')
      ? [{ neighbour, file, binding }]
      : [],
  );
}

function comment(
  neighbour: ContainerNeighbour,
  set: AttrSetExpr | null,
  path: readonly string[],
): SectionComment | null {
  const binding = set?.bindings.find(
    (own) => own.kind === 'binding' && path.every((name, index) => own.path[index]?.text === name),
  );
  return binding?.kind === 'binding' ? commentAbove(neighbour, binding) : null;
}

function serviceComment(neighbour: ContainerNeighbour): SectionComment | null {
  return comment(neighbour, neighbour.config, ['services']);
}

/** The comment lines right above a binding. */
function commentAbove({ file, container }: ContainerNeighbour, binding: ValueBinding): SectionComment | null {
  const range = file.rangeOf(binding);
  if (range === null) return null;
  const above = file.text.slice(0, lineStart(file.text, range.start)).split(/\r?\n/);
  above.pop();
  const gap = above[above.length - 1]?.trim() === '';
  if (gap) above.pop();
  const lines: string[] = [];
  for (let line = above.pop(); line !== undefined && /^\s*#/.test(line); line = above.pop())
    lines.unshift(line.trim());
  if (lines.length === 0 || !isHeading(lines)) return null;
  return { lines: lines.map((line) => withoutName(line, container.name)), gap };
}

/** Rulers and titles head a section; sentences explain what is special about one container. */
function isHeading(lines: readonly string[]): boolean {
  const words = lines.filter((line) => /[A-Za-z]/.test(line));
  return (
    words.length === 1 &&
    !/[.!?]$/.test(words[0] ?? '') &&
    lines.some((line) => /[-=*#]{3}/.test(line) || line.split(/\s+/).length <= 3)
  );
}

function withoutName(line: string, name: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return line.replace(new RegExp(escaped, 'gi'), (found) =>
    found === found.toLowerCase() ? 'NAME' : 'Name',
  );
}

/** A section's comment for a container of this name. */
export function commentLines(section: SectionComment | null, name: string, title: string): string[] {
  if (section === null) return [];
  const lines = section.lines.map((line) => line.replaceAll('NAME', name).replaceAll('Name', title));
  return section.gap ? [...lines, ''] : lines;
}
