import { memoByName, memoOf, sameItems } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import type { LoadedModule } from '../eval/modules/collect';
import type { ModuleSystem } from '../eval/modules/system';
import { piecewise } from '../eval/pieces';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isClosedGuest, knowsAllContainers, outsideMayDecide } from '../homelab/certainty';
import { failuresOf } from '../homelab/failures';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import {
  ageRules,
  declaredSecrets,
  SECRET_TOOLS,
  secretReferences,
  sopsKeys,
  type DeclaredSecret,
  type SecretReference,
  type SecretTool,
} from '../homelab/secrets';
import { writeAttrName } from '../nix/write';
import { closest } from './closest';
import { fileName, finding, related, type Files, type Finding } from './rule';
import { perContainer } from './scopes';

/** A secret of agenix or sops-nix that is not declared, or whose file, or place in it, is not there. */
export const unknownSecret = perContainer({
  id: 'unknown-secret',
  severity: 'error',
  incomplete: true,
  description: 'A secret is not declared, or the file it should be in does not have it.',
  *look(homelab, host, container) {
    const { guest, name } = container;
    if (guest === null) return;
    const isClosed = isClosedHost(host) && isClosedGuest(host, container) && !outsideMayDecide(guest.system);
    yield* ofOwner(homelab, host, { system: guest.system, name, isClosed });
  },
  lookAtHost: (homelab, host) =>
    ofOwner(homelab, host, {
      system: host.system,
      name: host.name ?? 'the host',
      isClosed: isClosedHost(host),
    }),
});

function* ofOwner(homelab: Files, host: Host, owner: Owner): Generator<Finding> {
  for (const tool of SECRET_TOOLS)
    for (const secret of declaredSecrets(owner.system, tool).secrets)
      yield* ofDeclared(homelab, host, secret);
  yield* ofReferences(homelab, host, owner);
}

/** A system that declares secrets. */
interface Owner {
  readonly system: ModuleSystem;
  readonly name: string;
  /** Whether a secret that is not declared is really not declared. */
  readonly isClosed: boolean;
}

function isClosedHost(host: Host): boolean {
  return knowsAllContainers(host) && !outsideMayDecide(host.system);
}

function* ofDeclared({ files }: Files, host: Host, secret: DeclaredSecret): Generator<Finding> {
  const { name, file, key, tool } = secret;
  if (file === null || files.ignored(file.path)) return;
  const at = locate({ files }, file.at) ?? locate({ files }, secret.at);
  if (at === null) return;
  const shown = fileName(file.path, host);
  const entry = files.entry(file.path);
  if (entry.kind === 'missing') {
    yield finding(unknownSecret, {
      at,
      host,
      message: `${shown} does not exist, so ${host.name ?? 'the host'} cannot be built: it holds the secret ${name}. ${tool === 'age' ? `Make it with \`agenix -e\`.` : 'Make it with `sops`.'}`,
    });
    return;
  }
  if (files.tracked(file.path) === false && files.tracked(flakeOf(host)) === true) {
    yield finding(unknownSecret, {
      at,
      host,
      severity: 'warning',
      message: `Git does not track ${shown}, and a flake sees only what git tracks: ${host.name ?? 'the host'} cannot be built. Run \`git add ${shown}\`.`,
      incomplete: true,
    });
    return;
  }
  if (tool === 'age') {
    const known = ageRules(host.system.machine, file.path, host.project);
    if (known === null || known.files.has(file.path)) return;
    yield finding(unknownSecret, {
      at,
      host,
      severity: 'information',
      message: `${fileName(known.rules, host)} has no entry for ${shown}, so agenix can neither edit nor rekey it. Add its \`publicKeys\` there.`,
    });
    return;
  }
  const keys = key === null || entry.kind !== 'file' ? null : sopsKeys(entry.text);
  const nameAt = locate({ files }, secret.at) ?? at;
  if (keys === null || key === null || keys.has(key)) return;
  const near = closest(key, [...keys]);
  yield finding(unknownSecret, {
    at: nameAt,
    host,
    message: `${shown} holds no ${key}, so sops-nix refuses to build ${host.name ?? 'the host'}.${near === null ? ' Add it there with `sops`.' : ` Did you mean ${near}?`}`,
    related: [nameAt === at ? null : related({ files }, file.at, 'the file that is looked into')],
  });
}

