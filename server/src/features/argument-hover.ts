import { sourceOf, type Source } from '../eval/provenance';
import { attempt, ready } from '../eval/thunk';
import { traced } from '../eval/tracing';
import { Failure, Unknown } from '../eval/value';
import type { ModuleSystem } from '../eval/modules/system';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { Expr, LambdaExpr } from '../nix/syntax';
import { onHost } from './container-summary';
import type { OptionPath } from './cursor/place';
import { notKnown } from './explained-expression';
import { argumentThunk, modulePathAt, systemOfModule } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import { isPassed, nixosArgument } from './module-arguments';
import type { PlacedNode } from './syntax-at';
import { describeSource } from './value-place';
import { shortValue, sortInWords, type LineInView } from './value-words';

/** What a module is called with, in its head and where it is used. */

/** An argument of a module. */
export interface NamedArgument {
  readonly name: string;
  /** The place of the module. */
  readonly path: OptionPath;
}

/** The argument of a module that a name stands for; null where something nearer binds it, or another function. */
export function argumentMeant(
  index: HomelabIndex,
  file: SourceFile,
  chain: readonly PlacedNode[],
  name: string,
): NamedArgument | null {
  for (const { node, range } of [...chain].reverse()) {
    if (node.kind === 'let' || (node.kind === 'attrs' && node.recursive)) {
      if (node.bindings.some((binding) => binds(binding, name))) return null;
    } else if (node.kind === 'lambda' && takes(node, name)) {
      const path = node.formals?.some((formal) => formal.name.name === name)
        ? modulePathAt(index, file, range.start)
        : null;
      return path === null ? null : { name, path };
    }
  }
  return null;
}

function binds(binding: Extract<Expr, { kind: 'let' }>['bindings'][number], name: string): boolean {
  const names = binding.kind === 'inherit' ? binding.names : binding.path.slice(0, 1);
  return names.some(({ text }) => text === name);
}

function takes({ argument, formals }: LambdaExpr, name: string): boolean {
  return argument?.name === name || (formals ?? []).some((formal) => formal.name.name === name);
}

/** What an argument is, on each host. */
export function argumentParagraphs(
  index: HomelabIndex,
  hosts: readonly Host[],
  file: SourceFile,
  { name, path }: NamedArgument,
  view: LineInView | null,
): Paragraph[] {
  const own = nixosArgument(path, name);
  const values = hosts.flatMap((host): Paragraph[] => {
    const system = systemOfModule(index, host, path);
    return system === null ? [] : valueOn(index, host, file, system, name, view, own !== null);
  });
  if (own === null) return values;
  return [{ pieces: [{ code: name }, `: ${own}.`] }, ...values];
}

/** Whether the repository passes it on some host. */
export function isPassedOn(
  index: HomelabIndex,
  hosts: readonly Host[],
  { name, path }: NamedArgument,
): boolean {
  return hosts.some((host) => {
    const system = systemOfModule(index, host, path);
    return system !== null && isPassed(system, name);
  });
}

function valueOn(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  system: ModuleSystem,
  name: string,
  view: LineInView | null,
  isNixos: boolean,
): Paragraph[] {
  const passed = isPassed(system, name);
  if (isNixos && !passed) return [];
  const { value, ...source } = argumentSource(system, name);
  const title: Inline[] = ['Argument ', { code: name }, ...onHost(host)];
  if (value instanceof Unknown || value instanceof Failure)
    return [{ pieces: [...title, ': ', ...notKnown(index, file, value), '.'] }];
  const { places, parts } = describeSource(index.homelab, host, { ...source, value }, view);
  const shown = shortValue(value);
  return [
    {
      pieces: [...title, ': ', ...(shown === null ? sortInWords(value) : [{ code: shown }]), ...places, '.'],
    },
    ...(shown === null ? [] : parts),
  ];
}

function argumentSource(system: ModuleSystem, name: string): Source {
  return traced(() => {
    const thunk = attempt(() => argumentThunk(system, name));
    return sourceOf(thunk instanceof Unknown || thunk instanceof Failure ? ready(thunk) : thunk);
  });
}
