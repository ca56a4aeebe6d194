import { memoByName, memoOf } from '../eval/computed';
import { primop, record } from '../eval/construct';
import type { Evaluation } from '../eval/evaluation';
import { apply } from '../eval/interpret';
import type { ModuleInput } from '../eval/modules/collect';
import { namedArguments } from '../eval/modules/module-function';
import { ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { lazily, type Thunk } from '../eval/thunk';
import { directoryOf, relativePath, resolvePath } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import type { Range } from '../nix/positions';
import type { Anchor, Expr } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { readContainers } from './container';
import type { Container } from './model';

/**
 * Containers that are commented out in a set of containers: `# "web" = import ./web/container.nix { inherit pkgs; };`.
 * The file is evaluated as if the line stood there, with the arguments that a module gets under the same names.
 */

interface CommentedContainer {
  readonly name: string;
  readonly path: string;
  /** From 0. */
  readonly line: number;
}

const COMMENT =
  /^[ \t]*#+[ \t]*(containers\.)?("?)([A-Za-z_][\w'-]*)\2[ \t]*=[ \t]*import[ \t]+(\.{1,2}\/[^\s;(){}[\]"]+)[ \t]*\{([^{}#\n]*)\}[ \t]*;/gm;

/** Arguments that are handed on as they are: `pkgs = pkgs;`, `inherit config lib;`. */
const HANDED_ON = /^(?:\s*(?:([A-Za-z_][\w'-]*)\s*=\s*\1|inherit(?:\s+[A-Za-z_][\w'-]*)+)\s*;)*\s*$/;

const withComments = piecewise(
  ({ files }: Evaluation) => files.nixFiles(),
  (file, evaluation) => (linesOf(evaluation)(file).length > 0 ? [file] : []),
);

/** The containers that are commented out beside these, on a host that would then have them. */
export function commentedContainers(
  evaluation: Evaluation,
  directory: string,
  host: ModuleSystem,
  beside: readonly Container[],
): Container[] {
  const commented = withComments(evaluation);
  if (commented.length === 0) return [];
  const names = new Set(beside.map(({ name }) => name));
  const anchors = new Set(
    beside.flatMap(({ definitions }) =>
      definitions.flatMap(({ nameAt }) => (nameAt === null ? [] : [nameAt.anchor])),
    ),
  );
  const found: CommentedContainer[] = [];
  const because = new Map<string, string>();
  for (const file of commented) {
    for (const comment of linesOf(evaluation)(file)) {
      if (names.has(comment.name) || evaluation.files.entry(comment.path).kind !== 'file') continue;
      if (![...comment.beside].some((anchor) => anchors.has(anchor))) continue;
      names.add(comment.name);
      found.push(comment);
      because.set(
        comment.path,
        `it is commented out in ${relativePath(directory, file)}:${comment.line + 1}`,
      );
    }
  }
  if (found.length === 0) return [];
  const wanted = new Set(found.map(({ name }) => name));
  return readContainers(extendedBy(host, found), (definitions) =>
    definitions.every(({ file }) => because.has(file))
      ? (because.get(definitions[0]?.file ?? '') ?? null)
      : null,
  ).containers.filter(({ name, status }) => wanted.has(name) && status === 'disabled');
}

const extensions = new WeakMap<ModuleSystem, { readonly key: string; readonly system: ModuleSystem }>();

/** The host as it would be with the lines; kept while they are the same. */
function extendedBy(host: ModuleSystem, comments: readonly CommentedContainer[]): ModuleSystem {
  const key = comments.map(({ name, path }) => `${name} ${path}`).join('\n');
  const known = extensions.get(host);
  if (known?.key === key) return known.system;
  const modules = comments.map((comment) => moduleOf(comment, host));
  const system = new ModuleSystem({ ...host.spec, modules: [...host.spec.modules, ...modules] });
  extensions.set(host, { key, system });
  return system;
}

function moduleOf({ name, path }: CommentedContainer, { machine }: ModuleSystem): ModuleInput {
  const value = lazily(() => {
    const body = machine.importFile(path, null);
    const define = (container: Thunk): ReturnType<typeof record> =>
      record({ containers: record({ [name]: container }) });
    return primop({
      name,
      arity: 1,
      formals: namedArguments(body),
      run: ([given], call) =>
        define(lazily(() => apply(body, given as Thunk, call.at, machine), body.origin)),
    });
  });
  return { value, file: path, key: `:commented ${name} ${path}` };
}

/** The lines of a file that comment a container out, remembered as long as the files are the same. */
const linesOf = memoOf((evaluation: Evaluation): ((file: string) => readonly CommentedLine[]) =>
  memoByName(
    (file) => {
      const source = evaluation.files.parsed(file);
      return source === null ? [] : commentsIn(source);
    },
    (before, after) => before.length === 0 && after.length === 0,
  ),
);

const commentsIn = memoOf((source: SourceFile): readonly CommentedLine[] => {
  if (!/#.*=\s*import\s/.test(source.text)) return [];
  const sets = setsOf(source);
  return [...source.text.matchAll(COMMENT)].flatMap((match) => {
    const [, prefix, , name = '', path = '', handed = ''] = match;
    if (!HANDED_ON.test(handed)) return [];
    const offset = match.index;
    const around = sets.filter(({ range }) => range.start <= offset && offset < range.end);
    const inner = around.reduce<BindingSet | null>(
      (best, set) => (best === null || set.range.start >= best.range.start ? set : best),
      null,
    );
    if (inner === null) return [];
    const { line } = source.lines.positionAt(offset);
    const beside = prefix === undefined ? inner.plain : inner.prefixed;
    return [{ name, path: resolvePath(directoryOf(source.path), path), line, beside }];
  });
});

interface CommentedLine extends CommentedContainer {
  /** The bindings of the set it stands in that are written as it is: with `containers.` before the name, or without. */
  readonly beside: ReadonlySet<Anchor>;
}

/** A set, and its bindings. */
interface BindingSet {
  readonly range: Range;
  readonly plain: ReadonlySet<Anchor>;
  readonly prefixed: ReadonlySet<Anchor>;
}

function setsOf(source: SourceFile): BindingSet[] {
  const sets: BindingSet[] = [];
  const visit = (expr: Expr): void => {
    const range = expr.kind === 'attrs' ? source.rangeOf(expr) : null;
    if (expr.kind === 'attrs' && range !== null) {
      const under = (prefixed: boolean): Set<Anchor> =>
        new Set(
          expr.bindings.flatMap((binding) =>
            binding.kind === 'binding' && (binding.path[0]?.text === 'containers') === prefixed
              ? [binding.anchor]
              : [],
          ),
        );
      sets.push({ range, plain: under(false), prefixed: under(true) });
    }
    for (const child of childrenOf(expr)) visit(child);
  };
  if (source.root.expression !== null) visit(source.root.expression);
  return sets;
}