function flakeOf({ project }: Host): string {
  return `${project === '/' ? '' : project}/flake.nix`;
}

function* ofReferences(
  homelab: Files,
  host: Host,
  { system, name: owner, isClosed }: Owner,
): Generator<Finding> {
  if (!isClosed) return;
  for (const { tool, name, at } of danglingIn(homelab.files)(system)) {
    const spot = locate(homelab, at);
    if (spot === null) continue;
    const near = closest(name, [...declaredSecrets(system, tool).names]);
    const elsewhere = system !== host.system && declaredSecrets(host.system, tool).names.has(name);
    yield finding(unknownSecret, {
      at: spot,
      host,
      message: `${owner} declares no secret ${name}, so the evaluation fails. ${elsewhere ? `${host.name ?? 'The host'} does, but a guest has secrets of its own: declare it in the guest, or mount the file.` : near === null ? `Declare \`${OPTION[tool]}.${name}\`.` : `Did you mean ${near}?`}`,
      fixes: [
        near === null || elsewhere
          ? null
          : {
              title: `Use ${near}`,
              changes: [{ file: spot.file, range: spot.range, newText: writeAttrName(near) }],
            },
      ],
    });
  }
}

const OPTION: Readonly<Record<SecretTool, string>> = { age: 'age.secrets', sops: 'sops.secrets' };

/** The references to secrets in a system's modules that certainly fail, remembered for each system. */
const danglingIn = memoOf((files: ParsedFiles) =>
  memoOf((system: ModuleSystem): readonly SecretReference[] => {
    const names = new Map(SECRET_TOOLS.map((tool) => [tool, declaredSecrets(system, tool).names]));
    const dangling: SecretReference[] = [];
    const where = new Set<string>();
    for (const { reference, module } of referencesOf(files)(system)) {
      if (names.get(reference.tool)?.has(reference.name) === true || !isPart(files, reference, module))
        continue;
      dangling.push(reference);
      where.add(module.file);
    }
    if (dangling.length === 0) return [];
    const failures: ReadonlySet<Origin> = failuresOf(system, where);
    return dangling.filter(({ at }) => failures.has(at));
  }),
);

interface PlacedReference {
  readonly reference: SecretReference;
  readonly module: LoadedModule;
}

/** What the files of a system's modules refer to. */
const referencesOf = memoOf((files: ParsedFiles) =>
  piecewise(
    (system: ModuleSystem): readonly LoadedModule[] => {
      const collected = attempt(() => system.modules);
      return collected instanceof Unknown || collected instanceof Failure ? [] : collected.modules;
    },
    (module): PlacedReference[] =>
      referencesIn(files)(module.file).map((reference) => ({ reference, module })),
  ),
);

const referencesIn = memoOf((files: ParsedFiles) =>
  memoByName((file): readonly SecretReference[] => {
    const source = file === '' ? null : files.parsed(file);
    return source === null ? [] : secretReferences(source);
  }, sameItems),
);

/** Whether a module holds a reference: what is written into another file is a part of it, a file of its own is all of it. */
function isPart(files: ParsedFiles, { at: name }: SecretReference, { file, at }: LoadedModule): boolean {
  const source = files.parsed(file);
  if (source === null) return false;
  const own = at !== null && at.anchor.source === file ? source.rangeOf(at) : null;
  if (own === null) return true;
  const range = source.rangeOf(name);
  return range !== null && range.start >= own.start && range.end <= own.end;
}
