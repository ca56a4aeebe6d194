import { locate } from '../homelab/homelab';
import { failuresIn } from '../homelab/failures';
import type { Container, Host } from '../homelab/model';
import { containerReferences, type ContainerReference } from '../homelab/references';
import { writeAttrName } from '../nix/write';
import { closest } from './closest';
import { fileName, finding, placeName, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** `config.containers.X…` where the host has no container X: the evaluation fails. */
export const unknownContainer = perHost({
  id: 'unknown-container',
  severity: 'error',
  incomplete: true,
  description: 'A reference names a container that the host does not have.',
  *look(homelab, host) {
    if (host.containersOpen === null && host.incomplete === null) yield* ofHost(homelab, host);
  },
});

function* ofHost(homelab: Files, host: Host): Generator<Finding> {
  const present = new Set(
    host.containers.filter(({ status }) => status !== 'disabled').map(({ name }) => name),
  );
  const dangling = containerReferences(homelab.files, host.system).filter(({ name }) => !present.has(name));
  if (dangling.length === 0) return;
  const failures = failuresIn(host, new Set(dangling.map(({ file }) => file)));
  for (const reference of dangling) {
    if (failures.has(reference.at)) yield* report(homelab, host, reference, [...present]);
  }
}

function* report(
  homelab: Files,
  host: Host,
  { name, at }: ContainerReference,
  present: readonly string[],
): Generator<Finding> {
  const spot = locate(homelab, at);
  if (spot === null) return;
  const disabled = host.containers.find(
    (container) => container.name === name && container.status === 'disabled',
  );
  const near = disabled === undefined ? closest(name, present) : null;
  yield finding(unknownContainer, {
    at: spot,
    host,
    message: `${host.name ?? 'The host'} has no container ${name}${why(homelab, host, disabled)}.${near === null ? '' : ` Did you mean ${near}?`}`,
    related: (disabled?.definitions ?? []).map(({ nameAt }) =>
      related(homelab, nameAt, `${name} is defined here`),
    ),
    fixes: [
      near === null
        ? null
        : {
            title: `Use ${near}`,
            changes: [{ file: spot.file, range: spot.range, newText: writeAttrName(near) }],
          },
    ],
  });
}

function why(homelab: Files, host: Host, disabled: Container | undefined): string {
  const [definition] = disabled?.definitions ?? [];
  if (definition === undefined) return '';
  const spot = locate(homelab, definition.nameAt);
  const where = spot === null ? fileName(definition.file, host) : placeName(spot, host);
  return `: it is defined in ${where}, but ${disabled?.because ?? 'not imported'}`;
}
