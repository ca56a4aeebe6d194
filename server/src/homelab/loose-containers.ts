import { path } from '../eval/construct';
import type { Evaluation, ParsedFiles } from '../eval/evaluation';
import { extraContainers } from '../eval/hosts/extra-container';
import type { ModuleInput } from '../eval/modules/collect';
import { parts } from '../eval/modules/definition';
import { ModuleSystem } from '../eval/modules/system';
import { attempt, ready } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { directoryOf } from '../nix/paths';
import { containersOf } from './container';
import type { HostDeclaration } from './host';

/**
 * Files outside of all projects that hold whole containers and nothing else, as `extra-container create FILE` takes them.
 * Each is a host of its own, without a name: where it is run, and with which others, is not written anywhere.
 */
export function looseContainers(
  evaluation: Evaluation,
  candidates: readonly string[],
  base: readonly ModuleInput[],
): HostDeclaration[] {
  const found = candidates.flatMap((file) => {
    const input: ModuleInput = { value: ready(path(file)), file, key: file };
    const { native } = extraContainers(input, base, evaluation);
    if (!(native instanceof ModuleSystem)) return [];
    const names = namesOf(native, file);
    return names === null ? [] : [{ file, system: native, names }];
  });
  const imported = new Set(
    found.flatMap(({ file, system }) => importedFiles(system).filter((own) => own !== file)),
  );
  return found
    .filter(({ file, names }) => {
      const others = found.filter((other) => other.file !== file);
      return (
        !imported.has(file) &&
        !others.some((other) => other.names.some((name) => names.includes(name))) &&
        speaksOnlyOf(evaluation.files, file, names)
      );
    })
    .map(({ file, system }) => ({ name: null, project: directoryOf(file), file, at: null, system }));
}

/** The containers that a file defines; null where it defines none, or anything else. */
function namesOf(system: ModuleSystem, file: string): string[] | null {
  const collected = attempt(() => system.modules.modules.filter((module) => module.file === file));
  if (collected instanceof Unknown || collected instanceof Failure) return null;
  for (const { value } of collected.flatMap(({ config }) => parts(config))) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return null;
    for (const name of value.entries.keys()) if (name !== 'containers') return null;
  }
  const { containers } = containersOf(system);
  const whole = containers.every(({ definitions }) =>
    definitions.some(({ options }) => options.includes('config')),
  );
  return containers.length > 0 && whole ? containers.map(({ name }) => name) : null;
}

function importedFiles(system: ModuleSystem): string[] {
  const collected = attempt(() => system.modules.modules.map(({ file }) => file));
  return collected instanceof Unknown || collected instanceof Failure ? [] : collected;
}

/** Whether a file mentions no container besides its own. A fragment of a host's configuration does. */
function speaksOnlyOf(files: ParsedFiles, file: string, names: readonly string[]): boolean {
  const entry = files.entry(file);
  const text = entry.kind === 'file' ? entry.text : '';
  return [...text.matchAll(/\bcontainers\.(?:"([^"$]+)"|([A-Za-z_][\w'-]*))/g)].every(([, quoted, plain]) =>
    names.includes(quoted ?? plain ?? ''),
  );
}
